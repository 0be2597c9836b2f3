#include "cli/arguments.h"

#include "cli/list_arguments.h"
#include "cli/sizes.h"

#include <CLI/CLI.hpp>

#include <iostream>

namespace wagetrail::cli {
namespace {

constexpr const char* kAbout =
    "Examples:\n"
    "  wagetrail sync btc --from files:$HOME/.bitcoin/blocks\n"
    "  wagetrail trace --from payroll.csv --to list:ofac-sdn\n\n"
    "Wagetrail follows payouts from employer wallets to sanctioned addresses, with the evidence.\n"
    "Exit codes: 0 done, 1 found (trace --to), 2 usage, 3 unknown or incomplete, 4 failure.";

/// An empty moment is a variable of a script that was never set: it must not mean "all there is".
std::string not_empty(const std::string& text) {
    return text.empty() ? "it is empty; give a value or leave the option out" : "";
}

/// One parser per run: binds the words of the command line to the option structs.
class Parser {
  public:
    explicit Parser(const Surroundings& around) {
        common_.home = around.home;
        common_.scratch = around.scratch;
        common_.now_seconds = around.now_seconds;
        common_.stderr_is_terminal = around.stderr_is_terminal;
        sync_.from.rpc_user = entity_.source.rpc_user = around.rpc_user;
        sync_.from.rpc_password = entity_.source.rpc_password = around.rpc_password;
        app_.description(kAbout);
        app_.set_version_flag("--version", "wagetrail 0.1.0");
        app_.require_subcommand(1);
        app_.fallthrough();
        add_sync();
        add_state_commands();
        add_show();
        add_entity_commands();
        add_calibrate();
        lists_.add(app_, common_);
        add_trace();
        add_paths();
        add_exposure();
    }

    std::variant<Invocation, ExitCode> parse(int argc, const char* const* argv) {
        try {
            app_.parse(argc, argv);
            if (auto size = parse_memory(memory_))
                sync_.memory_bytes = *size;
            else
                throw CLI::ValidationError("--memory", size.error().what);
        } catch (const CLI::ParseError& error) {
            if (error.get_exit_code() == 0) {
                app_.exit(error, std::cout, std::cerr);
                return ExitCode::done;
            }
            std::cerr << "wagetrail: " << unknown_command().value_or(error.what())
                      << "\nRun wagetrail" << (chosen() != nullptr ? " " + path_of(chosen()) : "")
                      << " --help for the options.\n";
            return ExitCode::usage;
        }
        return Invocation{common_, command()};
    }

  private:
    using App = CLI::App;

    App* add(App& parent, const char* verb, const char* about) {
        App* const sub = parent.add_subcommand(verb, about);
        sub->fallthrough();
        return sub;
    }

    void add_common(App* sub) {
        sub->add_flag("--json", common_.json, "Print the answer as one line of canonical JSON");
        sub->add_option("--home", common_.home, "Data directory (default: $WAGETRAIL_HOME)");
    }

    void add_pins(App* sub) {
        add_common(sub);
        sub->add_option("--ledger", common_.ledger,
                        "Which ledger is meant, e.g. btc or ltc-regtest");
        sub->add_option("--as-of", common_.as_of,
                        "Answer as of a height, a date (its end) or a time in UTC")
            ->check(not_empty);
    }

    void add_level(App* sub) {
        sub->add_option("--level", common_.level,
                        "Evidence that joins addresses: L0 same key, L1 also co-spends");
    }

    static void add_prices(App* sub, std::string& prices) {
        sub->add_option("--prices", prices,
                        "CSV of dollars per coin by day (date, close): lets the rule round_fiat "
                        "vote");
    }

    /// For the commands that know L2.
    void add_change_level(App* sub, ChangeLevelOptions& change) {
        sub->add_option("--level", common_.level,
                        "Evidence that joins addresses: L0 same key, L1 also co-spends (default), "
                        "L2 also change, as far as it was calibrated");
        sub->add_option("--card", change.card,
                        "L2: error card with the threshold (default: where calibrate leaves it)");
        sub->add_option("--threshold", change.threshold,
                        "L2: by how many votes change has to win (default: the card's)")
            ->check(CLI::Range(1, 12));
        sub->add_option("--services", change.services,
                        "L2: CSV of exchanges and other services (address, name, category): two of "
                        "them are never joined");
        add_prices(sub, change.prices);
    }

