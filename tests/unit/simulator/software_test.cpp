#include "tests/simulator/software.h"

#include "tests/unit/simulator/simulated_chain.h"

#include <algorithm>
#include <map>
#include <set>

namespace wagetrail::simulator {
namespace {

const SimulatedChain& story() {
    static const SimulatedChain chain = simulated(LedgerId::btc_regtest, 1, 300);
    return chain;
}

/// Calls see(block's transaction, its record) for all that are made by one owner's program.
template <class See>
void each_private(const SimulatedChain& chain, See see) {
    std::size_t at = 0;
    for (std::size_t height = 1; height < chain.blocks.size(); ++height) {
        const auto block = decode_block(params(LedgerId::btc_regtest), chain.blocks[height]);
        REQUIRE(block.has_value());
        for (const Transaction& tx : block->transactions) {
            const TxRecord& record = chain.truth.transactions.at(at++);
            if (!tx.is_coinbase() && record.note.kind == TxKind::ordinary) see(tx, record);
        }
    }
}

bool follows_bip69(const Transaction& tx) {
    const auto shown = [](const TxIn& in) {
        return std::pair(text(in.prevout.txid), in.prevout.vout);
    };
    const auto key = [](const TxOut& out) { return std::pair(out.amount, to_bytes(out.script)); };
    return std::is_sorted(tx.inputs.begin(), tx.inputs.end(),
                          [&](const auto& a, const auto& b) { return shown(a) < shown(b); }) &&
           std::is_sorted(tx.outputs.begin(), tx.outputs.end(),
                          [&](const auto& a, const auto& b) { return key(a) < key(b); });
}

}  // namespace

TEST_CASE("software: what a program is said to have made carries its marks",
          "[simulator][software]") {
    std::map<Software, std::set<unsigned>> seen;
    each_private(story(), [&](const Transaction& tx, const TxRecord& record) {
        const Fingerprint print = fingerprint(record.note.software, record.note.release);
        CAPTURE(text(tx.txid), name(record.note.software), record.note.release);
        seen[record.note.software].insert(record.note.release);
        REQUIRE(tx.version == print.version);
        REQUIRE(tx.lock_time == (print.anti_fee_sniping ? record.height.value - 1 : 0));
        for (const TxIn& in : tx.inputs) REQUIRE(in.sequence == print.sequence);
        if (print.ordering == Ordering::bip69) REQUIRE(follows_bip69(tx));
        if (print.change_place == ChangePlace::last)
            for (std::size_t n = 0; n + 1 < record.outputs.size(); ++n)
                REQUIRE(record.outputs[n].purpose != Purpose::change);
    });
    for (const Software software :
         {Software::core, Software::electrum, Software::bitcoinj, Software::trust, Software::exodus,
          Software::trezor, Software::custody, Software::wasabi}) {
        CAPTURE(name(software));
        REQUIRE(seen[software] == std::set<unsigned>{0, 1, 2});
    }
}

TEST_CASE("software: an owner keeps to one program and never goes back to an old release",
          "[simulator][software]") {
    std::map<OwnerId, std::pair<Software, unsigned>> last;
    each_private(story(), [&](const Transaction&, const TxRecord& record) {
        const OwnerId owner = record.inputs.front().owner;
        const auto [at, fresh] = last.try_emplace(owner, record.note.software, record.note.release);
        REQUIRE(at->second.first == record.note.software);
        REQUIRE(record.note.software == story().truth.owner(owner).software);
        REQUIRE(at->second.second <= record.note.release);
        at->second.second = record.note.release;
    });
}

TEST_CASE("software: programs that sign with a low R always do, others in half of the cases",
          "[simulator][software]") {
    std::size_t low = 0;
    std::size_t high = 0;
    each_private(story(), [&](const Transaction& tx, const TxRecord& record) {
        const bool must = fingerprint(record.note.software, record.note.release).low_r == LowR::yes;
        for (const TxIn& in : tx.inputs) {
            const std::vector<ByteView> items = in.witness.items();
            if (items.size() != 2) continue;        // of one key with ECDSA
            const bool is_low = items[0][3] <= 32;  // bytes of R
            REQUIRE((is_low || !must));
            if (!must) ++(is_low ? low : high);
        }
    });
    REQUIRE(low + high > 300);
    REQUIRE(low * 3 > high);
    REQUIRE(high * 3 > low);
}

TEST_CASE("software: most change goes to fresh addresses, some back to where it came from",
          "[simulator][software]") {
    std::set<Address> known;
    std::size_t fresh = 0;
    std::size_t reused = 0;
    for (const TxRecord& tx : story().truth.transactions) {
        for (const PaidOutput& out : tx.outputs) {
            const bool is_new = known.insert(out.address).second;
            if (out.purpose == Purpose::change) ++(is_new ? fresh : reused);
        }
    }
    REQUIRE(fresh > 1000);
    REQUIRE(reused > 100);
    REQUIRE(fresh > 2 * reused);
}

}  // namespace wagetrail::simulator
