// How answers write addresses of an entity and the merges that made it. Used inside
// heuristics/report only.
#pragma once

#include "heuristics/clusters.h"
#include "heuristics/report/json.h"
#include "heuristics/report/table.h"

#include <vector>

namespace wagetrail::report {

/// not_found, with the height, when the address was never seen.
[[nodiscard]] Expected<AddrId> id_of(const index::LedgerView& view, const Address& address);

struct Listed {
    Json json = Json::array();
    Table table;
};

[[nodiscard]] Expected<Json> merge_json(const index::LedgerView& view,
                                        Clusters& clusters,
                                        const Merge& merge);
[[nodiscard]] Table merge_table();
void add_row(Table& table, const Json& merge);
[[nodiscard]] Expected<Listed> listed(const index::LedgerView& view,
                                      Clusters& clusters,
                                      const std::vector<Merge>& merges);

/// With balances.
[[nodiscard]] Expected<Listed> listed_addresses(const index::LedgerView& view,
                                                const std::vector<AddrId>& addresses);

}  // namespace wagetrail::report
