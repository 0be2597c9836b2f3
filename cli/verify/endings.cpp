#include "cli/verify/endings.h"

#include "chain/address.h"

#include "cli/verify/verdict.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_set>

namespace wagetrail::verifier {
namespace {

// Whether a reason is about the next transaction on the way, which is then named.
enum class Next : std::uint8_t { none, named, either };

struct Ending {
    std::string_view reason;
    bool forward;
    bool backward;
    bool labelled;
    Next next;
};

constexpr std::array kEndings = {
    Ending{"unspent", true, false, false, Next::none},
    Ending{"mined", false, true, false, Next::named},
    Ending{"service", true, true, true, Next::none},
    Ending{"possible_service", true, true, true, Next::none},
    Ending{"coinjoin", true, true, true, Next::named},
    Ending{"mweb", true, true, false, Next::either},  // backward also what its block made of it
    Ending{"unspendable", true, false, false, Next::none},
    Ending{"other_payout", true, true, false, Next::none},
    Ending{"max_hops", true, true, false, Next::named},
    Ending{"value_floor", true, true, false, Next::named},
    Ending{"time_window", true, true, false, Next::named},
};

std::unexpected<Error> contradicted(const Stop& stop, const std::string& why) {
    return broken(stop.path + ": " + text(stop.coin.tx.txid) + ":" + text(stop.coin.vout) +
                  " is called " + stop.reason + ", and " + why);
}

class Endings {
  public:
    Endings(const Bundle& bundle, const Proven& proven) : bundle_(bundle), proven_(proven) {
        for (const Coin& payout : bundle.sources) payouts_.insert(payout.at());
        for (const EnclosedTransaction& one : bundle.transactions)
            if (const ProvenTransaction* const found = proven.find(one.txid))
                for (const TxIn& input : found->tx.inputs) spent_.insert(input.prevout);
        for (const PolicyPart& policy : bundle.policies)
            for (const Step& step : policy.steps)
                for (const Leg& input : step.inputs) spent_.insert(input.at);
    }

    Expected<void> check(const Stop& stop, bool is_residual) const {
        const auto* const ending = std::ranges::find(kEndings, stop.reason, &Ending::reason);
        if (ending == kEndings.end()) return broken(stop.path + "/reason is none that walks have");
        if (is_residual != (stop.reason == "unspent"))
            return contradicted(
                stop, is_residual ? "stands among what is unspent" : "stands among what is not");
        if (!(bundle_.forward ? ending->forward : ending->backward))
            return contradicted(stop, std::string("no walk ") +
                                          (bundle_.forward ? "forward" : "backward") + " ends so");
        if (ending->labelled == stop.label.empty())
            return contradicted(stop, stop.label.empty() ? "no label says so" : "has a label");
        TRY(check_next(stop, ending->next));
        TRY(check_payout(stop));
        return bundle_.forward ? check_address(stop) : check_maker(stop);
    }

  private:
    /// The transaction that was not followed: forward it spends the output, backward it made it.
    [[nodiscard]] Expected<void> check_next(const Stop& stop, Next next) const {
        if (stop.reason == "unspent" && spent_.contains(stop.coin.at()))
            return contradicted(stop, "a transaction of the bundle spends it");
        if (!stop.spender) {
            if (next == Next::named) return contradicted(stop, "no next transaction is named");
            return {};
        }
        if (next == Next::none)
            return contradicted(stop, "the next transaction is named all the same");
        if (!bundle_.forward) {
            if (*stop.spender != stop.coin.tx.txid)
                return contradicted(stop, "another transaction than its own is named");
            return {};
        }
        const ProvenTransaction* const found = proven_.find(*stop.spender);
        if (found != nullptr && std::ranges::find(found->tx.inputs, stop.coin.at(),
                                                  &TxIn::prevout) == found->tx.inputs.end())
            return contradicted(stop, "the transaction named does not spend it");
        return {};
    }

    /// Value that comes into a payout ends there; the payout's own goes on.
    [[nodiscard]] Expected<void> check_payout(const Stop& stop) const {
        const bool is_payout = payouts_.contains(stop.coin.at());
        for (const Share& share : stop.shares) {
            const std::size_t source = share.source.value;  // raw: index into sources
            if (source >= bundle_.sources.size())
                return broken(stop.path + ": there is no payout " + text(share.source));
            const bool is_own = bundle_.sources[source].at() == stop.coin.at();
            if ((is_payout && !is_own) != (stop.reason == "other_payout"))
                return contradicted(stop, is_payout ? "it is a payout" : "it is no other payout");
        }
        return {};
    }

    /// Forward: the address alone says whether coins can go on as coins.
    [[nodiscard]] Expected<void> check_address(const Stop& stop) const {
        if (stop.reason == "other_payout") return {};
        const auto address = parse_address(bundle_.ledger, stop.coin.address);
        if (!address) return broken(stop.path + "/output/address is no address");
        if (is_unspendable(*address) != (stop.reason == "unspendable"))
            return contradicted(
                stop, is_unspendable(*address) ? "nobody can spend it" : "it can be spent");
        if (is_mweb(*address) != (stop.reason == "mweb"))
            return contradicted(stop, is_mweb(*address) ? "it leads into the extension block"
                                                        : "it leads into no extension block");
        return {};
    }

    /// Backward: a coinbase has nothing before it, and nothing else was mined.
    [[nodiscard]] Expected<void> check_maker(const Stop& stop) const {
        const ProvenTransaction* const maker = proven_.find(stop.coin.tx.txid);
        if (maker == nullptr || !stop.spender) return {};
        if (maker->tx.is_coinbase() != (stop.reason == "mined"))
            return contradicted(stop, maker->tx.is_coinbase() ? "its block made it"
                                                              : "its transaction is no coinbase");
        if (maker->tx.is_hogex != (stop.reason == "mweb"))
            return contradicted(stop, maker->tx.is_hogex ? "it comes from the extension block"
                                                         : "it comes from no extension block");
        return {};
    }

    const Bundle& bundle_;
    const Proven& proven_;
    std::unordered_set<OutPoint> payouts_;
    std::unordered_set<OutPoint> spent_;
};

}  // namespace

Expected<std::string> check_endings(const Bundle& bundle, const Proven& proven) {
    const Endings endings(bundle, proven);
    std::size_t checked = 0;
    for (const EnclosedTransaction& one : bundle.transactions)
        if (one.height > bundle.as_of)
            return broken(one.path + ": block " + text(one.height) +
                          " comes after the block of the answer");
    for (const PolicyPart& policy : bundle.policies) {
        for (const Stop& stop : policy.stopped) TRY(endings.check(stop, false));
        for (const Stop& stop : policy.residual) TRY(endings.check(stop, true));
        checked += policy.stopped.size() + policy.residual.size();
    }
    return "the reasons of " + std::to_string(checked) +
           " ends fit the direction, the payouts and the transactions enclosed";
}

}  // namespace wagetrail::verifier
