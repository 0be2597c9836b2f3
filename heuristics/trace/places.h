// What walks have to know about the addresses and transactions they come to, each asked once: the
// walks of one question, one per policy, come to the same ones.
#pragma once

#include "index/view.h"

#include "heuristics/trace/trace.h"

#include <functional>
#include <optional>
#include <string>
#include <unordered_map>

namespace wagetrail {

struct StopCause {
    StopReason reason = StopReason::service;
    std::string label;
};

/// What heuristics and lists say about the places a walk comes to. An empty function knows
/// nothing. Answers must not change while they are remembered.
struct WalkContext {
    /// The walk ends there, and the value counts as reached.
    std::function<Expected<bool>(AddrId)> is_target;
    /// Somebody at whose address value mixes with that of others off the chain.
    std::function<Expected<std::optional<StopCause>>(AddrId)> service;
    /// A transaction that must not be taken apart.
    std::function<Expected<std::optional<StopCause>>(TxId)> mixing;
};

/// Not thread-safe, as its view is not. Forgets everything now and then, so that it takes no more
/// than about 50 MB.
class Places {
  public:
    /// Borrows the view.
    Places(const index::LedgerView& view, WalkContext context)
        : view_(view), context_(std::move(context)) {}

    struct AtAddress {
        bool is_target = false;
        std::optional<StopCause> cause;  // value that comes here is not followed
    };

    [[nodiscard]] const index::LedgerView& view() const { return view_; }
    /// is_spent: some output that pays it is, so it is not one that nobody can spend. What is
    /// returned is valid until the next call.
    [[nodiscard]] Expected<const AtAddress*> address(AddrId id, bool is_spent);
    /// Why it must not be taken apart.
    [[nodiscard]] Expected<std::optional<StopCause>> mixing(TxId id);
    [[nodiscard]] Expected<Time> time_of(TxId id) const;
    [[nodiscard]] Expected<Time> time_of(OutId out) const;

  private:
    [[nodiscard]] Expected<AtAddress> ask(AddrId id, bool is_spent) const;
    [[nodiscard]] Expected<std::optional<StopCause>> by_script(AddrId id) const;

    const index::LedgerView& view_;
    WalkContext context_;
    std::unordered_map<AddrId, AtAddress> addresses_;
    std::unordered_map<TxId, std::optional<StopCause>> transactions_;
};

}  // namespace wagetrail
