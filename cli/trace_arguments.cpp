#include "cli/trace_arguments.h"

#include "cli/words.h"

#include <CLI/CLI.hpp>

namespace wagetrail::cli {
namespace {

using CLI::App;

/// What commands that follow value have in common.
void add_trace_options(App* sub, question::TraceOptions& trace, CommonOptions& common) {
    sub->add_option("--from", trace.from,
                    "Address, txid, txid:vout, entity id, xpub, descriptor, list:NAME or CSV "
                    "of payouts")
        ->required();
    sub->add_option("--to", trace.to, "list:NAME, category:NAME, address or entity id");
    sub->add_flag("--backward", trace.backward,
                  "Follow what --from received back to where it came from");
    sub->add_option("--max-hops", trace.max_hops, "Stop after so many transactions in a row")
        ->check(CLI::Range(1, 1'000'000));
    sub->add_option("--min-value", trace.min_value, "Do not follow less, e.g. 0.001 coins");
    sub->add_option("--max-transactions", trace.max_transactions,
                    "Work budget: beyond it the walk restarts with a higher --min-value");
    sub->add_option("--gap", trace.gap, "Addresses per chain of an xpub or descriptor")
        ->check(CLI::Range(1, 100000));
    sub->add_option("--services", trace.services,
                    "CSV of exchanges and other services (address, name, category): value "
                    "that comes there is not followed further");
    sub->add_flag("--no-labels", trace.no_labels,
                  "Leave imported labels and notes aside: only --services ends a walk");
    sub->add_option("--busy-transactions", trace.busy_transactions,
                    "An address with more, and no label, may be a service: stop there "
                    "(default 50000)")
        ->check(CLI::Range(1, 1'000'000'000));
    sub->add_option("--busy-addresses", trace.busy_addresses,
                    "The same for an entity with more addresses (default 10000)")
        ->check(CLI::Range(1, 1'000'000'000));
    sub->add_flag("--through-coinjoins", trace.through_coinjoins,
                  "Follow value through CoinJoins instead of stopping there");
    sub->add_option("--known-at", common.known_at, "Use lists as known by then (UTC)")
        ->check(not_empty);
    add_pins(sub, common);
    add_level(sub, common);
}

}  // namespace

void TraceArguments::add(App& app, CommonOptions& common, const Surroundings& around) {
    report_.source.rpc_user = around.rpc_user;
    report_.source.rpc_password = around.rpc_password;
    add_trace(app, common);
    add_paths(app, common);
    add_export(app, common);
    add_report(app, common);
    add_evidence_tools(app, common);
    add_exposure(app, common);
}

void TraceArguments::add_trace(App& app, CommonOptions& common) {
    App* const sub =
        add_command(app, "trace",
                    "Examples:\n"
                    "  wagetrail trace --from payroll.csv --to list:ofac-sdn\n"
                    "  wagetrail trace --from TXID:0 --policy all --max-hops 5 --json\n"
                    "  wagetrail trace --backward --from list:ofac-sdn --to EMPLOYER\n\n"
                    "Follows value forward from payouts, or back to where it came from. "
                    "With --to, says what of it reached the target and whether that was "
                    "listed at the time; exit code 1 when something did.");
    add_trace_options(sub, trace_, common);
    sub->add_option("--policy", trace_.policies,
                    "fifo, lifo, haircut, tainted-first, libr, poison (default: fifo and "
                    "haircut), or all")
        ->delimiter(',');
}

void TraceArguments::add_paths(App& app, CommonOptions& common) {
    App* const sub =
        add_command(app, "paths",
                    "Examples:\n"
                    "  wagetrail paths --from payroll.csv --to list:ofac-sdn\n"
                    "  wagetrail paths --from ADDRESS --to ADDRESS --rank hops --k 3 "
                    "--entities\n\n"
                    "The best ways by which value went from one set to another, ranked; "
                    "exit code 1 when there is one.");
    paths_.trace.policies = {"haircut"};
    add_trace_options(sub, paths_.trace, common);
    sub->add_option("--policy", paths_.trace.policies, "One policy (default: haircut)")
        ->delimiter(',');
    sub->add_option("--rank", paths_.rank,
                    "value carried, bottleneck (the widest) or hops (the fewest)");
    sub->add_option("--k", paths_.count, "How many ways (default 5)")->check(CLI::Range(1, 1000));
    sub->add_flag("--entities", paths_.entities,
                  "By entity: steps within one are one, ways through the same ones too");
    sub->get_option("--to")->required();
}

void TraceArguments::add_export(App& app, CommonOptions& common) {
    App* const sub =
        add_command(app, "export",
                    "Examples:\n"
                    "  wagetrail export --from payroll.csv --to list:ofac-sdn --out "
                    "trace.graphml\n"
                    "  wagetrail export --from TXID:0 --format dot | dot -Tsvg > "
                    "trace.svg\n\n"
                    "The graph of a trace for other tools: transactions and the places "
                    "where value ended, joined by the outputs that carried it.");
    export_.trace.policies = {"haircut"};
    add_trace_options(sub, export_.trace, common);
    sub->add_option("--policy", export_.trace.policies,
                    "One policy that conserves (default: haircut)")
        ->delimiter(',');
    sub->add_option("--format", export_.format,
                    "graphml, dot, csv (of the edges), jsonl (default: graphml)");
    sub->add_option("--out", export_.out, "File (default: standard output)")->check(not_empty);
}

void TraceArguments::add_report(App& app, CommonOptions& common) {
    App* const sub =
        add_command(app, "report",
                    "Examples:\n"
                    "  wagetrail report --from payroll.csv --to list:ofac-sdn --out case-7 "
                    "--sign signing.key\n"
                    "  wagetrail report --from TXID:0 --to list:ofac-sdn --out case-8\n\n"
                    "Freezes a trace as evidence: bundle.json with every transaction on "
                    "the way, its proof and its parents, report.html for people and "
                    "arrivals.csv. wagetrail-verify checks the bundle without an index; "
                    "wagetrail replay asks it again. A key is 64 hexadecimal digits in a "
                    "file of your own: (umask 077; openssl rand -hex 32 > signing.key).");
    add_trace_options(sub, report_.trace, common);
    sub->get_option("--to")->required();
    sub->add_option("--policy", report_.trace.policies,
                    "fifo, lifo, haircut, tainted-first, libr, poison (default: fifo and "
                    "haircut), or all")
        ->delimiter(',');
    sub->add_option("--out", report_.out, "Folder for the files")->required()->check(not_empty);
    sub->add_flag("--force", report_.force, "Replace a bundle that is there");
    sub->add_option("--sign", report_.sign, "File with the key to sign with");
    sub->add_option("--max-proofs", report_.max_proofs,
                    "Transactions enclosed besides what they spend (default 5000)")
        ->check(CLI::Range(1, 100'000));
    add_source(sub, report_.source,
               "Blocks to take proofs from, as sync takes them (default: those of the last sync)");
}

void TraceArguments::add_evidence_tools(App& app, CommonOptions& common) {
    add_answering(app, "log",
                  "Examples:\n  wagetrail log\n  wagetrail log --json\n\n"
                  "The reports made here, from a log in which each line holds the hash of the one "
                  "before. Fails when a line was changed.",
                  common);
    App* const replay =
        add_answering(app, "replay",
                      "Examples:\n"
                      "  wagetrail replay case-7/bundle.json\n"
                      "  wagetrail trace --from TXID --json > answer.json && wagetrail "
                      "replay answer.json\n\n"
                      "Asks a question again, pinned as it was, and says whether the "
                      "answer is the same, byte for byte, or what differs first. Exit "
                      "code 1 when it differs.",
                      common);
    replay
        ->add_option("answer", replay_.file,
                     "An answer of trace, paths or exposure with --json, or a bundle")
        ->required();
    replay->add_option("--services", replay_.services,
                       "The table of services that an answer was asked with");
    add_prices(replay, replay_.prices, " instead of those imported");
}

void TraceArguments::add_exposure(App& app, CommonOptions& common) {
    App* const sub =
        add_command(app, "exposure",
                    "Examples:\n"
                    "  wagetrail exposure ADDRESS\n"
                    "  wagetrail exposure --file addresses.txt --prices btc-usd.csv "
                    "--json\n\n"
                    "Who is at the other ends of a subject's money, by category: where "
                    "what it received came from, and where what it paid went, directly "
                    "and through others. Exit code 1 when a listed party or an abuse is "
                    "among them.");
    sub->add_option("subject", exposure_.subjects,
                    "Address, entity id, txid, txid:vout, xpub, descriptor or CSV of payouts");
    sub->add_option("--file", exposure_.file, "One subject on each line");
    sub->add_option("--policy", exposure_.asked.policies,
                    "fifo, lifo, haircut (default: fifo and haircut)")
        ->delimiter(',');
    sub->add_option("--max-hops", exposure_.asked.max_hops, "How far to go (default 10)")
        ->check(CLI::Range(1, 1000));
    sub->add_option("--min-value", exposure_.asked.min_value,
                    "Do not follow less, e.g. 0.001 coins");
    sub->add_option("--dust", exposure_.asked.dust,
                    "Leave smaller receipts and payments aside (default 0.00001 coins)");
    sub->add_option("--max-transactions", exposure_.asked.max_transactions,
                    "Work budget of each walk (default 20000)")
        ->check(CLI::Range(1, 10'000'000));
    sub->add_option("--services", exposure_.asked.services,
                    "CSV of exchanges and other services (address, name, category)");
    add_prices(sub, exposure_.asked.prices, " instead of those imported");
    sub->add_flag("--details", exposure_.asked.details,
                  "With the outputs and shares behind each figure (JSON)");
    sub->add_option("--known-at", common.known_at, "Use lists and labels as known by then")
        ->check(not_empty);
    add_pins(sub, common);
    add_level(sub, common);
}

std::optional<Command> TraceArguments::command(const std::string& path) const {
    if (path == "trace") return trace_;
    if (path == "paths") return paths_;
    if (path == "export") return export_;
    if (path == "report") return report_;
    if (path == "log") return log_;
    if (path == "replay") return replay_;
    if (path == "exposure") return exposure_;
    return std::nullopt;
}

}  // namespace wagetrail::cli
