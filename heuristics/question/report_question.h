// A trace frozen with its evidence, and a trace as a graph for other tools.
#pragma once

#include "heuristics/question/block_source.h"
#include "heuristics/question/trace_question.h"
#include "heuristics/report/evidence/bundle.h"
#include "heuristics/report/flow_export.h"

#include <cstddef>
#include <stop_token>
#include <string>
#include <vector>

namespace wagetrail::question {

struct ReportRequest {
    BlockPlace source;  // of the blocks; as given to sync, empty: where they were read from
    std::size_t max_proofs = 5'000;
};

struct FrozenTrace {
    report::Evidence evidence;
    std::string bundle;  // unsigned
    std::string id;      // its result_id
    std::vector<report::EvidencePage> pages;
};

/// As needs_walk of a trace; not_found too: the blocks that prove it are not at hand.
[[nodiscard]] Expected<bool> report_needs_walk(Home& home,
                                               const Pins& pins,
                                               const TraceOptions& options,
                                               const ReportRequest& request,
                                               NamedFiles files = {});

/// not_found: the blocks that prove the transactions are not at hand. limit: more than max_proofs
/// transactions, or a bundle beyond kEnvelopeBytesMax.
[[nodiscard]] Expected<FrozenTrace> freeze(Home& home,
                                           const Pins& pins,
                                           const TraceOptions& options,
                                           const ReportRequest& request,
                                           const TraceProgress& progress,
                                           const std::stop_token& stop,
                                           NamedFiles files = {});

/// invalid: not exactly one policy, or one that does not conserve.
[[nodiscard]] Expected<std::string> exported(Home& home,
                                             const Pins& pins,
                                             const TraceOptions& options,
                                             report::FlowFormat format,
                                             const TraceProgress& progress,
                                             const std::stop_token& stop,
                                             NamedFiles files = {});

}  // namespace wagetrail::question
