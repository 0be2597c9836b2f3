// The answer of `trace`: where the value of each payout is now under each policy, what of it
// reached the target, and whether the target was listed when it was paid.
#pragma once

#include "heuristics/report/envelope.h"
#include "heuristics/trace/judge.h"
#include "heuristics/trace/subjects.h"

#include <optional>
#include <vector>

namespace wagetrail::report {

/// One policy's walk, and its judgement when lists were asked.
struct PolicyTrace {
    Trace trace;
    std::optional<Judgement> judgement;
};

/// What an answer does not cover: a code of the envelope, and words for people.
struct CoverageGap {
    std::string code;
    std::string words;
};

struct TraceQuestion {
    LedgerId ledger = LedgerId::btc;
    std::vector<std::string> from;  // as the user named them
    std::vector<std::string> to;    // empty: no target
    Direction direction = Direction::forward;
    Payouts payouts;
    std::vector<CoverageGap> gaps;
    std::size_t arrivals_shown = 20;  // in the text, the largest; the JSON has all
};

/// "reached the target"; backward, "came from the target".
[[nodiscard]] std::string reached_target_words(Direction direction);

/// Whether value reached the target, under any of the policies.
[[nodiscard]] bool reached_target(const std::vector<PolicyTrace>& traces);
/// Names of the policies under which something did, or under which nothing did.
[[nodiscard]] std::vector<std::string> policies_that_reach(const std::vector<PolicyTrace>& traces);
[[nodiscard]] std::vector<std::string> policies_that_do_not(const std::vector<PolicyTrace>& traces);
/// The same as a sentence.
[[nodiscard]] std::string reached_words(const std::vector<PolicyTrace>& traces);

/// Why an amount and what the way shown carries differ; both as people read them.
[[nodiscard]] std::string ways_words(const std::string& amount, const std::string& carried);

[[nodiscard]] Answer trace_answer(const Manifest& manifest,
                                  const TraceQuestion& question,
                                  const std::vector<PolicyTrace>& traces);

}  // namespace wagetrail::report
