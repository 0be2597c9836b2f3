// Says on stderr, where it is a terminal, how far walks are: twice a second at most.
#pragma once

#include "heuristics/question/trace_question.h"

#include "cli/options.h"

#include <chrono>

namespace wagetrail::cli {

class WalkLine {
  public:
    explicit WalkLine(const CommonOptions& common) : shown_(common.stderr_is_terminal) {}
    WalkLine(const WalkLine&) = delete;
    WalkLine& operator=(const WalkLine&) = delete;
    WalkLine(WalkLine&&) = delete;
    WalkLine& operator=(WalkLine&&) = delete;
    ~WalkLine();

    /// Borrows this line.
    [[nodiscard]] question::TraceProgress progress();

  private:
    void show(Policy policy, const WalkProgress& progress);

    bool shown_;
    bool drawn_ = false;
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

}  // namespace wagetrail::cli
