#include "cli/arguments.h"

#include "cli/list_arguments.h"
#include "cli/server_arguments.h"
#include "cli/sizes.h"
#include "cli/trace_arguments.h"
#include "cli/words.h"

#include <CLI/CLI.hpp>

#include <iostream>

namespace wagetrail::cli {
namespace {

constexpr const char* kAbout =
    "Examples:\n"
    "  wagetrail sync btc --from files:$HOME/.bitcoin/blocks\n"
    "  wagetrail trace --from payroll.csv --to list:ofac-sdn\n\n"
    "Wagetrail follows payouts from employer wallets to sanctioned addresses, with the evidence.\n"
    "Exit codes: 0 done, 1 found, 2 usage, 3 unknown or incomplete, 4 failure.";

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
        servers_.add(app_, common_, around);
        lists_.add(app_, common_);
        traces_.add(app_, common_, around);
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

    /// For the commands that know L2.
    void add_change_level(App* sub, question::ChangeLevelOptions& change) {
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
        add_prices(sub, change.prices, ": lets the rule round_fiat vote");
    }

    void add_sync() {
        App* const sub =
            add_command(app_, "sync",
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
        add_common(sub, common_);
    }

    void add_state_commands() {
        App* const status =
            add_command(app_, "status",
                        "Examples:\n  wagetrail status\n  wagetrail status btc --json\n\n"
                        "Says how far each ledger is indexed.");
        status->add_option("ledger", status_.ledger, "Only this ledger");
        add_common(status, common_);
        App* const doctor = add_command(app_, "doctor",
                                        "Examples:\n  wagetrail doctor btc\n"
                                        "  wagetrail doctor btc --digest --json\n\n"
                                        "Checks an index against itself; reads only.");
        doctor->add_option("ledger", doctor_.ledger, "Only this ledger");
        doctor->add_flag("--deep", doctor_.deep, "Recompute every row from the columns");
        doctor->add_flag("--digest", doctor_.digest,
                         "Print one order-independent digest per family, to compare two indexes");
        add_common(doctor, common_);
        App* const backup =
            add_command(app_, "backup",
                        "Examples:\n  wagetrail backup /mnt/backup/today\n"
                        "  wagetrail status --home /mnt/backup/today\n\n"
                        "Copies all indexes and the registry, consistent while a sync "
                        "runs. The copy is a data directory of its own.");
        backup->add_option("dir", backup_.dir, "Folder to create")->required();
        add_common(backup, common_);
    }

    void add_show() {
        App* const sub =
            add_command(app_, "show",
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
        add_pins(sub, common_);
        add_level(sub, common_);
    }

    void add_entity_commands() {
        App* const entity =
            add_command(app_, "entity",
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
        add_source(entity, entity_.source,
                   "Blocks to read hidden scripts from, as sync takes them (default: those of the "
                   "last sync)");
        add_pins(entity, common_);
        add_change_level(entity, entity_.change);
        App* const explain =
            add_command(app_, "explain",
                        "Examples:\n"
                        "  wagetrail explain ADDRESS1 ADDRESS2\n"
                        "  wagetrail explain ADDRESS1 ADDRESS2 --level L0 --json\n\n"
                        "Why two addresses are one entity: the chain of merges between "
                        "them, the weakest named first.");
        explain->add_option("a", explain_.a, "Address")->required();
        explain->add_option("b", explain_.b, "Address")->required();
        add_pins(explain, common_);
        add_change_level(explain, explain_.change);
        add_cut();
    }

    void add_cut() {
        App* const sub =
            add_command(app_, "cut",
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
        add_pins(sub, common_);
    }

    void add_calibrate() {
        App* const sub =
            add_command(app_, "calibrate",
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
        add_prices(sub, calibrate_.prices, ": lets the rule round_fiat vote");
        sub->add_option("--epoch-blocks", calibrate_.epoch_blocks,
                        "Blocks per epoch of the card (default 52560)")
            ->check(CLI::Range(1, 100'000'000));
        sub->add_option("--from-height", calibrate_.from_height,
                        "Leave out payments in blocks below this height");
        add_common(sub, common_);
        sub->add_option("--as-of", common_.as_of,
                        "Measure as of a height, a date (its end) or a time in UTC")
            ->check(not_empty);
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
        if (auto command = servers_.command(path)) return *std::move(command);
        if (auto command = lists_.command(path)) return *std::move(command);
        auto command = traces_.command(path);
        CHECK(command.has_value());
        return *std::move(command);
    }

    CLI::App app_{"", "wagetrail"};
    std::string memory_ = "2GiB";
    CommonOptions common_;
    SyncOptions sync_;
    StatusOptions status_;
    DoctorOptions doctor_;
    question::ShowOptions show_;
    BackupOptions backup_;
    question::EntityOptions entity_;
    question::ExplainOptions explain_;
    question::CutOptions cut_;
    CalibrateOptions calibrate_;
    ListArguments lists_;
    ServerArguments servers_;
    TraceArguments traces_;
};

}  // namespace

std::variant<Invocation, ExitCode> parse_arguments(int argc,
                                                   const char* const* argv,
                                                   const Surroundings& around) {
    return Parser(around).parse(argc, argv);
}

}  // namespace wagetrail::cli
