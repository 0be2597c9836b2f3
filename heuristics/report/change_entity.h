// Answers at level L2, where change joins co-spend entities, and what an entity is without one of
// its transactions.
#pragma once

#include "heuristics/change/overlay.h"
#include "heuristics/cut.h"
#include "heuristics/report/entity.h"

namespace wagetrail::report {

/// is_complete false: a limit was met, which the answer's coverage says too.
struct ChangeAnswer {
    Answer answer;
    bool is_complete = true;
};

/// manifest.change must be set, here and below. Its coverage is filled in.
[[nodiscard]] Expected<ChangeAnswer> change_entity_answer(const index::LedgerView& view,
                                                          Manifest manifest,
                                                          ChangeOverlay& overlay,
                                                          const EntityRequest& request,
                                                          const std::stop_token& stop);

[[nodiscard]] Expected<ChangeAnswer> change_explain_answer(const index::LedgerView& view,
                                                           Manifest manifest,
                                                           ChangeOverlay& overlay,
                                                           const Address& a,
                                                           const Address& b,
                                                           const std::stop_token& stop);

struct CutRequest {
    Address address;         // any of the entity's addresses
    Txid edge;               // the transaction to leave out
    std::size_t limit = 20;  // addresses shown per part
    CutLimits limits;
};
[[nodiscard]] Expected<Answer> cut_answer(const index::LedgerView& view,
                                          const Manifest& manifest,
                                          const CutRequest& request,
                                          const std::stop_token& stop);

}  // namespace wagetrail::report
