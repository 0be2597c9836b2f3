// Reads the evidence graph as of a view: who belongs to whom, since when, and why. Answers are
// those of the chain up to the view's block; later merges are skipped. Not thread-safe, like the
// view it borrows.
#pragma once

#include "index/view.h"

#include "heuristics/evidence.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace wagetrail {

/// One tree of a level. An address without merges is an entity of its own.
struct Entity {
    ClusterLevel level = ClusterLevel::l0;
    AddrId root;   // of the tree; means nothing to users and changes as trees grow
    AddrId first;  // the member that appeared first: it names the entity
    std::uint64_t size = 1;
    friend bool operator==(const Entity&, const Entity&) = default;
};

/// Two addresses joined by a rule: an edge of the evidence graph.
struct Merge {
    AddrId a;
    AddrId b;
    MergeRule rule = MergeRule::same_key;
    MergePosition position;  // position.tx made the rule fire
    friend bool operator==(const Merge&, const Merge&) = default;
};

struct MemberPage {
    std::vector<AddrId> members;  // ascending: in order of first appearance
    std::optional<AddrId> next;   // where the following page starts; nullopt at the end
};

struct MergePage {
    std::vector<Merge> merges;  // ascending by position
    std::optional<MergePosition> next;
};

class Clusters {
  public:
    explicit Clusters(const index::LedgerView& view);

    [[nodiscard]] Expected<AddrId> root(ClusterLevel level, AddrId address) const;
    [[nodiscard]] Expected<Entity> entity(ClusterLevel level, AddrId address);
    [[nodiscard]] Expected<bool> same_entity(ClusterLevel level, AddrId a, AddrId b) const;

    /// "<ledger>:<text of its first address>": stable while the entity grows.
    [[nodiscard]] Expected<std::string> id(const Entity& entity) const;
    /// The address in an entity id; nullopt when the text has not that form or is of another
    /// ledger.
    [[nodiscard]] Expected<std::optional<AddrId>> find(std::string_view entity_id) const;

    /// Members from `from` on, at most limit. Work grows with the entity's size, memory with limit.
    [[nodiscard]] Expected<MemberPage> members(const Entity& entity,
                                               AddrId from,
                                               std::size_t limit);
    /// How the entity grew: its merges from `from` on. There are size - 1. Work and memory as
    /// above.
    [[nodiscard]] Expected<MergePage> merges(const Entity& entity,
                                             MergePosition from,
                                             std::size_t limit);

    /// The chain of evidence from a to b: merges of which each starts at the address where the one
    /// before it ended. Empty when a is b; nullopt when nothing joins them as of the view. limit:
    /// the chain has more than that many merges.
    [[nodiscard]] Expected<std::optional<std::vector<Merge>>> explain(ClusterLevel level,
                                                                      AddrId a,
                                                                      AddrId b,
                                                                      std::size_t limit) const;

    /// The merge that first brought a and b, two addresses, together; nullopt when none did.
    [[nodiscard]] Expected<std::optional<Merge>> joining_merge(ClusterLevel level,
                                                               AddrId a,
                                                               AddrId b) const;

    [[nodiscard]] Expected<TxClass> class_of(TxId tx);

  private:
    struct Step;
    [[nodiscard]] Expected<std::optional<ParentRow>> parent(ClusterLevel level, AddrId child) const;
    [[nodiscard]] Expected<std::vector<Step>> climb(ClusterLevel level, AddrId address) const;
    template <class Visit>
    [[nodiscard]] Expected<void> each_child(const Entity& entity, Visit visit);

    /// A walk asks several things of one address in a row, each from its root.
    struct LastRoot {
        AddrId address;
        AddrId root;
    };

    const index::LedgerView& view_;
    index::Cursor cluster_rows_;
    index::Cursor class_rows_;
    mutable std::array<std::optional<LastRoot>, 2> last_roots_;  // by level
};

/// The order in which to doubt a chain of evidence: lowest score first, then latest.
[[nodiscard]] std::vector<Merge> weakest_first(std::vector<Merge> merges);

}  // namespace wagetrail
