#include "tests/simulator/world.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace wagetrail::simulator {
namespace {

constexpr Time kStart{1'672'617'600};  // 2023-01-02, a Monday: height 1
constexpr std::int64_t kFastSpacing = 600;
constexpr std::uint32_t kMaturity = 100;
constexpr Amount kDust(2000);  // below it change goes to the miner and gifts stay unspent
constexpr std::size_t kMultisigKeys = 3;
constexpr std::size_t kHiddenOneIn = 100;

Amount total(const std::vector<Payment>& payments) {
    Amount sum;
    for (const Payment& payment : payments) sum += payment.amount;
    return sum;
}

Software private_software(Rng& rng) {
    constexpr std::array<std::pair<Software, unsigned>, 6> kPercent = {{{Software::core, 24},
                                                                        {Software::electrum, 24},
                                                                        {Software::exodus, 16},
                                                                        {Software::trezor, 14},
                                                                        {Software::trust, 12},
                                                                        {Software::bitcoinj, 10}}};
    std::uint64_t at = rng.below(100);
    for (const auto& [software, percent] : kPercent) {
        if (at < percent) return software;
        at -= percent;
    }
    CHECK(false);
    return Software::core;
}

bool is_single_key(AddressKind kind) {
    return kind == AddressKind::p2pkh || kind == AddressKind::p2sh || kind == AddressKind::p2wpkh ||
           kind == AddressKind::p2tr;
}

bool is_set_aside(Use use) {
    return use == Use::deposit || use == Use::hop || use == Use::premix || use == Use::mixed ||
           use == Use::cold;
}

/// BIP69 compares ids as explorers print them.
bool stands_before(const OutPoint& a, const OutPoint& b) {
    if (a.txid != b.txid)
        return std::lexicographical_compare(a.txid.value.rbegin(), a.txid.value.rend(),
                                            b.txid.value.rbegin(), b.txid.value.rend());
    return a.vout < b.vout;
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

OwnerId World::add_owner(std::string name,
                         Role role,
                         AddressKind kind,
                         std::optional<Software> software) {
    const Software chosen = software ? *software : private_software(rng_);
    truth_.owners.push_back({std::move(name), role, kind, chosen});
    purses_.emplace_back();
    return OwnerId(static_cast<std::uint32_t>(truth_.owners.size() - 1));
}

Address World::new_address(OwnerId owner,
                           Use use,
                           std::optional<AddressKind> kind,
                           std::optional<OwnerId> customer) {
    const AddressKind chosen = kind.value_or(truth_.owner(owner).kind);
    const bool several = chosen == AddressKind::p2wsh;
    Keys keys;
    for (std::size_t n = 0; n < (several ? kMultisigKeys : 1); ++n) {
        Writer seed;
        seed.little<8>(truth_.parameters.seed);
        seed.little<8>(static_cast<std::uint64_t>(keys_.size()));
        if (several) seed.put(static_cast<std::uint8_t>(n));
        keys.push_back(SecretKey::from_seed(seed.bytes()));
    }
    const LedgerId ledger = truth_.parameters.ledger;
    Address made =
        several ? multisig_address(ledger, chosen, keys) : keys.front().address(ledger, chosen);
    keys_.push_back(std::move(keys));
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

std::optional<OwnerId> World::customer_of(const Address& address) const {
    const auto found = address_index_.find(address);
    CHECK(found != address_index_.end());
    return truth_.addresses[found->second].customer;
}

std::vector<Coin> World::coins(OwnerId owner) const {
    std::vector<Coin> found;
    for (const OwnedCoin& owned : purses_.at(owner.value)) {
        if (!is_set_aside(owned.use) && owned.spendable_from <= height_)
            found.push_back(owned.coin);
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

unsigned World::release_of(OwnerId owner) const {
    const SimulationParameters& set = truth_.parameters;
    const std::int64_t begun = kStart.seconds + set.story_from_height * kFastSpacing;
    const std::int64_t length = std::max<std::int64_t>(
        set.spacing_seconds * (std::int64_t{set.blocks} - set.story_from_height), kReleases);
    // Not everybody updates on the same day.
    const std::int64_t lag =
        std::int64_t{owner.value} * 7919 % std::max<std::int64_t>(length / 6, 1);
    const std::int64_t past = std::clamp<std::int64_t>(now_.seconds - begun - lag, 0, length - 1);
    return static_cast<unsigned>(past * kReleases / length);
}

Fingerprint World::print_of(OwnerId owner) const {
    return fingerprint(truth_.owner(owner).software, release_of(owner));
}

std::vector<Coin> World::purse_of(OwnerId payer, CoinChoice choice, Amount needed) const {
    std::vector<Coin> purse = coins(payer);
    if (choice == CoinChoice::oldest) return purse;
    std::stable_sort(purse.begin(), purse.end(),
                     [](const Coin& a, const Coin& b) { return a.amount > b.amount; });
    if (choice == CoinChoice::largest) return purse;
    const auto first_small = std::find_if(purse.begin(), purse.end(),
                                          [&](const Coin& coin) { return coin.amount < needed; });
    if (first_small != purse.begin()) std::rotate(purse.begin(), first_small - 1, first_small);
    return purse;
}

Address World::change_address(OwnerId payer,
                              const std::vector<Coin>& inputs,
                              const std::vector<Payment>& payments) {
    const Fingerprint print = print_of(payer);
    if (print.change_address == ChangeAddress::of_first_input) return inputs.front().address;
    std::optional<AddressKind> kind;
    if (print.change_form == ChangeForm::like_payment && is_single_key(payments.front().to.kind) &&
        is_single_key(truth_.owner(payer).kind))
        kind = payments.front().to.kind;
    return new_address(payer, Use::change, kind);
}

std::optional<Sent> World::pay(OwnerId payer,
                               const std::vector<Payment>& payments,
                               Funding funding) {
    const Fingerprint print = print_of(payer);
    std::vector<Coin> inputs = funding.spend_first;
    Amount gathered;
    for (const Coin& coin : inputs) gathered += coin.amount;
    const auto chosen = [&](const Coin& coin) {
        return std::any_of(inputs.begin(), inputs.end(),
                           [&](const Coin& one) { return one.at == coin.at; });
    };
    const std::size_t most = inputs.size() + coins(payer).size();
    const Amount needed =
        total(payments) + fee(std::min<std::size_t>(most, 3), payments.size() + 1);
    for (const Coin& coin :
         purse_of(payer, print.coin_choice, needed.minus(gathered).value_or(Amount()))) {
        if (gathered >= needed) break;
        if (chosen(coin)) continue;
        inputs.push_back(coin);
        gathered += coin.amount;
    }
    if (gathered < needed) return std::nullopt;

    const Manner manner{.by = payer};
    const Amount change = gathered - needed;
    if (change < kDust) return send(inputs, payments, manner);
    const Address change_to =
        funding.change_to ? *funding.change_to : change_address(payer, inputs, payments);
    std::vector<Payment> all = payments;
    std::uint64_t place = rng_.below(all.size() + 1);
    if (print.change_place != ChangePlace::anywhere)
        place = print.change_place == ChangePlace::first ? 0 : all.size();
    all.insert(all.begin() + static_cast<std::ptrdiff_t>(place),
               {change_to, change, Purpose::change});
    Sent sent = send(inputs, all, manner);
    sent.coins.erase(sent.coins.begin() + static_cast<std::ptrdiff_t>(place));
    return sent;
}

void World::arrange(std::vector<Coin>& inputs, Ordering ordering) {
    if (ordering == Ordering::shuffled) rng_.shuffle(inputs);
    if (ordering == Ordering::bip69)
        std::sort(inputs.begin(), inputs.end(),
                  [](const Coin& a, const Coin& b) { return stands_before(a.at, b.at); });
}

std::vector<std::size_t> World::arranged(const std::vector<Payment>& payments, Ordering ordering) {
    std::vector<std::size_t> order(payments.size());
    std::iota(order.begin(), order.end(), 0);
    if (ordering == Ordering::shuffled) rng_.shuffle(order);
    if (ordering == Ordering::bip69)
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            const Payment& one = payments[a];
            const Payment& other = payments[b];
            if (one.amount != other.amount) return one.amount < other.amount;
            return script_of(one.to) < script_of(other.to);
        });
    return order;
}

Sent World::send(const std::vector<Coin>& inputs,
                 const std::vector<Payment>& payments,
                 const Manner& manner) {
    const OwnerId by = manner.by ? *manner.by : owner_of(inputs.at(0).address);
    const Fingerprint print = manner.print ? *manner.print : print_of(by);
    const std::vector<std::size_t> order = arranged(payments, print.ordering);
    std::vector<Coin> spent = inputs;
    arrange(spent, print.ordering);
    std::vector<Output> outputs;
    std::vector<Payment> paid;
    for (const std::size_t n : order) {
        paid.push_back(payments[n]);
        if (!paid.back().payer) paid.back().payer = owner_of(inputs.front().address);
        outputs.push_back({payments[n].to, payments[n].amount});
    }
    const KeyFinder keys_of = [this](const Address& address) -> const Keys* {
        return &keys_.at(address_index_.at(address));
    };
    const BuiltTx built = build_tx(spent, outputs, keys_of,
                                   {.version = print.version,
                                    .lock_time = print.anti_fee_sniping ? height_.value - 1 : 0,
                                    .sequence = print.sequence,
                                    .low_r = print.low_r});
    TxRecord record = record_of(built, spent, paid);
    record.note = {manner.kind, manner.undetectable, truth_.owner(by).software, release_of(by)};
    if (!manner.undetectable.empty()) ++hidden_;
    pending_records_.push_back(std::move(record));
    for (const Coin& coin : spent) take(coin);
    credit(built, height_);
    pending_.push_back(built);
    Sent sent;
    sent.txid = built.txid;
    sent.coins.resize(order.size());
    for (std::uint32_t n = 0; n < order.size(); ++n) sent.coins[order[n]] = built.coin(n);
    return sent;
}

bool World::may_hide() const {
    return (hidden_ + 1) * kHiddenOneIn <= truth_.transactions.size();
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
        std::optional<OwnerId> payee;
        if (!is_unspendable(payment.to)) payee = owner_of(payment.to);
        // A CoinJoin has many payers: each gets his own money back.
        const bool joint =
            payment.purpose == Purpose::coinjoin || payment.purpose == Purpose::change;
        record.outputs.push_back({.payer = joint ? payee : payment.payer,
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
