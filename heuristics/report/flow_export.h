// The graph of a trace in the formats of other tools: GraphML (Gephi, yEd, Maltego), DOT
// (Graphviz), CSV of the edges, JSON Lines. Amounts are in base units. Same trace, same bytes.
#pragma once

#include "heuristics/report/envelope.h"
#include "heuristics/report/trace_report.h"

#include <optional>
#include <string>
#include <string_view>

namespace wagetrail::report {

enum class FlowFormat : std::uint8_t { graphml, dot, csv, jsonl };
[[nodiscard]] std::optional<FlowFormat> parse_flow_format(std::string_view word);
[[nodiscard]] std::string flow_format_names();  // "graphml, dot, csv, jsonl"

/// The trace must be of a policy that conserves, with its steps. Ends with a line end. GraphML, DOT
/// and JSON Lines begin with the manifest and the result_id over it and all nodes and edges.
[[nodiscard]] std::string exported_flow(const Manifest& manifest,
                                        const TraceQuestion& question,
                                        const Trace& trace,
                                        FlowFormat format);

}  // namespace wagetrail::report
