// What of a trace is drawn: who held value and between whom it went, at the level of addresses,
// entities or transactions, with the share that each policy sees. Edges point from earlier to
// later, whichever way the trace went.
//
// Where several held what one transaction spent, nobody can say whose coin became which output; the
// transaction then stands between them as a node of its own (a junction).
#pragma once

#include "heuristics/trace/trace.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail::report {

enum class PictureLevel : std::uint8_t { address, entity, transaction };
[[nodiscard]] std::optional<PictureLevel> parse_picture_level(std::string_view word);
[[nodiscard]] std::string_view name(PictureLevel level);

enum class NodeKind : std::uint8_t {
    address,
    entity,
    transaction,  // of a picture of transactions, or a junction
    rest,         // those that were left out beside what is shown
};
[[nodiscard]] std::string_view name(NodeKind kind);

/// One amount for each policy of the picture, in their order.
using Shares = std::vector<Amount>;
void add(Shares& to, const Shares& more);
[[nodiscard]] Amount largest(const Shares& shares);

/// Why value was not followed beyond a node.
struct NodeStop {
    StopReason reason = StopReason::unspent;
    std::string label;
    Shares shares;
};

struct PictureNode {
    std::string id;  // address, entity id or txid; of a rest: rest_id()
    NodeKind kind = NodeKind::address;
    std::string address;           // that an entity is named by; empty for a transaction
    std::optional<TxPosition> tx;  // of a transaction
    bool is_payer = false;
    bool is_payee = false;
    bool is_target = false;
    std::vector<NodeStop> stops;
    Shares reached;                 // of a target: what counts as reached there
    std::uint64_t kept_inside = 0;  // outputs that it paid to itself
    std::uint64_t hidden = 0;       // of a rest: nodes that it stands for
};

enum class EdgeKind : std::uint8_t {
    traced,   // value of payouts
    contact,  // they dealt with each other; amounts are estimates, and of nobody's payout
};
[[nodiscard]] std::string_view name(EdgeKind kind);

/// "rest:traced:out:" and whose it is.
[[nodiscard]] std::string rest_id(EdgeKind kind, std::string_view side, std::string_view of);

/// One output that an edge is made of.
struct EdgeOutput {
    OutPoint at;
    TxPosition tx;  // that moved it along the edge
    Amount whole;
    Shares shares;
};

struct PictureEdge {
    std::size_t from = 0;  // indexes of nodes
    std::size_t to = 0;
    EdgeKind kind = EdgeKind::traced;
    std::vector<EdgeOutput> outputs;  // in chain order; of a contact: none
    std::uint64_t transactions = 0;
    Amount whole;
    Shares shares;
    Time first;
    Time last;
};

struct Picture {
    PictureLevel level = PictureLevel::address;
    Direction direction = Direction::forward;
    std::vector<Policy> policies;
    std::vector<PictureNode> nodes;
    std::vector<PictureEdge> edges;
};

/// Where a walk along or against the edges begins: payers, or backward those that received.
[[nodiscard]] std::vector<std::size_t> roots_of(const Picture& picture);

}  // namespace wagetrail::report
