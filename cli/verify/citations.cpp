#include "cli/verify/citations.h"

#include "chain/address.h"

#include "cli/verify/verdict.h"

#include <algorithm>

namespace wagetrail::verifier {
namespace {

std::string point(const OutPoint& at) {
    return text(at.txid) + ":" + text(at.vout);
}

/// False: its transaction is not enclosed.
Expected<bool> check_position(const Position& stated, const Proven& proven) {
    const ProvenTransaction* const tx = proven.find(stated.txid);
    if (tx == nullptr) return false;
    const ProvenBlock& block = *proven.block(tx->height);
    if (stated.height != tx->height || stated.index != tx->index)
        return broken(stated.path + ": transaction " + text(stated.txid) +
                      " stands elsewhere: at place " + std::to_string(tx->index) + " of block " +
                      text(tx->height));
    if (stated.block_hash != block.hash)
        return broken(stated.path + ": block " + text(stated.height) + " has another hash");
    if (stated.time != Time{block.header.time})
        return broken(stated.path + ": block " + text(stated.height) + " has another time");
    return true;
}

Expected<bool> check_coin(const Bundle& bundle, const Coin& coin, const Proven& proven) {
    if (!TRY(check_position(coin.tx, proven))) return false;
    const TxOut& output = *TRY(proven.output(coin.at()));
    if (output.amount != coin.amount)
        return broken(coin.tx.path + ": output " + point(coin.at()) + " is of " +
                      std::to_string(output.amount.units()) + " units, not of " +
                      std::to_string(coin.amount.units()));
    if (text(address_of_script(bundle.ledger, output.script)) != coin.address)
        return broken(coin.tx.path + ": output " + point(coin.at()) +
                      " pays another address than " + coin.address);
    return true;
}

Expected<void> must_be_proven(const Bundle& bundle, const Coin& coin, const Proven& proven) {
    if (TRY(check_coin(bundle, coin, proven))) return {};
    return broken(coin.tx.path + ": transaction " + text(coin.tx.txid) + " is not enclosed");
}

bool spends(const Transaction& tx, const OutPoint& at) {
    return std::any_of(tx.inputs.begin(), tx.inputs.end(),
                       [&](const TxIn& input) { return input.prevout == at; });
}

/// The sum of what the inputs are worth; nullopt when one of them is not enclosed.
Expected<std::optional<Amount>> check_inputs(const Step& step,
                                             const Transaction& tx,
                                             const Proven& proven) {
    if (step.inputs.size() != tx.inputs.size())
        return broken(step.tx.path + ": transaction " + text(step.tx.txid) + " has " +
                      std::to_string(tx.inputs.size()) + " inputs");
    std::optional<Amount> sum = Amount();
    for (std::size_t i = 0; i < tx.inputs.size(); ++i) {
        const Leg& leg = step.inputs[i];
        if (leg.at != tx.inputs[i].prevout)
            return broken(leg.path + ": input " + std::to_string(i) + " spends " +
                          point(tx.inputs[i].prevout) + ", not " + point(leg.at));
        const TxOut* const spent = TRY(proven.output(leg.at));
        if (spent != nullptr && spent->amount != leg.amount)
            return broken(leg.path + ": the output spent is of " +
                          std::to_string(spent->amount.units()) + " units");
        sum = spent != nullptr && sum ? sum->plus(spent->amount) : std::nullopt;
    }
    return sum;
}

Expected<std::optional<Amount>> check_step_outputs(const Step& step, const Transaction& tx) {
    if (step.outputs.size() != tx.outputs.size())
        return broken(step.tx.path + ": transaction " + text(step.tx.txid) + " has " +
                      std::to_string(tx.outputs.size()) + " outputs");
    std::optional<Amount> sum = Amount();
    for (std::size_t i = 0; i < tx.outputs.size(); ++i) {
        const Leg& leg = step.outputs[i];
        if (leg.at != OutPoint{tx.txid, OutIndex(static_cast<std::uint32_t>(i))})
            return broken(leg.path + " is not output " + std::to_string(i));
        if (leg.amount != tx.outputs[i].amount)
            return broken(leg.path + ": the output is of " +
                          std::to_string(tx.outputs[i].amount.units()) + " units");
        if (sum) sum = sum->plus(leg.amount);
    }
    return sum;
}

Expected<bool> check_step(const Step& step, const Proven& proven) {
    if (!TRY(check_position(step.tx, proven))) return false;
    const Transaction& tx = proven.find(step.tx.txid)->tx;
    const auto in = TRY(check_inputs(step, tx, proven));
    const auto out = TRY(check_step_outputs(step, tx));
    if (!in || !out) return false;
    if (in->minus(*out) != step.fee)
        return broken(step.tx.path + ": the fee of " + text(step.tx.txid) +
                      " is another one than inputs less outputs");
    return true;
}

Expected<void> check_path(const Bundle& bundle, const Arrival& arrival, const Proven& proven) {
    const std::size_t source = arrival.source.value;  // raw: index into sources
    if (arrival.parts.empty() || source >= bundle.sources.size())
        return broken(arrival.path + " has no path from a payout");
    if (arrival.parts.size() != arrival.hops)
        return broken(arrival.path + ": the path has another length than its hops");
    if (arrival.parts.front().coin.at() != bundle.sources[source].at())
        return broken(arrival.path + ": the path does not begin with its payout");
    if (arrival.parts.back().coin.at() != arrival.coin.at())
        return broken(arrival.path + ": the path does not end at the arrival");
    for (std::size_t i = 1; i < arrival.parts.size(); ++i) {
        const Coin& before = arrival.parts[i - 1].coin;
        const Coin& after = arrival.parts[i].coin;
        const Coin& spent = bundle.forward ? before : after;
        const Coin& made = bundle.forward ? after : before;
        const ProvenTransaction* const tx = proven.find(made.tx.txid);
        if (tx == nullptr || !spends(tx->tx, spent.at()))
            return broken(arrival.path + ": transaction " + text(made.tx.txid) +
                          " does not spend " + point(spent.at()));
    }
    return {};
}

}  // namespace

Expected<std::string> check_outputs(const Bundle& bundle, const Proven& proven) {
    std::size_t checked = 0;
    std::size_t left = 0;
    for (const Coin& payout : bundle.sources) {
        TRY(must_be_proven(bundle, payout, proven));
        ++checked;
    }
    for (const PolicyPart& policy : bundle.policies) {
        for (const Arrival& arrival : policy.reached) {
            TRY(must_be_proven(bundle, arrival.coin, proven));
            for (const PathPart& part : arrival.parts)
                TRY(must_be_proven(bundle, part.coin, proven));
            checked += arrival.parts.size() + 1;
        }
        for (const auto* stops : {&policy.stopped, &policy.residual})
            for (const Stop& stop : *stops)
                ++(TRY(check_coin(bundle, stop.coin, proven)) ? checked : left);
    }
    return std::to_string(checked) + " cited outputs are in those transactions" +
           (left == 0 ? "" : "; " + std::to_string(left) + " are of others, which is our word");
}

Expected<std::string> check_steps(const Bundle& bundle, const Proven& proven) {
    std::size_t checked = 0;
    std::size_t left = 0;
    for (const PolicyPart& policy : bundle.policies)
        for (const Step& step : policy.steps) ++(TRY(check_step(step, proven)) ? checked : left);
    return std::to_string(checked) + " steps are those transactions, with their fees" +
           (left == 0 ? ""
                      : "; " + std::to_string(left) + " are not enclosed whole, which is our word");
}

Expected<std::string> check_links(const Bundle& bundle, const Proven& proven) {
    std::size_t checked = 0;
    for (const PolicyPart& policy : bundle.policies)
        for (const Arrival& arrival : policy.reached) {
            TRY(check_path(bundle, arrival, proven));
            ++checked;
        }
    return std::to_string(checked) + " paths lead from their payouts to their arrivals";
}

}  // namespace wagetrail::verifier
