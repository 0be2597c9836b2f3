// A chain told by names, for tests of walks: an employer and a stranger with a mined coin of 50
// each, and everybody else as they come.
#pragma once

#include "heuristics/trace/walk.h"

#include "tests/unit/heuristics/indexed_chain.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace wagetrail {

using simulator::BuiltTx;
using simulator::ChainBuilder;
using simulator::operator""_coins;
using simulator::operator""_units;

inline index::Derivation no_rules() {
    return {
        .version = "none",
        .derive = [](const auto&, const auto&,
                     const auto&) { return Expected<index::Batch>(index::Batch()); },
        .revert = [](const auto&, TxId, TxId) { return Expected<index::Batch>(index::Batch()); }};
}

class Story {
  public:
    Story() : index_(LedgerId::btc_regtest, no_rules()) {
        chain.block({}, {.miner = chain.address("employer")});
        chain.block({}, {.miner = chain.address("stranger")});
    }

    [[nodiscard]] Address who(std::string_view name) { return chain.address(name); }
    /// The employer's payout of a coin, alone in its transaction but for the change.
    BuiltTx payout(std::string_view payee, Amount amount) {
        const BuiltTx tx = chain.pay(who("employer"), who(payee), amount);
        chain.block({tx});
        return tx;
    }
    BuiltTx spend(const std::vector<OutPoint>& coins,
                  const std::vector<simulator::Output>& outputs) {
        const BuiltTx tx = chain.tx(coins, outputs);
        chain.block({tx});
        return tx;
    }
    OutPoint strangers_coin() { return chain.coinbase(Height(2)); }

    void target(std::string_view name) { targets_.push_back(who(name)); }
    void service(std::string_view name) { services_.push_back(who(name)); }
    void coinjoin(const BuiltTx& tx) { coinjoins_.push_back(tx.txid); }

    Expected<Trace> try_trace(const std::vector<OutPoint>& payouts, Policy policy) {
        index_.add_from(chain);
        const index::LedgerView view = index_.view();
        std::vector<OutId> outs;
        for (const OutPoint& payout : payouts) {
            const index::TxRecord tx = TRY(view.tx(*TRY(view.find_tx(payout.txid))));
            outs.push_back(tx.first_out.next(payout.vout.value));
        }
        const auto among = [&](const std::vector<Address>& all, AddrId id) -> Expected<bool> {
            const Address address = TRY(view.address(id));
            return std::find(all.begin(), all.end(), address) != all.end();
        };
        const WalkContext context{.is_target = [&](AddrId id) { return among(targets_, id); },
                                  .service = [&](AddrId id) -> Expected<std::optional<StopCause>> {
                                      if (!TRY(among(services_, id))) return std::nullopt;
                                      return StopCause{StopReason::service, "an exchange"};
                                  },
                                  .mixing = [&](TxId tx) -> Expected<std::optional<StopCause>> {
                                      const Txid txid = TRY(view.txid(tx));
                                      const bool found =
                                          std::find(coinjoins_.begin(), coinjoins_.end(), txid) !=
                                          coinjoins_.end();
                                      if (!found) return std::nullopt;
                                      return StopCause{StopReason::coinjoin, ""};
                                  }};
        Places places(view, context);
        return walk(places, outs, {policy, direction}, limits, control);
    }
    Trace trace(const std::vector<OutPoint>& payouts, Policy policy = Policy::fifo) {
        auto traced = try_trace(payouts, policy);
        if (!traced) FAIL(traced.error().what);
        return std::move(*traced);
    }

    ChainBuilder chain;
    WalkLimits limits;
    Direction direction = Direction::forward;
    WalkControl control;

  private:
    IndexedChain index_;
    std::vector<Address> targets_;
    std::vector<Address> services_;
    std::vector<Txid> coinjoins_;
};

inline std::vector<std::uint64_t> units(const Sums& sums) {
    return {sums.amount.units(), sums.reached.units(), sums.stopped.units(), sums.residual.units(),
            sums.fees.units()};
}

inline std::map<std::string, std::uint64_t> by_reason(const Trace& trace) {
    std::map<std::string, std::uint64_t> sums;
    for (const Stop& stop : trace.stopped)
        sums[std::string(name(stop.reason))] += stop.amount().units();
    return sums;
}

using Reasons = std::map<std::string, std::uint64_t>;

}  // namespace wagetrail
