#include "cli/words.h"

#include <CLI/CLI.hpp>

namespace wagetrail::cli {

std::string not_empty(const std::string& text) {
    return text.empty() ? "it is empty; give a value or leave the option out" : "";
}

CLI::App* add_command(CLI::App& parent, const char* verb, const char* about) {
    CLI::App* const sub = parent.add_subcommand(verb, about);
    sub->fallthrough();
    return sub;
}

void add_common(CLI::App* sub, CommonOptions& common) {
    sub->add_flag("--json", common.json, "Print the answer as one line of canonical JSON");
    sub->add_option("--home", common.home, "Data directory (default: $WAGETRAIL_HOME)");
}

CLI::App* add_answering(CLI::App& parent,
                        const char* verb,
                        const char* about,
                        CommonOptions& common) {
    CLI::App* const sub = add_command(parent, verb, about);
    add_common(sub, common);
    return sub;
}

void add_pins(CLI::App* sub, CommonOptions& common) {
    add_common(sub, common);
    sub->add_option("--ledger", common.ledger, "Which ledger is meant, e.g. btc or ltc-regtest");
    sub->add_option("--as-of", common.as_of,
                    "Answer as of a height, a date (its end) or a time in UTC")
        ->check(not_empty);
}

void add_level(CLI::App* sub, CommonOptions& common) {
    sub->add_option("--level", common.level,
                    "Evidence that joins addresses: L0 same key, L1 also co-spends");
}

void add_prices(CLI::App* sub, std::string& prices, const char* meaning) {
    sub->add_option("--prices", prices,
                    "CSV of dollars per coin by day or hour (date, close)" + std::string(meaning));
}

void add_source(CLI::App* sub, question::BlockPlace& source, const char* what_for) {
    sub->add_option("--source", source.source, what_for);
    sub->add_option("--rpc-cookie", source.rpc_cookie, "Cookie file of the node");
}

}  // namespace wagetrail::cli
