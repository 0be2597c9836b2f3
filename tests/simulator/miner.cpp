#include "tests/simulator/miner.h"

#include "chain/base/sha256.h"

#include <openssl/evp.h>

#include <string_view>

namespace wagetrail::simulator {
namespace {

constexpr std::uint32_t kBlockVersion = 0x20000000;  // BIP9, no signals
constexpr std::uint32_t kEasiestBits = 0x207FFFFF;
constexpr std::uint32_t kHalvingInterval = 150;
constexpr std::uint64_t kFirstSubsidy = 50'00000000;
constexpr std::uint8_t kOpReturn = 0x6A;
constexpr std::array<std::uint8_t, 32> kWitnessReserved{};

/// Bitcoin Core's regtest genesis: the message and the unspendable key of mainnet's.
constexpr std::string_view kBtcGenesis =
    "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c"
    "3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4adae5494dffff7f20020000000101000000010000000000000000"
    "000000000000000000000000000000000000000000000000ffffffff4d04ffff001d0104455468652054696d657320"
    "30332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f"
    "757420666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a8"
    "28e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00"
    "000000";
/// Litecoin Core's regtest genesis.
constexpr std::string_view kLtcGenesis =
    "010000000000000000000000000000000000000000000000000000000000000000000000d9ced4ed1130f7b7faad9b"
    "e25323ffafa33232a17c3edf6cfd97bee6bafbdd97dae5494dffff7f20000000000101000000010000000000000000"
    "000000000000000000000000000000000000000000000000ffffffff4804ffff001d0104404e592054696d65732030"
    "352f4f63742f32303131205374657665204a6f62732c204170706c65e280997320566973696f6e6172792c20446965"
    "73206174203536ffffffff0100f2052a010000004341040184710fa689ad5023690c80f3a49c8f13f8d45b8c857fbc"
    "bc8bc4a8e4d3eb4b10f4d4604fa08dce601aaf0f470216fe1b51850b4acf21b179c45070ac7b03a9ac00000000";

/// A number as scripts push it: OP_1 to OP_16, else minimal signed little-endian.
void push_number(Writer& script, std::uint64_t number) {
    if (number >= 1 && number <= 16) {
        script.put(static_cast<std::uint8_t>(0x50 + number));
        return;
    }
    Bytes digits;
    for (; number > 0; number >>= 8U) digits.push_back(static_cast<std::uint8_t>(number));
    if (!digits.empty() && digits.back() >= 0x80) digits.push_back(0);
    script.put(static_cast<std::uint8_t>(digits.size()));
    script.raw(digits);
}

Bytes coinbase_script(const BlockPlan& plan) {
    Writer script;
    push_number(script, plan.height.value);
    script.put(8);
    script.little<8>(plan.extra);
    return std::move(script).bytes();
}

/// BIP141: commits to the wtxids, with zero in the place of the coinbase's.
Address witness_commitment(LedgerId ledger, std::span<const BuiltTx> transactions) {
    std::vector<Txid> leaves(1);
    for (const BuiltTx& tx : transactions) leaves.push_back(Txid{tx.wtxid.value});
    Bytes committed = to_bytes(merkle_root(leaves).root.view());
    append(committed, kWitnessReserved);
    Bytes script = {kOpReturn, 0x24, 0xAA, 0x21, 0xA9, 0xED};
    append(script, sha256d(committed));
    return address_of_script(ledger, script);
}

BuiltTx build_coinbase(const BlockPlan& plan, std::span<const BuiltTx> transactions) {
    Amount reward = plan.new_coins.value_or(subsidy(plan.height));
    for (const BuiltTx& tx : transactions) reward += tx.fee;

    BuiltTx built;
    built.outputs = {{plan.miner, reward},
                     {witness_commitment(plan.ledger, transactions), Amount()}};
    std::vector<Bytes> scripts;
    for (const Output& output : built.outputs) scripts.push_back(script_of(output.to));
    const Bytes script_sig = coinbase_script(plan);
    Writer reserved;
    reserved.compact_size(kWitnessReserved.size());
    reserved.fixed(kWitnessReserved);

    Transaction tx;
    TxIn in;
    in.prevout.vout = OutIndex(0xFFFFFFFF);
    in.script_sig = script_sig;
    in.witness = {1, reserved.bytes()};
    tx.inputs.push_back(in);
    for (std::size_t i = 0; i < scripts.size(); ++i)
        tx.outputs.push_back({built.outputs[i].amount, scripts[i]});
    tx.has_witness = true;
    built.raw = encode(tx, Serialise::with_witness);
    built.txid = Txid{sha256d(encode(tx, Serialise::without_witness))};
    built.wtxid = Wtxid{sha256d(built.raw)};
    return built;
}

/// Compares the top byte only: a little stricter than the target, never looser.
bool is_below_target(const std::array<std::uint8_t, 32>& hash) {
    return hash[31] < 0x7F;
}

std::array<std::uint8_t, 32> scrypt(ByteView header) {
    std::array<std::uint8_t, 32> hash{};
    const std::string password(header.begin(), header.end());
    const int done = EVP_PBE_scrypt(password.data(), password.size(), header.data(), header.size(),
                                    1024, 1, 1, 0, hash.data(), hash.size());
    CHECK(done == 1);
    return hash;
}

void solve(BlockHeader& header, LedgerId ledger) {
    const auto work_hash = [&] {
        const auto bytes = encode(header);
        return ledger == LedgerId::ltc_regtest ? scrypt(bytes) : sha256d(bytes);
    };
    while (!is_below_target(work_hash())) ++header.nonce;
}

}  // namespace

Amount subsidy(Height height) {
    const std::uint32_t halvings = height.value / kHalvingInterval;
    return Amount(halvings < 64 ? kFirstSubsidy >> halvings : 0);
}

MinedBlock mine(const BlockPlan& plan, std::span<const BuiltTx> transactions) {
    MinedBlock mined;
    mined.coinbase = build_coinbase(plan, transactions);
    std::vector<Txid> txids = {mined.coinbase.txid};
    for (const BuiltTx& tx : transactions) txids.push_back(tx.txid);

    BlockHeader header;
    header.version = kBlockVersion;
    header.previous = plan.previous;
    header.merkle_root = merkle_root(txids).root;
    header.time = static_cast<std::uint32_t>(plan.time.seconds);
    header.bits = kEasiestBits;
    solve(header, plan.ledger);
    mined.hash = hash_of(header);

    Writer block;
    block.fixed(encode(header));
    block.compact_size(txids.size());
    block.raw(mined.coinbase.raw);
    for (const BuiltTx& tx : transactions) block.raw(tx.raw);
    mined.raw = std::move(block).bytes();
    return mined;
}

Bytes genesis_block(LedgerId ledger) {
    CHECK(ledger == LedgerId::btc_regtest || ledger == LedgerId::ltc_regtest);
    const auto raw = from_hex(ledger == LedgerId::btc_regtest ? kBtcGenesis : kLtcGenesis);
    CHECK(raw.has_value());
    return *raw;
}

}  // namespace wagetrail::simulator
