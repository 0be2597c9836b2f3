#include "index/sync.h"

#include "index/store.h"

#include "heuristics/clustering.h"
#include "heuristics/question/block_source.h"
#include "heuristics/report/state.h"

#include "cli/commands.h"
#include "cli/print.h"

#include <chrono>
#include <cstdio>

namespace wagetrail::cli {
namespace {

using Clock = std::chrono::steady_clock;

/// Says on stderr how far a sync is, twice a second at most.
class ProgressLine {
  public:
    explicit ProgressLine(const CommonOptions& common) : common_(common) {}

    void show(const index::SyncProgress& progress) {
        if (!common_.stderr_is_terminal && !common_.json) return;
        const auto now = Clock::now();
        const bool last = progress.height >= progress.target;
        if (now - shown_ < std::chrono::milliseconds(500) && !last) return;
        shown_ = now;
        if (common_.json)
            std::fprintf(stderr, "%s\n", report::progress_json(progress).c_str());
        else
            draw(progress, std::chrono::duration<double>(now - started_).count());
    }
    void end() const {
        if (drawn_) std::fputc('\n', stderr);
    }
    void notice(const std::string& text) {
        end();
        drawn_ = false;
        std::fprintf(stderr, "wagetrail: %s\n", text.c_str());
    }

  private:
    void draw(const index::SyncProgress& progress, double seconds) {
        const double rate = static_cast<double>(progress.blocks) / std::max(seconds, 0.001);
        const double left =
            static_cast<double>(progress.target.value - progress.height.value) / rate;  // raw: ETA
        std::fprintf(stderr, "\rheight %u of %u  %.0f blocks/s  %.1f MB/s  ETA %.0f s   ",
                     progress.height.value,  // raw: printed
                     progress.target.value,  // raw: printed
                     rate, static_cast<double>(progress.bytes) / 1e6 / std::max(seconds, 0.001),
                     left);
        std::fflush(stderr);
        drawn_ = true;
    }

    const CommonOptions& common_;
    Clock::time_point started_ = Clock::now();
    Clock::time_point shown_;
    bool drawn_ = false;
};

}  // namespace

Outcome run(const CommonOptions& common, const SyncOptions& options, std::stop_token stop) {
    const LedgerId ledger = TRY(parse_ledger(options.ledger));
    ProgressLine line(common);
    const auto source = TRY(
        open_source(params(ledger), options.from.source, question::secrets_of(options.from),
                    {.stop = stop, .notice = [&](const std::string& text) { line.notice(text); }}));
    Clustering clustering(ledger, options.memory_bytes / kClusteringShare);
    const auto store = TRY(index::Store::open(
        index::database_path(common.home, ledger), ledger, clustering.derivation(),
        options.memory_bytes - options.memory_bytes / kClusteringShare));
    TRY(question::remember_source(common.home, ledger, source->name()));
    index::SyncOptions sync_options;
    if (options.to_height) sync_options.to_height = Height(*options.to_height);
    sync_options.follow = options.follow;
    sync_options.reorg_depth = options.reorg_depth;
    const auto done =
        index::sync(*store, *source, sync_options, stop,
                    [&](const index::SyncProgress& progress) { line.show(progress); });
    line.end();
    if (!done) return std::unexpected(done.error());
    const auto view = TRY(index::LedgerView::open(store->database().pin(), ledger));
    const index::BlockRow block = TRY(view.block(view.as_of().height));
    const report::Manifest manifest{.as_of = {{view.as_of(), Time{block.header.time}}}};
    TRY(print(common, report::sync_answer(manifest, *done, source->name())));
    if (!sync_options.to_height || view.as_of().height >= *sync_options.to_height)
        return ExitCode::done;
    line.notice("the source ends below the height asked for, " + text(*sync_options.to_height) +
                "; run the same command when it has more, or with --follow");
    return ExitCode::unknown;
}

}  // namespace wagetrail::cli
