#include "tests/simulator/scenario.h"

#include "tests/simulator/ofac_writer.h"
#include "tests/simulator/payroll_writer.h"
#include "tests/unit/simulator/simulated_chain.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

namespace wagetrail::simulator {
namespace {

/// Made once for several tests.
const SimulatedChain& bitcoin_chain() {
    static const SimulatedChain chain = simulated(LedgerId::btc_regtest, 1, 260);
    return chain;
}

std::size_t count_of(const Truth& truth, Purpose purpose) {
    std::size_t count = 0;
    for (const TxRecord& tx : truth.transactions)
        count += static_cast<std::size_t>(
            std::count_if(tx.outputs.begin(), tx.outputs.end(),
                          [&](const PaidOutput& paid) { return paid.purpose == purpose; }));
    return count;
}

}  // namespace

TEST_CASE("scenario: every block decodes, and its transactions are the truth's",
          "[simulator][scenario]") {
    const SimulatedChain& chain = bitcoin_chain();
    REQUIRE(chain.blocks.size() == 261);
    std::size_t at = 0;
    BlockHash previous;
    for (std::uint32_t height = 0; height < chain.blocks.size(); ++height) {
        CAPTURE(height);
        const auto block = decode_block(params(LedgerId::btc_regtest), chain.blocks[height]);
        REQUIRE(block.has_value());
        REQUIRE(block->header.previous == previous);
        previous = block->hash;
        for (std::size_t i = 0; height > 0 && i < block->transactions.size(); ++i) {
            const Transaction& tx = block->transactions[i];
            const TxRecord& record = chain.truth.transactions.at(at++);
            REQUIRE(record.txid == tx.txid);
            REQUIRE(record.height == Height(height));
            REQUIRE(record.position == i);
            REQUIRE(record.outputs.size() == tx.outputs.size());
            for (std::size_t n = 0; n < tx.outputs.size(); ++n) {
                REQUIRE(record.outputs[n].amount == tx.outputs[n].amount);
                REQUIRE(script_of(record.outputs[n].address) == to_bytes(tx.outputs[n].script));
            }
        }
    }
    REQUIRE(at == chain.truth.transactions.size());
    REQUIRE(previous == chain.truth.tip);
}

TEST_CASE("scenario: coins are spent once, after maturity, and by their owner",
          "[simulator][scenario]") {
    const Truth& truth = bitcoin_chain().truth;
    struct Unspent {
        PaidOutput paid;
        Height spendable_from;
    };
    std::map<OutPoint, Unspent> unspent;
    std::map<Height, Amount> fees;
    for (const TxRecord& tx : truth.transactions) {
        Amount in;
        for (const SpentCoin& spent : tx.inputs) {
            const auto found = unspent.find(spent.at);
            REQUIRE(found != unspent.end());
            REQUIRE(found->second.paid.payee == spent.owner);
            REQUIRE(found->second.paid.amount == spent.amount);
            REQUIRE(found->second.spendable_from <= tx.height);
            in += spent.amount;
            unspent.erase(found);
        }
        Amount out;
        for (std::uint32_t n = 0; n < tx.outputs.size(); ++n) {
            out += tx.outputs[n].amount;
            const Height from = tx.inputs.empty() ? tx.height.next(100) : tx.height;
            unspent[{tx.txid, OutIndex(n)}] = {tx.outputs[n], from};
        }
        if (!tx.inputs.empty()) {
            REQUIRE(in == out + tx.fee);
            fees[tx.height] += tx.fee;
        }
    }
    for (const TxRecord& tx : truth.transactions) {
        if (tx.inputs.empty())
            REQUIRE(tx.outputs.at(0).amount == subsidy(tx.height) + fees[tx.height]);
    }
}

TEST_CASE("scenario: the story has everything that tracing must tell apart",
          "[simulator][scenario]") {
    const auto seed = GENERATE(1U, 2U, 3U);
    CAPTURE(seed);
    const Truth truth = simulated(LedgerId::btc_regtest, seed, 300).truth;
    const Time published = full_publication(truth);
    std::size_t before = 0;
    std::size_t after = 0;
    std::size_t mixed = 0;
    for (const TxRecord& tx : truth.transactions) {
        for (const PaidOutput& paid : tx.outputs) {
            if (paid.purpose == Purpose::sanctioned_deposit)
                ++(truth.block_times[tx.height.value] < published ? before : after);
            const bool forwarded = paid.purpose == Purpose::remittance ||
                                   paid.purpose == Purpose::consolidation ||
                                   paid.purpose == Purpose::sanctioned_deposit;
            if (forwarded && tx.inputs.size() > 1) ++mixed;
        }
    }
    REQUIRE(before >= 3);
    REQUIRE(after >= 3);
    REQUIRE(mixed >= 5);
    REQUIRE(count_of(truth, Purpose::coinjoin) >= 25);
    REQUIRE(truth.payroll.size() >= 100);
    REQUIRE(truth.transactions.size() >= 2000);
    std::set<AddressKind> kinds;
    for (const OwnedAddress& owned : truth.addresses) kinds.insert(owned.address.kind);
    REQUIRE(kinds.size() == 6);
}

TEST_CASE("scenario: every line of the payroll is a salary on the chain", "[simulator][payroll]") {
    const Truth& truth = bitcoin_chain().truth;
    std::map<OutPoint, PaidOutput> salaries;
    for (const TxRecord& tx : truth.transactions) {
        for (std::uint32_t n = 0; n < tx.outputs.size(); ++n) {
            if (tx.outputs[n].purpose == Purpose::salary)
                salaries[{tx.txid, OutIndex(n)}] = tx.outputs[n];
        }
    }
    REQUIRE(salaries.size() == truth.payroll.size());
    for (const PayrollRow& row : truth.payroll) {
        const PaidOutput& paid = salaries.at(row.output);
        REQUIRE(paid.amount == row.amount);
        REQUIRE(paid.address == row.payee.address);
        REQUIRE(paid.payer == row.payee.employer);
    }
    std::ostringstream csv;
    write_payroll(csv, truth, std::nullopt);
    const std::string lines = csv.str();
    REQUIRE(static_cast<std::size_t>(std::count(lines.begin(), lines.end(), '\n')) ==
            truth.payroll.size() + 1);
}

TEST_CASE("scenario: the earlier list lacks the addresses that the later one publishes",
          "[simulator][ofac]") {
    const Truth& truth = bitcoin_chain().truth;
    const Time day = full_publication(truth);
    std::ostringstream later;
    write_ofac(later, truth, day);
    std::ostringstream earlier;
    write_ofac(earlier, truth, {day.seconds - 1});
    const auto holds = [](const std::ostringstream& list, std::string_view what) {
        return list.str().find(what) != std::string::npos;
    };
    REQUIRE(holds(later, "Digital Currency Address - XBT"));
    for (const ListedParty& party : truth.parties) {
        REQUIRE(holds(later, party.name));
        REQUIRE(holds(earlier, party.name) == (party.designated < day));
        for (const ListedAddress& one : party.addresses) {
            REQUIRE(holds(later, text(one.address)));
            REQUIRE(holds(earlier, text(one.address)) == (one.published < day));
        }
    }
}

TEST_CASE("scenario: the same parameters give the same bytes, another seed others",
          "[simulator][scenario]") {
    const SimulatedChain once = simulated(LedgerId::btc_regtest, 5, 120);
    const SimulatedChain again = simulated(LedgerId::btc_regtest, 5, 120);
    const SimulatedChain other = simulated(LedgerId::btc_regtest, 6, 120);
    REQUIRE(once.blocks == again.blocks);
    REQUIRE(once.blocks != other.blocks);
    std::ostringstream first;
    std::ostringstream second;
    write_truth(first, once.truth);
    write_truth(second, again.truth);
    REQUIRE(first.str() == second.str());
}

TEST_CASE("scenario: impossible wishes are refused", "[simulator][scenario]") {
    REQUIRE(parameters_for(LedgerId::btc, 1, 300).error().code == ErrorCode::invalid);
    REQUIRE(parameters_for(LedgerId::btc_regtest, 1, 0).error().code == ErrorCode::invalid);
    REQUIRE(parameters_for(LedgerId::btc_regtest, 1, kBlocksMax + 1).error().code ==
            ErrorCode::invalid);
}

TEST_CASE("rng: a seed means the same numbers for ever", "[simulator][rng]") {
    // Computed independently from the published definitions of splitmix64 and xoshiro256**.
    Rng rng(1);
    REQUIRE(rng.next() == 12966619160104079557ULL);
    REQUIRE(rng.next() == 9600361134598540522ULL);
    REQUIRE(rng.next() == 10590380919521690900ULL);
    for (int i = 0; i < 1000; ++i) {
        const std::uint64_t drawn = rng.between(3, 9);
        REQUIRE((drawn >= 3 && drawn <= 9));
    }
}

}  // namespace wagetrail::simulator
