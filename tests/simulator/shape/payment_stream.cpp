#include "tests/simulator/shape/payment_stream.h"

#include <span>

namespace wagetrail::simulator {
namespace {

constexpr unsigned kThousand = 1000;
constexpr Amount kLeast(1000);  // an output that is worth having
constexpr std::size_t kMoreInputsMax = 3;
// The shares aimed at, whatever the data outputs and the busy address take or add: a draw is the
// one or the other way when the chain so far has too little or too much.
constexpr std::uint64_t kNewPercent = 40;
constexpr unsigned kNewPercentWhenFew = 50;
constexpr unsigned kNewPercentWhenMany = 30;
constexpr std::uint64_t kInputsPerTenPayments = 25;
constexpr unsigned kOneInputPercentWhenMany = 20;
constexpr unsigned kDataPerThousand = 40;
constexpr unsigned kBackToPayerPercent = 30;
constexpr unsigned kBusySpendsPercent = 30;

/// Of a thousand transactions, how many have low to high of something.
struct Class {
    unsigned per_thousand;
    std::uint64_t low;
    std::uint64_t high;
};
constexpr std::array<Class, 5> kInputs = {
    {{660, 1, 1}, {190, 2, 2}, {97, 3, 5}, {43, 6, 20}, {10, 21, 80}}};  // mean 2.49
constexpr std::array<Class, 5> kOutputs = {
    {{163, 1, 1}, {700, 2, 2}, {92, 3, 4}, {38, 5, 20}, {7, 21, 80}}};  // mean 2.72

std::size_t drawn(std::span<const Class> classes, Rng& rng) {
    std::uint64_t at = rng.below(kThousand);
    for (const Class& one : classes) {
        if (at < one.per_thousand) return rng.between(one.low, one.high);
        at -= one.per_thousand;
    }
    CHECK(false);
    return 1;
}

Form some_form(Rng& rng) {
    struct Share {
        unsigned percent;
        Form form;
    };
    constexpr std::array<Share, kFormCount> kShares = {{{46, Form::p2wpkh},
                                                        {20, Form::p2tr},
                                                        {14, Form::p2pkh},
                                                        {10, Form::nested},
                                                        {6, Form::p2wsh_multisig},
                                                        {4, Form::p2sh_multisig}}};
    std::uint64_t at = rng.below(100);
    for (const Share& share : kShares) {
        if (at < share.percent) return share.form;
        at -= share.percent;
    }
    CHECK(false);
    return Form::p2wpkh;
}

Amount total(const std::vector<ShapeCoin>& coins) {
    Amount sum;
    for (const ShapeCoin& coin : coins) sum += coin.amount;
    return sum;
}

}  // namespace

PaymentStream::PaymentStream(std::uint64_t seed, Busy busy, ShapeSummary& summary)
    : summary_(summary), rng_(seed), keys_(seed) {
    if (busy == Busy::no) return;
    busy_ = Payee{keys_.next(), Form::p2wpkh};
    summary_.busy = BusyCount{.address = address_of(summary_.ledger, *busy_)};
}

Payee PaymentStream::new_payee() {
    ++summary_.scripts;
    return {keys_.next(), some_form(rng_)};
}

void PaymentStream::begin_block(Height height) {
    height_ = height;
    fee_rate_ = rng_.between(1, 30);
}

BuiltTx PaymentStream::next(Busy busy) {
    UnsignedTx tx;
    tx.outputs.reserve(4);
    tx.version = rng_.percent(80) ? 2 : 1;
    tx.lock_time = rng_.percent(25) ? height_.value - 1 : 0;
    tx.sequence = rng_.percent(65) ? 0xFFFFFFFD : 0xFFFFFFFF;
    std::uint64_t inputs = drawn(kInputs, rng_);
    const bool many = summary_.payment_inputs * 10 > summary_.payments * kInputsPerTenPayments;
    if (many && rng_.percent(kOneInputPercentWhenMany)) inputs = 1;
    gather(tx, inputs, busy);
    address(tx, drawn(kOutputs, rng_), busy);
    share_out(tx);
    count(tx);
    return finish(tx);
}

BuiltTx PaymentStream::spread(const ShapeCoin& coin, std::size_t outputs) {
    UnsignedTx tx;
    tx.inputs = {coin};
    for (std::size_t n = 0; n < outputs; ++n) {
        const Payee payee = new_payee();
        table_.add(payee, rng_);
        tx.outputs.push_back({payee, Amount()});
    }
    share_out(tx);
    return finish(tx);
}

bool PaymentStream::is_busy(const Payee& payee) const {
    return busy_ && payee.key == busy_->key;
}

void PaymentStream::gather(UnsignedTx& tx, std::size_t count, Busy busy) {
    if (busy == Busy::yes && !busy_coins_.empty() && rng_.percent(kBusySpendsPercent)) {
        for (std::size_t n = 0; n < count && !busy_coins_.empty(); ++n) {
            tx.inputs.push_back(busy_coins_.front());
            busy_coins_.pop_front();
        }
        return;
    }
    for (std::size_t n = 0; n == 0 || (n < count && !coins_.empty()); ++n)
        tx.inputs.push_back(coins_.take(rng_));
}

/// Who is paid; the amounts come later.
void PaymentStream::address(UnsignedTx& tx, std::size_t count, Busy busy) {
    const bool busy_pays = is_busy(tx.inputs.front().payee);
    for (std::size_t n = 0; n < count; ++n) {
        if (n == 0 && busy == Busy::yes && !busy_pays)
            tx.outputs.push_back({*busy_, Amount()});
        else
            tx.outputs.push_back({payee_of(tx), Amount()});
    }
    if (count > 1 && rng_.below(kThousand) < kDataPerThousand)
        tx.outputs.push_back({DataPayload{}, Amount()});
}

Payee PaymentStream::payee_of(const UnsignedTx& tx) {
    const bool few = summary_.payment_outputs_new * 100 < summary_.payment_outputs * kNewPercent;
    if (rng_.percent(few ? kNewPercentWhenFew : kNewPercentWhenMany)) {
        const Payee payee = new_payee();
        ++summary_.payment_outputs_new;
        table_.add(payee, rng_);
        return payee;
    }
    if (rng_.percent(kBackToPayerPercent)) return rng_.pick(tx.inputs).payee;
    return table_.pick(rng_);
}

/// By chance, what the fee leaves. A payment too poor for its outputs gathers a little more.
void PaymentStream::share_out(UnsignedTx& tx) {
    const auto wanted = [&] {
        const std::uint64_t fee = fee_rate_ * size_about(tx);
        return Amount(fee + kLeast.units() * tx.outputs.size());
    };
    const bool may_gather = !is_busy(tx.inputs.front().payee);
    for (std::size_t n = 0; n < kMoreInputsMax && may_gather && !coins_.empty(); ++n) {
        if (total(tx.inputs) >= wanted()) break;
        tx.inputs.push_back(coins_.take(rng_));
    }
    const Amount all = total(tx.inputs);
    const Amount fee = std::min(Amount(fee_rate_ * size_about(tx)), Amount(all.units() / 20));
    std::vector<std::uint64_t> weights;
    std::uint64_t sum = 0;
    for (const ShapeOutput& output : tx.outputs) {
        const bool data = std::holds_alternative<DataPayload>(output.to);
        weights.push_back(data ? 0 : rng_.between(100, kThousand));
        sum += weights.back();
    }
    Amount left = all - fee;
    for (std::size_t n = tx.outputs.size(); n-- > 1;) {
        tx.outputs[n].amount = scaled(all - fee, Amount(weights[n]), Amount(sum));
        left -= tx.outputs[n].amount;
    }
    tx.outputs[0].amount = left;
}

void PaymentStream::count(const UnsignedTx& tx) {
    ++summary_.payments;
    summary_.payment_inputs += tx.inputs.size();
    summary_.payment_outputs += tx.outputs.size();
    bool touches_busy = false;
    for (const ShapeCoin& coin : tx.inputs) {
        const std::uint32_t age = height_.value - coin.height.value;
        std::size_t n = 0;
        while (n < ShapeSummary::kAgeLimits.size() && age > ShapeSummary::kAgeLimits[n]) ++n;
        ++summary_.spent_at_age[n];
        if (!is_busy(coin.payee)) continue;
        touches_busy = true;
        summary_.busy->sent += coin.amount;
    }
    for (const ShapeOutput& output : tx.outputs) {
        const auto* payee = std::get_if<Payee>(&output.to);
        if (payee == nullptr) {
            ++summary_.op_returns;
            ++summary_.payment_outputs_new;
            continue;
        }
        ++summary_.outputs_of_form.at(static_cast<std::size_t>(payee->form));
        if (!is_busy(*payee)) continue;
        touches_busy = true;
        summary_.busy->received += output.amount;
    }
    if (touches_busy && ++summary_.busy->transactions == 1) {
        ++summary_.scripts;
        ++summary_.payment_outputs_new;
    }
}

BuiltTx PaymentStream::finish(UnsignedTx& tx) {
    for (ShapeOutput& output : tx.outputs) {
        auto* data = std::get_if<DataPayload>(&output.to);
        if (data == nullptr) continue;
        data->number = ++data_number_;
        ++summary_.scripts;
    }
    ++summary_.transactions;
    summary_.inputs += tx.inputs.size();
    summary_.outputs += tx.outputs.size();
    BuiltTx built = serialised(tx, rng_);
    for (std::uint32_t n = 0; n < tx.outputs.size(); ++n) {
        const auto* payee = std::get_if<Payee>(&tx.outputs[n].to);
        if (payee == nullptr) continue;
        const ShapeCoin coin{built.out(n), height_, tx.outputs[n].amount, *payee};
        if (is_busy(*payee))
            busy_coins_.push_back(coin);
        else
            coins_.add(coin, rng_);
    }
    return built;
}

}  // namespace wagetrail::simulator
