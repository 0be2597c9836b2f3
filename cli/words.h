// Options that several commands share, in the same words everywhere. Used by the files that know
// CLI11.
#pragma once

#include "cli/options.h"

#include <string>

namespace CLI {
class App;
}

namespace wagetrail::cli {

/// An empty moment is a variable of a script that was never set: it must not mean "all there is".
/// For CLI11: the error, empty for none.
[[nodiscard]] std::string not_empty(const std::string& text);

CLI::App* add_command(CLI::App& parent, const char* verb, const char* about);
/// --json and --home.
void add_common(CLI::App* sub, CommonOptions& common);
/// add_command with add_common.
CLI::App* add_answering(CLI::App& parent,
                        const char* verb,
                        const char* about,
                        CommonOptions& common);
/// --ledger and --as-of with add_common.
void add_pins(CLI::App* sub, CommonOptions& common);
void add_level(CLI::App* sub, CommonOptions& common);
/// meaning: what else the option says.
void add_prices(CLI::App* sub, std::string& prices, const char* meaning);
/// Where blocks are read again: --source, --rpc-cookie.
void add_source(CLI::App* sub, question::BlockPlace& source, const char* what_for);

}  // namespace wagetrail::cli
