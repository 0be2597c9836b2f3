#include "tests/simulator/truth.h"

#include <array>
#include <ostream>

namespace wagetrail::simulator {
namespace {

// Streams JSON by hand, one record per line: a long chain's truth does not fit a tree in memory,
// and lines can be compared. All texts are our own ASCII without anything to escape.

std::string quoted(std::string_view text) {
    return "\"" + std::string(text) + "\"";
}

std::string named(const Truth& truth, const std::optional<OwnerId>& owner) {
    return owner ? quoted(truth.owner(*owner).name) : "null";
}

/// Writes items as the lines of an array.
template <class Items, class Print>
void write_array(std::ostream& out, std::string_view key, const Items& items, Print print) {
    out << quoted(key) << ": [";
    bool first = true;
    for (const auto& item : items) {
        out << (first ? "\n" : ",\n") << "  ";
        first = false;
        print(item);
    }
    out << "\n]";
}

void write_parameters(std::ostream& out, const Truth& truth) {
    const SimulationParameters& set = truth.parameters;
    out << "\"parameters\": {\"ledger\": " << quoted(params(set.ledger).name)
        << ", \"seed\": " << set.seed << ", \"blocks\": " << set.blocks
        << ", \"spacing_seconds\": " << set.spacing_seconds
        << ", \"story_from_height\": " << set.story_from_height << "},\n"
        << "\"tip\": {\"height\": " << set.blocks << ", \"hash\": " << quoted(text(truth.tip))
        << ", \"time\": " << quoted(text(truth.block_times.back())) << "},\n";
}

void write_parties(std::ostream& out, const Truth& truth) {
    write_array(out, "parties", truth.parties, [&](const ListedParty& party) {
        out << "{\"name\": " << quoted(party.name) << ", \"owner\": " << named(truth, party.owner)
            << ", \"designated\": " << quoted(date_text(party.designated)) << ", \"addresses\": [";
        bool first = true;
        for (const ListedAddress& one : party.addresses) {
            out << (first ? "" : ", ") << "{\"address\": " << quoted(text(one.address))
                << ", \"published\": " << quoted(date_text(one.published)) << "}";
            first = false;
        }
        out << "]}";
    });
}

void write_change(std::ostream& out, const TxRecord& tx) {
    out << ", \"change\": [";
    bool first = true;
    for (std::size_t vout = 0; vout < tx.outputs.size(); ++vout) {
        if (tx.outputs[vout].purpose != Purpose::change) continue;
        out << (first ? "" : ", ") << vout;
        first = false;
    }
    out << "]";
}

void write_transaction(std::ostream& out, const Truth& truth, const TxRecord& tx) {
    out << "{\"txid\": " << quoted(text(tx.txid)) << ", \"height\": " << tx.height.value
        << ", \"position\": " << tx.position << ", \"fee\": " << tx.fee.units()
        << ", \"class\": " << quoted(name(tx.note.kind));
    if (!tx.inputs.empty())
        out << ", \"software\": " << quoted(name(tx.note.software))
            << ", \"release\": " << tx.note.release;
    if (!tx.note.undetectable.empty())
        out << ", \"undetectable\": " << quoted(tx.note.undetectable);
    write_change(out, tx);
    out << ", \"inputs\": [";
    bool first = true;
    for (const SpentCoin& in : tx.inputs) {
        out << (first ? "" : ", ") << "{\"txid\": " << quoted(text(in.at.txid))
            << ", \"vout\": " << in.at.vout.value << ", \"owner\": " << named(truth, in.owner)
            << ", \"amount\": " << in.amount.units() << "}";
        first = false;
    }
    out << "]}";
}

void write_payments(std::ostream& out, const Truth& truth) {
    out << "\"payments\": [";
    bool first = true;
    for (const TxRecord& tx : truth.transactions) {
        for (std::size_t vout = 0; vout < tx.outputs.size(); ++vout) {
            const PaidOutput& paid = tx.outputs[vout];
            out << (first ? "\n" : ",\n") << "  {\"txid\": " << quoted(text(tx.txid))
                << ", \"vout\": " << vout << ", \"height\": " << tx.height.value
                << ", \"payer\": " << named(truth, paid.payer)
                << ", \"payee\": " << named(truth, paid.payee)
                << ", \"purpose\": " << quoted(name(paid.purpose))
                << ", \"address\": " << quoted(text(paid.address))
                << ", \"amount\": " << paid.amount.units() << "}";
            first = false;
        }
    }
    out << "\n]";
}

}  // namespace

std::string_view name(Role role) {
    constexpr std::array kNames = {"miner",    "exchange",     "employer",   "worker",
                                   "remitter", "consolidator", "listed",     "shop",
                                   "user",     "mixer",        "coordinator"};
    return kNames.at(static_cast<std::size_t>(role));
}

std::string_view name(Use use) {
    constexpr std::array kNames = {"reward",  "treasury", "payout", "receive",   "change",
                                   "deposit", "hot",      "hop",    "collector", "listed",
                                   "cold",    "premix",   "mixed",  "fee"};
    return kNames.at(static_cast<std::size_t>(use));
}

std::string_view name(Purpose purpose) {
    constexpr std::array kNames = {"mining",
                                   "salary",
                                   "remittance",
                                   "consolidation",
                                   "sanctioned_deposit",
                                   "exchange_deposit",
                                   "exchange_withdrawal",
                                   "sweep",
                                   "purchase",
                                   "self_transfer",
                                   "coinjoin",
                                   "change",
                                   "commitment",
                                   "mixer_deposit",
                                   "mixer_payout",
                                   "coinjoin_fee",
                                   "data",
                                   "giveaway"};
    return kNames.at(static_cast<std::size_t>(purpose));
}

std::string_view name(TxKind kind) {
    constexpr std::array kNames = {"ordinary",
                                   "wasabi1",
                                   "wasabi2",
                                   "whirlpool_tx0",
                                   "whirlpool",
                                   "joinmarket",
                                   "equal_output_coinjoin",
                                   "payjoin",
                                   "stonewall",
                                   "stonewall_x2",
                                   "giveaway"};
    return kNames.at(static_cast<std::size_t>(kind));
}

void write_truth(std::ostream& out, const Truth& truth) {
    out << "{\"format\": 1,\n";
    write_parameters(out, truth);
    write_array(out, "owners", truth.owners, [&](const Owner& owner) {
        out << "{\"name\": " << quoted(owner.name) << ", \"role\": " << quoted(name(owner.role))
            << ", \"software\": " << quoted(name(owner.software)) << "}";
    });
    out << ",\n";
    write_array(out, "addresses", truth.addresses, [&](const OwnedAddress& owned) {
        out << "{\"address\": " << quoted(text(owned.address))
            << ", \"owner\": " << named(truth, owned.owner)
            << ", \"kind\": " << quoted(name(owned.address.kind))
            << ", \"use\": " << quoted(name(owned.use))
            << ", \"customer\": " << named(truth, owned.customer) << "}";
    });
    out << ",\n";
    write_array(out, "payees", truth.payees, [&](const PayeeRecord& payee) {
        out << "{\"payee_id\": " << quoted(payee.payee_id)
            << ", \"employer\": " << named(truth, payee.employer)
            << ", \"owner\": " << named(truth, payee.owner)
            << ", \"address\": " << quoted(text(payee.address)) << "}";
    });
    out << ",\n";
    write_parties(out, truth);
    out << ",\n";
    write_array(out, "block_times", truth.block_times,
                [&](const Time& time) { out << time.seconds; });
    out << ",\n";
    write_array(out, "transactions", truth.transactions,
                [&](const TxRecord& tx) { write_transaction(out, truth, tx); });
    out << ",\n";
    write_payments(out, truth);
    out << "}\n";
}

}  // namespace wagetrail::simulator
