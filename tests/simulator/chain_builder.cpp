#include "tests/simulator/chain_builder.h"

#include <algorithm>

namespace wagetrail::simulator {
namespace {

constexpr std::int64_t kSpacingSeconds = 600;

Block decoded(LedgerId ledger, const Bytes& raw) {
    auto block = decode_block(params(ledger), raw);
    CHECK(block.has_value());
    return std::move(*block);
}

void take_out(std::vector<OutPoint>& from, const OutPoint& what) {
    const auto found = std::find(from.begin(), from.end(), what);
    if (found != from.end()) from.erase(found);
}

}  // namespace

ChainBuilder::ChainBuilder(LedgerId ledger, Signatures signatures)
    : ledger_(ledger), signatures_(signatures) {
    const BlockHash genesis = genesis_hash(params(ledger));
    Stored& stored = blocks_[genesis];
    stored.raw = genesis_block(ledger);
    stored.coinbase = decoded(ledger, stored.raw).transactions.at(0).txid;
    branch_ = {genesis};
}

const Keys& ChainBuilder::keys(std::string_view name) {
    const auto found = keys_.find(name);
    if (found != keys_.end()) return found->second;
    return keys_.emplace(std::string(name), Keys{SecretKey::from_seed(as_bytes(name))})
        .first->second;
}

Address ChainBuilder::address(std::string_view name, AddressKind kind) {
    Address made = keys(name).front().address(ledger_, kind);
    names_.emplace(made, std::string(name));
    return made;
}

PublicKey ChainBuilder::public_key(std::string_view name) {
    return keys(name).front().public_key();
}

BuiltTx ChainBuilder::tx(const std::vector<OutPoint>& inputs,
                         const std::vector<Output>& outputs,
                         TxOptions options) {
    std::vector<Coin> spent;
    for (const OutPoint& at : inputs) spent.push_back(coin(at));
    options.signatures = signatures_;
    const KeyFinder finder = [this](const Address& address) -> const Keys* {
        const auto name = names_.find(address);
        return name == names_.end() ? nullptr : &keys_.find(name->second)->second;
    };
    BuiltTx built = build_tx(spent, outputs, finder, options);
    for (const OutPoint& at : inputs) take_out(unspent_, at);
    inputs_of_[built.txid] = inputs;
    remember(built);
    return built;
}

BuiltTx ChainBuilder::pay(const Address& payer, const Address& payee, Amount amount, Amount fee) {
    std::vector<OutPoint> inputs;
    Amount gathered;
    for (const OutPoint& at : unspent_) {
        if (gathered >= amount + fee) break;
        const Coin& candidate = coins_.at(at);
        if (candidate.address != payer) continue;
        inputs.push_back(at);
        gathered += candidate.amount;
    }
    std::vector<Output> outputs = {{payee, amount}};
    const Amount change = gathered - (amount + fee);  // aborts when payer has too little
    if (!change.is_zero()) outputs.push_back({payer, change});
    return tx(inputs, outputs);
}

Block ChainBuilder::block(const std::vector<BuiltTx>& transactions, const BlockOptions& options) {
    const Height next = height().next();
    Time time = kFirstBlockTime;
    if (next > Height(1)) {
        const auto header =
            decode_header(ByteView(blocks_.at(tip()).raw).first(BlockHeader::kSize));
        CHECK(header.has_value());
        time = Time{std::int64_t{header->time} + kSpacingSeconds};
    }
    const BlockPlan plan{.ledger = ledger_,
                         .height = next,
                         .previous = tip(),
                         .time = options.time.value_or(time),
                         .miner = options.miner ? *options.miner : address("miner"),
                         .extra = ++blocks_made_};
    MinedBlock mined = mine(plan, transactions);
    remember(mined.coinbase);
    Block result = decoded(ledger_, mined.raw);
    store(std::move(mined), plan.previous, transactions);
    return result;
}

Height ChainBuilder::height() const {
    return Height(static_cast<std::uint32_t>(branch_.size() - 1));
}

BlockHash ChainBuilder::hash_at(Height height) const {
    CHECK(height.value < branch_.size());
    return branch_[height.value];
}

Block ChainBuilder::block_at(Height height) const {
    return decoded(ledger_, blocks_.at(hash_at(height)).raw);
}

OutPoint ChainBuilder::coinbase(Height height, std::uint32_t n) const {
    return {blocks_.at(hash_at(height)).coinbase, OutIndex(n)};
}

Coin ChainBuilder::coin(const OutPoint& at) const {
    const auto found = coins_.find(at);
    CHECK(found != coins_.end());
    return found->second;
}

void ChainBuilder::remember(const BuiltTx& tx) {
    for (std::uint32_t n = 0; n < tx.outputs.size(); ++n) {
        coins_.insert_or_assign(tx.out(n), tx.coin(n));
        unspent_.push_back(tx.out(n));
    }
}

void ChainBuilder::store(MinedBlock mined,
                         const BlockHash& previous,
                         const std::vector<BuiltTx>& txs) {
    Stored stored;
    stored.raw = std::move(mined.raw);
    stored.previous = previous;
    stored.coinbase = mined.coinbase.txid;
    const auto creates = [&](const BuiltTx& tx) {
        for (std::uint32_t n = 0; n < tx.outputs.size(); ++n) stored.created.push_back(tx.out(n));
    };
    creates(mined.coinbase);
    for (const BuiltTx& tx : txs) {
        creates(tx);
        const std::vector<OutPoint>& inputs = inputs_of_[tx.txid];
        stored.spent.insert(stored.spent.end(), inputs.begin(), inputs.end());
    }
    blocks_.insert_or_assign(mined.hash, std::move(stored));
    branch_.push_back(mined.hash);
}

void ChainBuilder::branch_from(Height height) {
    go_to(hash_at(height));
}

void ChainBuilder::go_to(const BlockHash& hash) {
    const BlockHash genesis = genesis_hash(params(ledger_));
    std::vector<BlockHash> branch;
    for (BlockHash at = hash; at != genesis; at = blocks_.at(at).previous) branch.push_back(at);
    branch.push_back(genesis);
    std::reverse(branch.begin(), branch.end());
    branch_ = std::move(branch);

    unspent_.clear();
    for (const BlockHash& at : branch_) {
        const Stored& stored = blocks_.at(at);
        unspent_.insert(unspent_.end(), stored.created.begin(), stored.created.end());
        for (const OutPoint& spent : stored.spent) take_out(unspent_, spent);
    }
}

}  // namespace wagetrail::simulator
