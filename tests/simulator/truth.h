// Everything that is known about a simulated chain and that a tracer has to find out: who owns
// which address, what every output was for. The simulator writes it down as it acts; nothing here
// is derived from the blocks.
#pragma once

#include "chain/base/time.h"

#include "tests/simulator/tx_builder.h"

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace wagetrail::simulator {

using OwnerId = Id<struct OwnerTag, std::uint32_t>;

enum class Role : std::uint8_t {
    miner,
    exchange,
    employer,
    worker,        // honest payee
    remitter,      // payee who sends most of his pay on to a consolidator
    consolidator,  // gathers for the sanctioned parties
    listed,        // sanctioned party
    shop,
    user,
    mixer,        // custodial: takes coins and pays out others
    coordinator,  // takes the fees of CoinJoins
};
/// What an owner has an address for.
enum class Use : std::uint8_t {
    reward,
    treasury,
    payout,
    receive,
    change,
    deposit,
    hot,
    hop,
    collector,
    listed,
    cold,    // several keys
    premix,  // waits for a Whirlpool mix
    mixed,   // came out of a CoinJoin
    fee,     // of a coordinator
};
/// What an output was for.
enum class Purpose : std::uint8_t {
    mining,
    salary,
    remittance,          // remitter to his own next hop
    consolidation,       // remitter to a consolidator
    sanctioned_deposit,  // to a listed party, whether its address was listed that day or not
    exchange_deposit,
    exchange_withdrawal,
    sweep,  // the exchange gathers deposits in its hot wallet
    purchase,
    self_transfer,
    coinjoin,
    change,
    commitment,  // of a coinbase to the witnesses: not a payment
    mixer_deposit,
    mixer_payout,
    coinjoin_fee,
    data,      // OP_RETURN
    giveaway,  // equal amounts to many
};
/// What a transaction is as a whole, where that is more than a payment.
enum class TxKind : std::uint8_t {
    ordinary,
    wasabi1,
    wasabi2,
    whirlpool_tx0,
    whirlpool,
    joinmarket,
    equal_output_coinjoin,
    payjoin,
    stonewall,     // one payer, made to look like a CoinJoin of two
    stonewall_x2,  // the same by two payers
    giveaway,      // one payer, many equal outputs
};
[[nodiscard]] std::string_view name(TxKind kind);
[[nodiscard]] std::string_view name(Role role);
[[nodiscard]] std::string_view name(Use use);
[[nodiscard]] std::string_view name(Purpose purpose);

struct Owner {
    std::string name;
    Role role = Role::user;
    AddressKind kind = AddressKind::p2wpkh;  // of the addresses it makes without saying more
    Software software = Software::core;
};

/// A line of an employer's staff list. One person may stand on several.
struct PayeeRecord {
    std::string payee_id;
    OwnerId employer;
    OwnerId owner;
    Address address;
};

/// One salary payment as the employer's books have it.
struct PayrollRow {
    PayeeRecord payee;
    Address employer_wallet;
    std::uint32_t cycle = 0;  // 1, 2, ... of this employer
    Amount amount;
    Time paid;
    OutPoint output;
};

struct OwnedAddress {
    Address address;
    OwnerId owner;
    Use use = Use::receive;
    std::optional<OwnerId> customer;  // of a deposit address
};

struct SpentCoin {
    OutPoint at;
    OwnerId owner;
    Amount amount;
};

struct PaidOutput {
    std::optional<OwnerId> payer;  // absent: new coins
    std::optional<OwnerId> payee;  // absent: nobody can spend it
    Purpose purpose = Purpose::change;
    Address address;
    Amount amount;
};

/// What is true of a transaction beyond its inputs and outputs.
struct TxNote {
    TxKind kind = TxKind::ordinary;
    std::string_view undetectable;  // a literal: why nobody can tell its payers apart; or empty
    Software software = Software::core;
    unsigned release = 0;
};

struct TxRecord {
    TxNote note;
    Txid txid;
    Height height;
    std::uint32_t position = 0;  // in its block
    Amount fee;
    std::vector<SpentCoin> inputs;  // none in a coinbase
    std::vector<PaidOutput> outputs;
};

struct ListedAddress {
    Address address;
    Time published;
};
struct ListedParty {
    std::string name;  // as the list prints it
    OwnerId owner;
    Time designated;
    std::vector<ListedAddress> addresses;
};

struct SimulationParameters {
    LedgerId ledger = LedgerId::ltc_regtest;
    std::uint64_t seed = 0;
    std::uint32_t blocks = 0;
    std::int64_t spacing_seconds = 0;  // mean, once the first coins are mature
    std::uint32_t story_from_height = 0;
};

struct Truth {
    SimulationParameters parameters;
    std::vector<Owner> owners;            // by OwnerId
    std::vector<OwnedAddress> addresses;  // in order of creation
    std::vector<TxRecord> transactions;   // in chain order
    std::vector<Time> block_times;        // by height, from genesis
    BlockHash tip;
    std::vector<ListedParty> parties;
    std::vector<PayeeRecord> payees;
    std::vector<PayrollRow> payroll;

    [[nodiscard]] const Owner& owner(OwnerId id) const { return owners.at(id.value); }
};

/// Writes truth.json; README.md beside this file says what is in it.
void write_truth(std::ostream& out, const Truth& truth);

}  // namespace wagetrail::simulator