    void add_sync() {
        App* const sub = add(app_, "sync",
                             "Examples:\n"
                             "  wagetrail sync btc --from files:$HOME/.bitcoin/blocks\n"
                             "  wagetrail sync ltc --from rpc:http://127.0.0.1:9332 --rpc-cookie "
                             "$HOME/.litecoin/.cookie --follow\n\n"
                             "Reads blocks of a ledger into its index, from where it left off.\n"
                             "A user and password for rpc may also come from $WAGETRAIL_RPC_USER "
                             "and $WAGETRAIL_RPC_PASSWORD.");
        sub->add_option("ledger", sync_.ledger, "btc, ltc, btc-regtest, ltc-regtest")->required();
        sub->add_option("--from", sync_.from.source, "files:DIR or rpc:http://HOST:PORT")
            ->required();
        sub->add_option("--rpc-cookie", sync_.from.rpc_cookie, "Cookie file of the node");
        sub->add_flag("--follow", sync_.follow, "Stay and index new blocks until interrupted");
        sub->add_option("--to-height", sync_.to_height, "Stop at this height");
        sub->add_option("--reorg-depth", sync_.reorg_depth,
                        "Blocks that a change of the best chain may take out (default 1000)");
        sub->add_option("--memory", memory_, "Bound of memory, e.g. 512MiB (default 2GiB)");
        add_common(sub);
    }

    void add_state_commands() {
        App* const status = add(app_, "status",
                                "Examples:\n  wagetrail status\n  wagetrail status btc --json\n\n"
                                "Says how far each ledger is indexed.");
        status->add_option("ledger", status_.ledger, "Only this ledger");
        add_common(status);
        App* const doctor = add(app_, "doctor",
                                "Examples:\n  wagetrail doctor btc\n"
                                "  wagetrail doctor btc --digest --json\n\n"
                                "Checks an index against itself; reads only.");
        doctor->add_option("ledger", doctor_.ledger, "Only this ledger");
        doctor->add_flag("--deep", doctor_.deep, "Recompute every row from the columns");
        doctor->add_flag("--digest", doctor_.digest,
                         "Print one order-independent digest per family, to compare two indexes");
        add_common(doctor);
        App* const backup = add(app_, "backup",
                                "Examples:\n  wagetrail backup /mnt/backup/today\n"
                                "  wagetrail status --home /mnt/backup/today\n\n"
                                "Copies all indexes and the registry, consistent while a sync "
                                "runs. The copy is a data directory of its own.");
        backup->add_option("dir", backup_.dir, "Folder to create")->required();
        add_common(backup);
    }

    void add_show() {
        App* const sub = add(app_, "show",
                             "Examples:\n"
                             "  wagetrail show 12cbQLTFMXRnSzktFkuoG3eHoMeFtpTu3S --history\n"
                             "  wagetrail show 170 --ledger btc\n\n"
                             "What the chain says about an address, transaction, height, block "
                             "hash or entity.");
        sub->add_option("subject", show_.subject,
                        "Address, txid, txid:vout, height, block hash or entity id")
            ->required();
        sub->add_flag("--history", show_.history, "List the address's transactions");
        sub->add_option("--cursor", show_.cursor, "Where the page starts (from the page before)");
        sub->add_option("--limit", show_.limit, "Rows of a page (default 25)")
            ->check(CLI::Range(1, 10000));
        add_pins(sub);
        add_level(sub);
    }

    void add_entity_commands() {
        App* const entity = add(app_, "entity",
                                "Examples:\n"
                                "  wagetrail entity 12cbQLTFMXRnSzktFkuoG3eHoMeFtpTu3S\n"
                                "  wagetrail entity 12cbQLTFMXRnSzktFkuoG3eHoMeFtpTu3S --level L0 "
                                "--as-of 2012-01-01\n\n"
                                "Which addresses belong to the same owner, and since when.");
        entity->add_option("address", entity_.subject, "Address or entity id")->required();
        entity->add_flag("--history", entity_.history, "List its merges instead of its addresses");
        entity->add_option("--cursor", entity_.from,
                           "Where the page starts (from the page before)");
        entity->add_option("--limit", entity_.limit, "Rows of a page (default 100)")
            ->check(CLI::Range(1, 10000));
        entity->add_option("--source", entity_.source.source,
                           "Blocks to read hidden scripts from, as sync takes them (default: "
                           "those of the last sync)");
        entity->add_option("--rpc-cookie", entity_.source.rpc_cookie, "Cookie file of the node");
        add_pins(entity);
        add_change_level(entity, entity_.change);
        App* const explain = add(app_, "explain",
                                 "Examples:\n"
                                 "  wagetrail explain ADDRESS1 ADDRESS2\n"
                                 "  wagetrail explain ADDRESS1 ADDRESS2 --level L0 --json\n\n"
                                 "Why two addresses are one entity: the chain of merges between "
                                 "them, the weakest named first.");
        explain->add_option("a", explain_.a, "Address")->required();
        explain->add_option("b", explain_.b, "Address")->required();
        add_pins(explain);
        add_change_level(explain, explain_.change);
        add_cut();
    }

