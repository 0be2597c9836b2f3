// Why a transaction has its class, in figures and in words: HEURISTICS.md "coinjoin". Used inside
// heuristics/report only.
#pragma once

#include "heuristics/clusters.h"
#include "heuristics/report/json.h"

#include <string>
#include <vector>

namespace wagetrail::report {

struct ClassReasons {
    TxClass tx_class = TxClass::ordinary;
    Json figures;                    // null for an ordinary transaction
    std::vector<std::string> words;  // none for an ordinary transaction
};

[[nodiscard]] Expected<ClassReasons> class_reasons(const index::LedgerView& view,
                                                   Clusters& clusters,
                                                   const index::TxRecord& tx);

}  // namespace wagetrail::report
