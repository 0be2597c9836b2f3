// The rows of the derived families: `cluster`, the evidence graph (which addresses were joined, by
// which rule and transaction), and `tx_class`. HEURISTICS.md "Rows" has them as tables. Rows are
// inserted or deleted with their block, never changed.
//
// The evidence graph is kept as one forest per level. Each merge makes one tree hang below the root
// of another, without path compression: so a merge is one edge for ever, and the forest as of an
// earlier block is what is left when later edges are skipped.
#pragma once

#include "index/database.h"

#include "heuristics/coinjoin.h"

#include <compare>
#include <optional>
#include <string_view>
#include <vector>

namespace wagetrail {

/// How much evidence a cluster may rest on. Each level includes those before it.
enum class ClusterLevel : std::uint8_t {
    l0 = 0,  // key identity
    l1 = 1,  // and co-spends outside CoinJoins
};
[[nodiscard]] std::string_view name(ClusterLevel level);  // "L0", "L1"
/// nullopt for any other word; case does not matter.
[[nodiscard]] std::optional<ClusterLevel> parse_cluster_level(std::string_view word);

/// Why two addresses were joined. Stored: never renumber.
enum class MergeRule : std::uint8_t {
    same_key = 1,   // L0: a public key seen on chain controls both
    same_hash = 2,  // L0: both are forms of one hash160, whoever knows the key
    co_spend = 3,   // L1: inputs of one transaction, signed as one
};
[[nodiscard]] std::string_view name(MergeRule rule);  // "same_key", ...
/// Strength of the evidence in thousandths. A rank for sorting, not a probability.
[[nodiscard]] unsigned score_permille(MergeRule rule);
[[nodiscard]] std::string score_text(MergeRule rule);  // "1.000"

/// Where a merge stands in the chain's order: transaction, then order of merges in it, by level.
struct MergePosition {
    TxId tx;
    std::uint32_t sequence = 0;  // three bytes at rest
    friend constexpr auto operator<=>(const MergePosition&, const MergePosition&) = default;
};
/// Behind every merge that a database can hold.
inline constexpr MergePosition kLastMergePosition{.tx = TxId(0xFF'FFFF'FFFF),
                                                  .sequence = 0xFF'FFFF};

/// `p`: written once, when a root stops being one.
struct ParentRow {
    AddrId parent;
    MergePosition position;
    MergeRule rule = MergeRule::same_key;
    AddrId child_side;   // the two addresses that the rule joined:
    AddrId parent_side;  // in the tree of the child, in the tree of the parent

    static void fields(auto& codec, auto& row) {
        codec.template big<5>(row.position.tx);
        codec.template big<3>(row.position.sequence);
        codec.template big<5>(row.parent);
        codec.template big<5>(row.child_side);
        codec.template big<5>(row.parent_side);
    }
    [[nodiscard]] Bytes encoded() const;
    [[nodiscard]] static Expected<ParentRow> decoded(ByteView value);
};

/// `c`: what hangs below a root, in the order in which it came.
struct ChildRow {
    AddrId child;
    std::uint64_t size = 0;  // addresses in the parent's tree after the merge
    AddrId smallest;         // smallest id in it after the merge

    static void fields(auto& codec, auto& row) {
        codec.template big<5>(row.child);
        codec.varint(row.size);
        codec.template big<5>(row.smallest);
    }
    [[nodiscard]] Bytes encoded() const;
    [[nodiscard]] static Expected<ChildRow> decoded(ByteView value);
};

[[nodiscard]] Bytes parent_key(ClusterLevel level, AddrId child);
[[nodiscard]] Bytes child_key(ClusterLevel level, AddrId parent, MergePosition position);
/// `m`: finds the merges of a block again, to take them back.
[[nodiscard]] Bytes merge_key(ClusterLevel level, MergePosition position);
[[nodiscard]] Bytes merge_value(AddrId child);
[[nodiscard]] Expected<AddrId> decoded_merge_value(ByteView value);
/// The part of child_key that all children of one parent share.
[[nodiscard]] Bytes child_prefix(ClusterLevel level, AddrId parent);
/// The position at the end of a child_key or merge_key; nullopt when the key is too short.
[[nodiscard]] std::optional<MergePosition> trailing_position(ByteView key);

/// `tx_class`: last TxId of a chunk -> the transactions of it that are not ordinary. No row when
/// all are.
struct TxClassRow {
    struct Entry {
        TxId tx;
        TxClass tx_class = TxClass::ordinary;
    };
    TxId last;
    std::vector<Entry> entries;  // ascending

    [[nodiscard]] Bytes key() const;
    [[nodiscard]] Bytes encoded() const;
    [[nodiscard]] static Expected<TxClassRow> decoded(ByteView key, ByteView value);
};

}  // namespace wagetrail