    void add_cut() {
        App* const sub = add(app_, "cut",
                             "Examples:\n"
                             "  wagetrail cut ADDRESS --edge TXID\n"
                             "  wagetrail cut ADDRESS --edge TXID --as-of 2020-12-31 --json\n\n"
                             "What an entity falls apart into without one transaction. All its "
                             "other co-spends are read again, so evidence that is there twice "
                             "counts. Nothing is changed.");
        sub->add_option("address", cut_.subject, "Address or entity id")->required();
        sub->add_option("--edge", cut_.edge, "The transaction to leave out")->required();
        sub->add_option("--limit", cut_.limit, "Addresses shown per part (default 20)")
            ->check(CLI::Range(1, 10000));
        add_pins(sub);
    }

    void add_calibrate() {
        App* const sub = add(app_, "calibrate",
                             "Examples:\n"
                             "  wagetrail calibrate btc\n"
                             "  wagetrail calibrate btc --as-of 2024-12-31 --card card.json\n\n"
                             "Measures the change rules on payments of your own index whose change "
                             "gave itself away later, and writes the error card that level L2 "
                             "needs.");
        sub->add_option("ledger", calibrate_.ledger, "btc, ltc, btc-regtest, ltc-regtest")
            ->required();
        sub->add_option("--card", calibrate_.card,
                        "Where to write the card (default: cards/ in the data directory)");
        sub->add_option("--known", calibrate_.known,
                        "CSV of outputs that are known to be change (txid, vout), to measure on "
                        "instead");
        add_prices(sub, calibrate_.prices);
        sub->add_option("--epoch-blocks", calibrate_.epoch_blocks,
                        "Blocks per epoch of the card (default 52560)")
            ->check(CLI::Range(1, 100'000'000));
        sub->add_option("--from-height", calibrate_.from_height,
                        "Leave out payments in blocks below this height");
        add_common(sub);
        sub->add_option("--as-of", common_.as_of,
                        "Measure as of a height, a date (its end) or a time in UTC")
            ->check(not_empty);
    }

    void add_trace() {
        App* const sub = add(app_, "trace",
                             "Examples:\n"
                             "  wagetrail trace --from payroll.csv --to list:ofac-sdn\n"
                             "  wagetrail trace --from TXID:0 --policy all --max-hops 5 --json\n"
                             "  wagetrail trace --backward --from list:ofac-sdn --to EMPLOYER\n\n"
                             "Follows value forward from payouts, or back to where it came from. "
                             "With --to, says what of it reached the target and whether that was "
                             "listed at the time; exit code 1 when something did.");
        add_trace_options(sub, trace_);
        sub->add_option("--policy", trace_.policies,
                        "fifo, lifo, haircut, tainted-first, libr, poison (default: fifo and "
                        "haircut), or all")
            ->delimiter(',');
    }

    void add_paths() {
        App* const sub = add(app_, "paths",
                             "Examples:\n"
                             "  wagetrail paths --from payroll.csv --to list:ofac-sdn\n"
                             "  wagetrail paths --from ADDRESS --to ADDRESS --rank hops --k 3 "
                             "--entities\n\n"
                             "The best ways by which value went from one set to another, ranked; "
                             "exit code 1 when there is one.");
        paths_.trace.policies = {"haircut"};
        add_trace_options(sub, paths_.trace);
        sub->add_option("--policy", paths_.trace.policies, "One policy (default: haircut)")
            ->delimiter(',');
        sub->add_option("--rank", paths_.rank,
                        "value carried, bottleneck (the widest) or hops (the fewest)");
        sub->add_option("--k", paths_.count, "How many ways (default 5)")
            ->check(CLI::Range(1, 1000));
        sub->add_flag("--entities", paths_.entities,
                      "By entity: steps within one are one, ways through the same ones too");
        sub->get_option("--to")->required();
    }

