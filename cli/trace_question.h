// What the commands that follow value have in common: which outputs are followed on which ledger,
// what they may reach, where walks end, and the pins of all that.
#pragma once

#include "heuristics/report/trace_report.h"
#include "heuristics/trace/context.h"

#include "cli/exit_code.h"
#include "cli/options.h"
#include "cli/session.h"
#include "cli/tables.h"

#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace wagetrail::cli {

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
    WalkContext context;
    WalkLimits limits;
    std::vector<Policy> policies;
    report::TraceQuestion question;  // without its gaps

    [[nodiscard]] std::vector<OutId> outputs() const;
};

/// The ledger that subjects are on: --ledger, what the first of them says, or the only one there
/// is.
[[nodiscard]] Expected<LedgerId> ledger_of(const CommonOptions& common,
                                           const std::vector<std::string>& subjects,
                                           const NamedFiles& files);

[[nodiscard]] Expected<std::unique_ptr<OpenTrace>> open_trace(const CommonOptions& common,
                                                              const TraceOptions& options,
                                                              NamedFiles files = {});

struct Following {
    WayChoice ways = {};
    bool keep_steps = false;
};

/// One walk per policy, judged when lists were asked for; the gaps of the question are filled in.
/// Shows on a terminal how far it is.
[[nodiscard]] Expected<std::vector<report::PolicyTrace>> follow(OpenTrace& trace,
                                                                const CommonOptions& common,
                                                                const Following& following,
                                                                const std::stop_token& stop);

/// Found, when value reached the target; unknown, when the answer has holes.
[[nodiscard]] ExitCode verdict_of(const report::TraceQuestion& question,
                                  const std::vector<report::PolicyTrace>& traces);

/// After follow().
[[nodiscard]] report::Manifest manifest_of(const OpenTrace& trace, const TraceOptions& options);

}  // namespace wagetrail::cli
