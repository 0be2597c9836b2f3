// A chain with its evidence graph, asked for payouts by what a user names. Everybody has a name;
// who mines a block has 50 coins.
#pragma once

#include "heuristics/clustering.h"
#include "heuristics/trace/subjects.h"

#include "tests/unit/heuristics/indexed_chain.h"

#include <catch2/catch.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace wagetrail {

class PayoutScene {
  public:
    PayoutScene()
        : chain(LedgerId::btc_regtest, simulator::Signatures::real),
          clustering_(LedgerId::btc_regtest),
          index_(LedgerId::btc_regtest, clustering_.derivation()) {}

    [[nodiscard]] Address who(std::string_view name) { return chain.address(name); }
    /// A new coin of 50 for an address.
    OutPoint mined_by(const Address& address) {
        chain.block({}, {.miner = address});
        return chain.coinbase(chain.height());
    }
    simulator::BuiltTx spend(const std::vector<OutPoint>& coins,
                             const std::vector<simulator::Output>& outputs,
                             const simulator::ChainBuilder::BlockOptions& options = {}) {
        simulator::BuiltTx tx = chain.tx(coins, outputs);
        chain.block({tx}, options);
        return tx;
    }
    [[nodiscard]] index::LedgerView view() {
        index_.add_from(chain);
        return index_.view();
    }

    Expected<Payouts> try_payouts(std::string_view subject) {
        const index::LedgerView now = view();
        Clusters clusters(now);
        return payouts_of(now, clusters, subject, scope);
    }
    Expected<Payouts> try_table(std::string_view csv) {
        const index::LedgerView now = view();
        Clusters clusters(now);
        return payouts_of_table(now, clusters, csv, scope);
    }
    Payouts payouts(std::string_view subject) { return value_of(try_payouts(subject)); }
    Payouts table(std::string_view csv) { return value_of(try_table(csv)); }
    Error refusal(std::string_view subject) { return error_of(try_payouts(subject)); }
    Error table_refusal(std::string_view csv) { return error_of(try_table(csv)); }

    /// The outputs of payouts, as outpoints in their order.
    std::vector<OutPoint> at(const Payouts& payouts) {
        const index::LedgerView now = view();
        std::vector<OutPoint> all;
        for (const Payout& payout : payouts.found) {
            const auto tx = now.tx_of(payout.out);
            REQUIRE(tx);
            const std::uint64_t vout =
                payout.out.value - tx->first_out.value;  // raw: its place in the transaction
            all.push_back({tx->txid, OutIndex(static_cast<std::uint32_t>(vout))});
        }
        return all;
    }
    std::vector<OutPoint> paid(std::string_view subject) { return at(payouts(subject)); }

    simulator::ChainBuilder chain;
    SubjectScope scope;

  private:
    static Payouts value_of(Expected<Payouts> found) {
        if (!found) FAIL(found.error().what);
        return *std::move(found);
    }
    static Error error_of(Expected<Payouts> found) {
        REQUIRE_FALSE(found);
        return found.error();
    }

    Clustering clustering_;
    IndexedChain index_;
};

}  // namespace wagetrail