    void add_exposure() {
        App* const sub = add(app_, "exposure",
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
        sub->add_option("--policy", exposure_.policies,
                        "fifo, lifo, haircut (default: fifo and haircut)")
            ->delimiter(',');
        sub->add_option("--max-hops", exposure_.max_hops, "How far to go (default 10)")
            ->check(CLI::Range(1, 1000));
        sub->add_option("--min-value", exposure_.min_value, "Do not follow less, e.g. 0.001 coins");
        sub->add_option("--dust", exposure_.dust,
                        "Leave smaller receipts and payments aside (default 0.00001 coins)");
        sub->add_option("--max-transactions", exposure_.max_transactions,
                        "Work budget of each walk (default 20000)")
            ->check(CLI::Range(1, 10'000'000));
        sub->add_option("--services", exposure_.services,
                        "CSV of exchanges and other services (address, name, category)");
        add_prices(sub, exposure_.prices);
        sub->add_flag("--details", exposure_.details,
                      "With the outputs and shares behind each figure (JSON)");
        sub->add_option("--known-at", common_.known_at, "Use lists and labels as known by then")
            ->check(not_empty);
        add_pins(sub);
        add_level(sub);
    }

    /// What commands that follow value have in common.
    void add_trace_options(App* sub, TraceOptions& trace) {
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
        sub->add_flag("--through-coinjoins", trace.through_coinjoins,
                      "Follow value through CoinJoins instead of stopping there");
        sub->add_option("--known-at", common_.known_at, "Use lists as known by then (UTC)")
            ->check(not_empty);
        add_pins(sub);
        add_level(sub);
    }

    /// CLI11 only misses a command when it does not know the one that is there.
    [[nodiscard]] std::optional<std::string> unknown_command() const {
        const App* const at = chosen() != nullptr ? chosen() : &app_;
        const auto known = at->get_subcommands([](const App*) { return true; });
        const auto words = app_.remaining(true);
        if (known.empty() || words.empty() || words.front().starts_with("-")) return std::nullopt;
        std::string names;
        for (const App* sub : known) names += (names.empty() ? "" : ", ") + sub->get_name();
        return "unknown command \"" + (at == &app_ ? "" : path_of(at) + " ") + words.front() +
               "\"; the known ones are " + names;
    }

    [[nodiscard]] const App* chosen() const {
        const App* app = &app_;
        while (!app->get_subcommands().empty()) app = app->get_subcommands().front();
        return app == &app_ ? nullptr : app;
    }

    [[nodiscard]] std::string path_of(const App* sub) const {
        const App* const parent = sub->get_parent();
        return parent == &app_ || parent == nullptr ? sub->get_name()
                                                    : parent->get_name() + " " + sub->get_name();
    }

    [[nodiscard]] Command command() const {
        const std::string path = path_of(chosen());
        if (path == "sync") return sync_;
        if (path == "status") return status_;
        if (path == "doctor") return doctor_;
        if (path == "backup") return backup_;
        if (path == "show") return show_;
        if (path == "entity") return entity_;
        if (path == "explain") return explain_;
        if (path == "cut") return cut_;
        if (path == "calibrate") return calibrate_;
        if (auto command = lists_.command(path)) return *std::move(command);
        if (path == "paths") return paths_;
        if (path == "exposure") return exposure_;
        CHECK(path == "trace");
        return trace_;
    }

    CLI::App app_{"", "wagetrail"};
    std::string memory_ = "2GiB";
    CommonOptions common_;
    SyncOptions sync_;
    StatusOptions status_;
    DoctorOptions doctor_;
    ShowOptions show_;
    BackupOptions backup_;
    EntityOptions entity_;
    ExplainOptions explain_;
    CutOptions cut_;
    CalibrateOptions calibrate_;
    ListArguments lists_;
    TraceOptions trace_;
    PathsOptions paths_;
    ExposureOptions exposure_;
};

}  // namespace

std::variant<Invocation, ExitCode> parse_arguments(int argc,
                                                   const char* const* argv,
                                                   const Surroundings& around) {
    return Parser(around).parse(argc, argv);
}

}  // namespace wagetrail::cli
