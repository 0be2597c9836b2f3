// What changed between two snapshots. Rows are compared by decoded address, ticker and party, so a
// list that re-publishes an address in other letters is re-spelled, not removed and added.
#pragma once

#include "chain/base/expected.h"

#include "index/lists/registry.h"

#include <cstdint>
#include <string>
#include <vector>

namespace wagetrail::lists {

struct ListRow {
    std::string address_text;
    std::string ticker;  // empty when the list gives none
    std::string entity;
    std::string party_id;

    friend auto operator<=>(const ListRow&, const ListRow&) = default;
};

struct Respelling {
    ListRow before;
    ListRow after;
};

enum class PartyChangeKind : std::uint8_t { added, removed, changed };

/// Only of parties that have an address in one of the two snapshots.
struct PartyChange {
    PartyChangeKind kind = PartyChangeKind::added;
    std::string party_id;
    std::string entity;   // after the change, or before it when removed
    std::string details;  // what changed: "name: A -> B; programs: X -> X Y"; of one added,
                          // "designated 2023-04-24" where the list says so; empty otherwise
};

/// All parts sorted.
struct ListDiff {
    std::vector<ListRow> added;
    std::vector<ListRow> removed;
    std::vector<Respelling> respelled;
    std::vector<PartyChange> parties;
    std::vector<std::string> removed_addresses;  // on the list before, under no row any more

    [[nodiscard]] bool empty() const {
        return added.empty() && removed.empty() && respelled.empty() && parties.empty();
    }
};

/// The snapshots may be of different lists, which shows what one has and the other has not.
Expected<ListDiff> diff(const Registry& registry, const Snapshot& before, const Snapshot& after);

}  // namespace wagetrail::lists
