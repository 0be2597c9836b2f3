// Payments of the shape of Bitcoin's main chain, one after the other: on average 2.5 inputs and
// 2.75 outputs, 40 % of the outputs to new scripts, the rest to payees known before, of whom a few
// are paid very often. Remembers what it made, in bounded memory.
#pragma once

#include "tests/simulator/shape/key_walk.h"
#include "tests/simulator/shape/payee_table.h"
#include "tests/simulator/shape/shape_summary.h"
#include "tests/simulator/shape/unsigned_tx.h"

#include <deque>

namespace wagetrail::simulator {

class PaymentStream {
  public:
    enum class Busy : std::uint8_t { no, yes };

    /// Counts into summary, which outlives it; busy: one address stands out.
    PaymentStream(std::uint64_t seed, Busy busy, ShapeSummary& summary);

    /// A new script, counted.
    [[nodiscard]] Payee new_payee();
    /// Sets the fee level that payments of this block have about.
    void begin_block(Height height);
    /// A payment of the block begun; busy: one that the busy address takes part in, and no other
    /// does.
    [[nodiscard]] BuiltTx next(Busy busy);
    /// Spreads one coin over so many new payees, to begin with. Not counted as a payment.
    [[nodiscard]] BuiltTx spread(const ShapeCoin& coin, std::size_t outputs);
    /// May be spent from now on.
    void add(const ShapeCoin& coin) { coins_.add(coin, rng_); }

    [[nodiscard]] std::uint64_t unspent() const {
        return coins_.size() + coins_.lost() + busy_coins_.size();
    }
    [[nodiscard]] Rng& rng() { return rng_; }

  private:
    void gather(UnsignedTx& tx, std::size_t count, Busy busy);
    void address(UnsignedTx& tx, std::size_t count, Busy busy);
    [[nodiscard]] Payee payee_of(const UnsignedTx& tx);
    void share_out(UnsignedTx& tx);
    BuiltTx finish(UnsignedTx& tx);
    void count(const UnsignedTx& tx);
    [[nodiscard]] bool is_busy(const Payee& payee) const;

    ShapeSummary& summary_;
    Rng rng_;
    KeyWalk keys_;
    CoinTiers coins_;
    PayeeTable table_;
    std::optional<Payee> busy_;
    std::deque<ShapeCoin> busy_coins_;
    std::uint64_t data_number_ = 0;
    Height height_;
    std::uint64_t fee_rate_ = 1;
};

}  // namespace wagetrail::simulator
