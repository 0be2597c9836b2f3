#include "heuristics/question/sync_question.h"
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
    question::SyncRequest request{.ledger = TRY(parse_ledger(options.ledger)),
                                  .from = options.from,
                                  .memory_bytes = options.memory_bytes};
    if (options.to_height) request.options.to_height = Height(*options.to_height);
    request.options.follow = options.follow;
    request.options.reorg_depth = options.reorg_depth;
    ProgressLine line(common);
    const auto synced = question::sync(
        common.home, request,
        {.progress = [&](const index::SyncProgress& progress) { line.show(progress); },
         .notice = [&](const std::string& text) { line.notice(text); }},
        stop);
    line.end();
    if (!synced) return std::unexpected(synced.error());
    TRY(print(common, synced->answer));
    const auto& wanted = request.options.to_height;
    if (!wanted || synced->height >= *wanted) return ExitCode::done;
    line.notice("the source ends below the height asked for, " + text(*wanted) +
                "; run the same command when it has more, or with --follow");
    return ExitCode::unknown;
}

}  // namespace wagetrail::cli
