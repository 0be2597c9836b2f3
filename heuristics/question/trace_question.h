// What all questions that follow value have in common: which outputs are followed on which ledger,
// what they may reach, where walks end, and the pins of all that.
#pragma once

#include "heuristics/question/answered.h"
#include "heuristics/question/open_ledger.h"
#include "heuristics/question/tables.h"
#include "heuristics/question/trace_options.h"
#include "heuristics/report/trace_report.h"
#include "heuristics/trace/context.h"
#include "heuristics/trace/walk.h"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace wagetrail::question {

/// What --to names: lists, or addresses with the entities around them.
struct Goal {
    std::optional<lists::ListView> lists;
    std::optional<Targets> targets;
};

/// Its parts borrow from each other, so it stays where it is.
struct OpenTrace {
    NamedFiles files;
    OpenLedger open;
    std::unique_ptr<Clusters> clusters;
    std::optional<lists::ListView> origin_lists;  // that --from names
    Goal goal;
    OpenLabels labels;
    LabelledServices services;
    std::optional<Places> places;
    WalkLimits limits;
    std::vector<Policy> policies;
    report::TraceQuestion question;  // without its gaps

    [[nodiscard]] std::vector<OutId> outputs() const;
};

/// The ledger that subjects are on: --ledger, what the first of them says, or the only one there
/// is.
[[nodiscard]] Expected<LedgerId> ledger_of(Home& home,
                                           const Pins& pins,
                                           const std::vector<std::string>& subjects,
                                           const NamedFiles& files);

/// Whether there is anything to follow. Fails as the answer would, wherever that is known before a
/// walk; costs what opening the question costs.
[[nodiscard]] Expected<bool> needs_walk(Home& home,
                                        const Pins& pins,
                                        const TraceOptions& options,
                                        const NamedFiles& files);
[[nodiscard]] Expected<bool> needs_walk(Home& home,
                                        const Pins& pins,
                                        const PathsOptions& options,
                                        const NamedFiles& files);

[[nodiscard]] Expected<std::unique_ptr<OpenTrace>> open_trace(Home& home,
                                                              const Pins& pins,
                                                              const TraceOptions& options,
                                                              NamedFiles files = {});

using TraceProgress = std::function<void(Policy, const WalkProgress&)>;

struct Following {
    WayChoice ways = {};
    bool keep_steps = false;
    TraceProgress progress = [](Policy, const WalkProgress&) {};
};

/// One walk per policy, judged when lists were asked for; the gaps of the question are filled in.
[[nodiscard]] Expected<std::vector<report::PolicyTrace>> follow(OpenTrace& trace,
                                                                const Following& following,
                                                                const std::stop_token& stop);

/// Found, when value reached the target; unknown, when the answer has holes.
[[nodiscard]] Conclusion verdict_of(const report::TraceQuestion& question,
                                    const std::vector<report::PolicyTrace>& traces);

/// After follow().
[[nodiscard]] report::Manifest manifest_of(const OpenTrace& trace, const TraceOptions& options);

/// All of it at once. keep_steps: with the steps between, as the JSON form shows them.
[[nodiscard]] Expected<Answered> trace(Home& home,
                                       const Pins& pins,
                                       const TraceOptions& options,
                                       const Following& following,
                                       const std::stop_token& stop,
                                       NamedFiles files = {});
/// following.ways is chosen by the options.
[[nodiscard]] Expected<Answered> paths(Home& home,
                                       const Pins& pins,
                                       const PathsOptions& options,
                                       const Following& following,
                                       const std::stop_token& stop,
                                       NamedFiles files = {});

}  // namespace wagetrail::question
