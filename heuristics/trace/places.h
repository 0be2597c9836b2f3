// What a walk has to know about the addresses and transactions it comes to, each asked once.
#pragma once

#include "heuristics/trace/walk.h"

#include <optional>
#include <unordered_map>

namespace wagetrail {

class Places {
  public:
    /// Borrows both.
    Places(const index::LedgerView& view, const WalkContext& context)
        : view_(view), context_(context) {}

    struct AtAddress {
        bool is_target = false;
        std::optional<StopCause> cause;  // value that comes here is not followed
    };
    struct AtTransaction {
        index::TxPlace place;
        Time time;                       // of its block
        std::optional<StopCause> cause;  // must not be taken apart
    };

    /// Valid while this object lives.
    [[nodiscard]] Expected<const AtAddress*> address(AddrId id);
    [[nodiscard]] Expected<const AtTransaction*> transaction(TxId id);
    [[nodiscard]] Expected<Time> time_of(OutId out) const;

  private:
    [[nodiscard]] Expected<AtAddress> ask(AddrId id) const;
    [[nodiscard]] Expected<Time> time_at(Height height) const;

    const index::LedgerView& view_;
    const WalkContext& context_;
    std::unordered_map<AddrId, AtAddress> addresses_;
    std::unordered_map<TxId, AtTransaction> transactions_;
};

}  // namespace wagetrail
