// What keeps level L2 from collapsing: a single wrong merge of two large groups is worse than many
// that are missed. HEURISTICS.md "change guards" has each with its source. Pure.
#pragma once

#include "heuristics/change/rules.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail {

/// Why a merge by change was refused.
enum class Refusal : std::uint8_t {
    size,         // both groups are large, or one is large enough for a service
    labels,       // they carry the names of two services
    fingerprint,  // the change was spent by other software than the payer's
    time_gap,     // ... or long after
    payment,      // one group paid the other, by this or another payment's vote
};
[[nodiscard]] std::string_view name(Refusal reason);

struct GuardLimits {
    std::uint64_t group_max = 10'000;  // addresses; beyond it a group is a possible service
    std::uint64_t smaller_max = 100;   // addresses of the smaller of two groups
    std::int64_t gap_seconds_max = std::int64_t{26} * 7 * 24 * 3600;
};

struct GroupSide {
    std::uint64_t size = 1;            // addresses
    std::optional<std::string> label;  // of a service
};
[[nodiscard]] std::optional<Refusal> refusal_of(const GroupSide& a,
                                                const GroupSide& b,
                                                const GuardLimits& limits);

/// Whether the transaction that spends the change looks like another wallet's: another version, or
/// another class of lock time and another signal of replaceability both.
[[nodiscard]] bool is_other_software(const index::TxFlags& payer, const index::TxFlags& spender);

/// A payment whose ballot was won: its payer and its change may be one.
struct ChangeMerge {
    AddrId a;  // an input address
    AddrId b;  // the change address
    TxId tx;
    OutIndex vout;
    unsigned margin = 0;
    std::vector<ChangeRule> rules;  // that voted for it
    AddrId root_a;                  // their L1 entities
    AddrId root_b;
    std::vector<AddrId>
        paid;  // L1 roots of the other outputs: others than the payer, says the vote
};
struct RefusedMerge {
    ChangeMerge merge;
    Refusal reason = Refusal::size;
};

/// A merge with what the two parts and the payment alone say against it.
struct ChangeCandidate {
    ChangeMerge merge;
    std::optional<Refusal> refusal;
};

/// An L1 entity as a node of level L2.
struct ChangePart {
    AddrId root;
    GroupSide side;
};

struct Grouping {
    std::vector<std::vector<AddrId>> groups;  // roots, ascending; by their first
    std::vector<ChangeMerge> merges;          // in chain order
    std::vector<RefusedMerge> refused;        // likewise
};
/// Joins parts in the order of the candidates, which is the chain's, as far as the guards let it:
/// size and labels of what has grown so far, and no group may hold both sides of a payment. What a
/// refused or needless candidate says about whom it paid counts too.
[[nodiscard]] Grouping grouped(const std::vector<ChangePart>& parts,
                               const std::vector<ChangeCandidate>& candidates,
                               const GuardLimits& limits);

}  // namespace wagetrail
