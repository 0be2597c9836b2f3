#include "tests/simulator/world.h"

#include <algorithm>

namespace wagetrail::simulator {
namespace {

constexpr Time kStart{1'672'617'600};  // 2023-01-02, a Monday: height 1
constexpr std::int64_t kFastSpacing = 600;
constexpr std::uint32_t kMaturity = 100;
constexpr Amount kDust(2000);  // below it change goes to the miner and gifts stay unspent

Amount total(const std::vector<Payment>& payments) {
    Amount sum;
    for (const Payment& payment : payments) sum += payment.amount;
    return sum;
}

}  // namespace

World::World(const SimulationParameters& parameters, BlockSink sink)
    : sink_(std::move(sink)), rng_(parameters.seed), now_(kStart) {
    truth_.parameters = parameters;
    const Bytes genesis = genesis_block(parameters.ledger);
    const auto header = decode_header(ByteView(genesis).first(BlockHeader::kSize));
    CHECK(header.has_value());
    tip_ = hash_of(*header);
    truth_.block_times.push_back({std::int64_t{header->time}});
    sink_(genesis);
}

OwnerId World::add_owner(std::string name, Role role, AddressKind kind) {
    truth_.owners.push_back({std::move(name), role, kind});
    purses_.emplace_back();
    return OwnerId(static_cast<std::uint32_t>(truth_.owners.size() - 1));
}

Address World::new_address(OwnerId owner,
                           Use use,
                           std::optional<AddressKind> kind,
                           std::optional<OwnerId> customer) {
    Writer seed;
    seed.little<8>(truth_.parameters.seed);
    seed.little<8>(static_cast<std::uint64_t>(keys_.size()));
    keys_.push_back(SecretKey::from_seed(seed.bytes()));
    Address made =
        keys_.back().address(truth_.parameters.ledger, kind.value_or(truth_.owner(owner).kind));
    address_index_.emplace(made, keys_.size() - 1);
    truth_.addresses.push_back({made, owner, use, customer});
    return made;
}

void World::after(std::int64_t seconds, Schedule::Action action) {
    schedule_.at({now_.seconds + seconds}, std::move(action));
}

void World::repeat(std::int64_t first,
                   std::int64_t low,
                   std::int64_t high,
                   Schedule::Action action) {
    after(first, [this, low, high, action = std::move(action)] {
        action();
        const auto pause =
            rng_.between(static_cast<std::uint64_t>(low), static_cast<std::uint64_t>(high));
        repeat(static_cast<std::int64_t>(pause), low, high, action);
    });
}

OwnerId World::owner_of(const Address& address) const {
    const auto found = address_index_.find(address);
    CHECK(found != address_index_.end());
    return truth_.addresses[found->second].owner;
}

std::vector<Coin> World::coins(OwnerId owner) const {
    std::vector<Coin> found;
    for (const OwnedCoin& owned : purses_.at(owner.value)) {
        const bool set_aside = owned.use == Use::deposit || owned.use == Use::hop;
        if (!set_aside && owned.spendable_from <= height_) found.push_back(owned.coin);
    }
    return found;
}

std::vector<Coin> World::coins(OwnerId owner, Use use) const {
    std::vector<Coin> found;
    for (const OwnedCoin& owned : purses_.at(owner.value)) {
        if (owned.use == use && owned.spendable_from <= height_) found.push_back(owned.coin);
    }
    return found;
}

Amount World::balance(OwnerId owner) const {
    Amount sum;
    for (const Coin& coin : coins(owner)) sum += coin.amount;
    return sum;
}

Amount World::fee(std::size_t inputs, std::size_t outputs) {
    const std::uint64_t size = 12 + 120 * inputs + 34 * outputs;
    return Amount(size * rng_.between(2, 25));
}

std::optional<Sent> World::pay(OwnerId payer,
                               const std::vector<Payment>& payments,
                               Funding funding) {
    std::vector<Coin> inputs = funding.spend_first;
    Amount gathered;
    for (const Coin& coin : inputs) gathered += coin.amount;
    const auto chosen = [&](const Coin& coin) {
        return std::any_of(inputs.begin(), inputs.end(),
                           [&](const Coin& one) { return one.at == coin.at; });
    };
    const std::vector<Coin> purse = coins(payer);
    const std::size_t most = inputs.size() + purse.size();
    const Amount needed =
        total(payments) + fee(std::min<std::size_t>(most, 3), payments.size() + 1);
    for (const Coin& coin : purse) {
        if (gathered >= needed) break;
        if (chosen(coin)) continue;
        inputs.push_back(coin);
        gathered += coin.amount;
    }
    if (gathered < needed) return std::nullopt;

    const Amount change = gathered - needed;
    if (change < kDust) return send(inputs, payments);
    const Address change_to =
        funding.change_to ? *funding.change_to : new_address(payer, Use::change);
    std::vector<Payment> all = payments;
    const std::uint64_t place = rng_.below(all.size() + 1);
    all.insert(all.begin() + static_cast<std::ptrdiff_t>(place),
               {change_to, change, Purpose::change});
    Sent sent = send(inputs, all);
    sent.coins.erase(sent.coins.begin() + static_cast<std::ptrdiff_t>(place));
    return sent;
}

Sent World::send(const std::vector<Coin>& inputs, const std::vector<Payment>& payments) {
    std::vector<Output> outputs;
    for (const Payment& payment : payments) outputs.push_back({payment.to, payment.amount});
    const KeyFinder key_of = [this](const Address& address) -> const SecretKey* {
        return &keys_.at(address_index_.at(address));
    };
    TxOptions options;
    options.lock_time = rng_.percent(60) ? height_.value - 1 : 0;  // against fee sniping
    options.sequence = rng_.percent(70) ? 0xFFFFFFFD : 0xFFFFFFFE;
    const BuiltTx built = build_tx(inputs, outputs, key_of, options);

    pending_records_.push_back(record_of(built, inputs, payments));
    for (const Coin& coin : inputs) take(coin);
    credit(built, height_);
    pending_.push_back(built);
    Sent sent;
    sent.txid = built.txid;
    for (std::uint32_t n = 0; n < outputs.size(); ++n) sent.coins.push_back(built.coin(n));
    return sent;
}

TxRecord World::record_of(const BuiltTx& tx,
                          const std::vector<Coin>& inputs,
                          const std::vector<Payment>& payments) const {
    TxRecord record;
    record.txid = tx.txid;
    record.fee = tx.fee;
    for (const Coin& coin : inputs)
        record.inputs.push_back({coin.at, owner_of(coin.address), coin.amount});
    for (const Payment& payment : payments) {
        const OwnerId payee = owner_of(payment.to);
        // A CoinJoin has many payers: each gets his own money back.
        const bool joint =
            payment.purpose == Purpose::coinjoin || payment.purpose == Purpose::change;
        record.outputs.push_back({.payer = joint ? payee : record.inputs.at(0).owner,
                                  .payee = payee,
                                  .purpose = payment.purpose,
                                  .address = payment.to,
                                  .amount = payment.amount});
    }
    return record;
}

void World::credit(const BuiltTx& tx, Height spendable_from) {
    for (std::uint32_t n = 0; n < tx.outputs.size(); ++n) {
        const auto found = address_index_.find(tx.outputs[n].to);
        if (found == address_index_.end() || tx.outputs[n].amount < kDust) continue;
        const OwnedAddress& owned = truth_.addresses[found->second];
        purses_.at(owned.owner.value).push_back({tx.coin(n), owned.use, spendable_from});
    }
}

void World::take(const Coin& coin) {
    std::vector<OwnedCoin>& purse = purses_.at(owner_of(coin.address).value);
    const auto found = std::find_if(purse.begin(), purse.end(), [&](const OwnedCoin& owned) {
        return owned.coin.at == coin.at;
    });
    CHECK(found != purse.end());
    purse.erase(found);
}

void World::open_block() {
    height_ = height_.next();
    if (height_ > Height(1)) {
        const bool story = height_.value > truth_.parameters.story_from_height;
        const std::int64_t mean = story ? truth_.parameters.spacing_seconds : kFastSpacing;
        const auto quarter = static_cast<std::uint64_t>(mean / 4);
        now_.seconds += mean - mean / 4 + static_cast<std::int64_t>(rng_.below(2 * quarter));
    }
    schedule_.run_until(now_);
}

void World::close_block(const Address& miner) {
    const MinedBlock mined = mine({.ledger = truth_.parameters.ledger,
                                   .height = height_,
                                   .previous = tip_,
                                   .time = now_,
                                   .miner = miner,
                                   .extra = truth_.parameters.seed},
                                  pending_);
    TxRecord coinbase;
    coinbase.txid = mined.coinbase.txid;
    coinbase.outputs = {{std::nullopt, owner_of(miner), Purpose::mining, miner,
                         mined.coinbase.outputs.at(0).amount},
                        {std::nullopt, std::nullopt, Purpose::commitment,
                         mined.coinbase.outputs.at(1).to, Amount()}};
    coinbase.height = height_;
    truth_.transactions.push_back(std::move(coinbase));
    std::uint32_t position = 0;
    for (TxRecord& record : pending_records_) {
        record.height = height_;
        record.position = ++position;
        truth_.transactions.push_back(std::move(record));
    }
    credit(mined.coinbase, height_.next(kMaturity));
    pending_.clear();
    pending_records_.clear();
    tip_ = mined.hash;
    truth_.tip = mined.hash;
    truth_.block_times.push_back(now_);
    sink_(mined.raw);
}

}  // namespace wagetrail::simulator
