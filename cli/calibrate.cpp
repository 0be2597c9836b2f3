#include "chain/base/sha256.h"

#include "index/write_file.h"

#include "heuristics/question/open_ledger.h"
#include "heuristics/question/tables.h"
#include "heuristics/report/calibration.h"

#include "cli/commands.h"
#include "cli/home.h"
#include "cli/print.h"

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>

namespace wagetrail::cli {
namespace {

using Clock = std::chrono::steady_clock;

/// Says on stderr how far it is, twice a second at most.
class CalibrationLine {
  public:
    explicit CalibrationLine(const CommonOptions& common) : common_(common) {}

    void show(const CalibrationProgress& progress) {
        if (!common_.stderr_is_terminal && !common_.json) return;
        const auto now = Clock::now();
        if (now - shown_ < std::chrono::milliseconds(500)) return;
        shown_ = now;
        if (common_.json) {
            std::fprintf(stderr, "%s\n", report::progress_json(progress).c_str());
            return;
        }
        std::fprintf(stderr, "\rpass %u of %u  transaction %s of %s   ", progress.pass,
                     progress.passes, std::to_string(progress.done).c_str(),
                     std::to_string(progress.all).c_str());
        std::fflush(stderr);
        drawn_ = true;
    }
    void end() const {
        if (drawn_) std::fputc('\n', stderr);
    }

  private:
    const CommonOptions& common_;
    Clock::time_point shown_;
    bool drawn_ = false;
};

}  // namespace

Outcome run(const CommonOptions& common, const CalibrateOptions& options, std::stop_token stop) {
    const LedgerId ledger = TRY(parse_ledger(options.ledger));
    question::Home home = home_of(common);
    const question::OpenLedger open = TRY(question::open_ledger(home, common, ledger));
    CalibrationOptions set;
    set.epoch_blocks = options.epoch_blocks;
    if (options.from_height) {
        set.from = Height(*options.from_height);
        if (set.from > open.view->as_of().height)
            return fail(ErrorCode::invalid, "--from-height " + text(set.from) +
                                                " is above the block asked about, " +
                                                text(open.view->as_of().height));
    }
    const question::PriceTable prices = TRY(question::load_prices(options.prices));
    if (prices.prices) set.prices = &*prices.prices;
    report::CalibrationTables tables{.known_sha256 = {}, .prices_sha256 = prices.sha256};
    std::optional<std::vector<OutPoint>> known;
    if (!options.known.empty()) {
        const std::string table = TRY(question::table_text(options.known));
        tables.known_sha256 = sha256_hex(table);
        auto changes = known_changes(table);
        if (!changes) return with_context(std::move(changes).error(), options.known);
        known = *std::move(changes);
    }
    CalibrationLine line(common);
    const auto show = [&](const CalibrationProgress& progress) { line.show(progress); };
    const auto done = known ? calibrate_known(*open.view, *known, set, stop, show)
                            : calibrate(*open.view, set, stop, show);
    line.end();
    if (!done) return std::unexpected(done.error());
    const report::CalibrationAnswer answer =
        report::calibration_answer(open.manifest(), set, tables, *done);
    TRY(index::write_file(options.card.empty() ? home.change_card(ledger) : options.card,
                          answer.card));
    TRY(print(common, answer.answer));
    return ExitCode::done;
}

}  // namespace wagetrail::cli
