// A trace as a graph, for exports and drawings: transactions that were taken apart and the places
// where value ended are its nodes, outputs that carried value of payouts its edges. Edges point
// from earlier to later, whichever way the trace went.
#pragma once

#include "heuristics/trace/trace.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail::report {

enum class FlowKind : std::uint8_t {
    payout,       // forward: the transaction of a payout; backward: the address that received
    transaction,  // taken apart
    target,       // an address of the target
    stopped,      // an address where the walk ended
    unspent,      // an address that still has it
};
[[nodiscard]] std::string_view name(FlowKind kind);

struct FlowNode {
    std::string id;  // the txid, or the address with why the walk ended there
    FlowKind kind = FlowKind::transaction;
    std::string label;               // why the walk ended: "service: exchange: Acme"; else empty
    std::optional<StopReason> stop;  // the same as a code
    TxPosition tx;           // of a transaction; of an address: of the first output that came to it
    std::string address;     // of an address, else empty
    std::size_t column = 0;  // every edge goes from a smaller to a larger one
};

struct FlowEdge {
    std::size_t from = 0;  // indexes of nodes
    std::size_t to = 0;
    OutPoint at;
    std::string address;
    Amount whole;   // of the output
    Amount traced;  // of that, value of payouts that went this way
};

struct Flow {
    std::vector<FlowNode> nodes;
    std::vector<FlowEdge> edges;  // an output twice when its value went two ways
};

/// The trace must have been walked under a policy that conserves, and with its steps.
[[nodiscard]] Flow flow_of(const Trace& trace);

/// What lies on a way between payouts and target; without arrivals nothing.
[[nodiscard]] Flow reaching_target(const Flow& flow);

}  // namespace wagetrail::report
