#include "heuristics/trace/pooling.h"

namespace wagetrail {
namespace {

std::unexpected<Error> unequal_sides(const std::string& txid) {
    return fail(ErrorCode::corrupt,
                "inputs, outputs and fee of transaction " + txid +
                    " do not sum in the index; check it with `wagetrail doctor --deep`");
}

/// nullopt: more than an Amount holds.
std::optional<Amount> sum_of(const Side& side, Amount fee) {
    std::optional<Amount> sum{fee};
    for (const index::OutputRecord& coin : side)
        if (sum) sum = sum->plus(coin.amount);
    return sum;
}

/// Inputs in a row that carry nothing of a payout.
struct Run {
    std::size_t first = 0;
    std::size_t count = 0;

    [[nodiscard]] bool holds(std::size_t place) const {
        return place >= first && place < first + count;
    }
};

Run longest_run(std::span<const OutId> inputs, const CarriedCoins& coins) {
    Run longest;
    Run run;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        if (coins.contains(inputs[i])) {
            run = {.first = i + 1, .count = 0};
            continue;
        }
        if (++run.count > longest.count) longest = run;
    }
    return longest;
}

class Inflow {
  public:
    Inflow(const index::LedgerView& view,
           std::span<const OutId> inputs,
           const CarriedCoins& coins,
           bool keeps_order)
        : view_(view),
          inputs_(inputs),
          coins_(coins),
          keeps_order_(keeps_order),
          left_out_(longest_run(inputs, coins)) {}

    /// nullopt: it does not sum to the other side.
    Expected<std::optional<Pool>> pool(Amount other_side) {
        rest_ = other_side;
        TRY(add_known());
        if (!rest_ || (left_out_.count == 0 && !rest_->is_zero())) return std::optional<Pool>();
        Pool pool;
        Amount untainted;  // of neighbours, not added yet
        for (std::size_t i = 0; i < inputs_.size(); ++i) {
            const auto carried = coins_.find(inputs_[i]);
            if (carried == coins_.end()) {
                if (i == left_out_.first) untainted += *rest_;
                if (keeps_order_ && !left_out_.holds(i)) untainted += read_[i];
                continue;
            }
            pool.add_untainted(std::exchange(untainted, Amount()));
            pool.add(inputs_[i], carried->second);
        }
        pool.add_untainted(untainted);
        if (!keeps_order_) pool.gather_untainted();
        return std::optional(std::move(pool));
    }

  private:
    /// What an input holds is read only where it must be known by itself: of one run the sum
    /// suffices, and that follows from the rest of the transaction. Where order means nothing, so
    /// it does of all of them together.
    Expected<void> add_known() {
        read_.resize(inputs_.size());
        for (std::size_t i = 0; i < inputs_.size() && rest_; ++i) {
            const auto carried = coins_.find(inputs_[i]);
            if (carried != coins_.end()) {
                for (const Lot& lot : carried->second.lots)
                    if (rest_) rest_ = rest_->minus(lot.quantity);
            } else if (keeps_order_ && !left_out_.holds(i)) {
                read_[i] = TRY(view_.output(inputs_[i])).amount;
                rest_ = rest_->minus(read_[i]);
            }
        }
        return {};
    }

    const index::LedgerView& view_;
    std::span<const OutId> inputs_;
    const CarriedCoins& coins_;
    bool keeps_order_;
    Run left_out_;
    std::optional<Amount> rest_;  // of the other side, when the known inputs are taken from it
    std::vector<Amount> read_;    // by input; zero where it was not needed
};

}  // namespace

Expected<Pool> pool_of_inputs(const index::LedgerView& view,
                              const index::TxPlace& tx,
                              std::span<const OutId> inputs,
                              const Side& outputs,
                              const CarriedCoins& coins,
                              Policy policy) {
    Inflow inflow(view, inputs, coins, keeps_order(policy));
    if (const auto other_side = sum_of(outputs, tx.entry.fee))
        if (auto pool = TRY(inflow.pool(*other_side))) return *std::move(pool);
    return unequal_sides(text(TRY(view.txid(tx.id))));
}

Expected<Pool> pool_of_outputs(const index::LedgerView& view,
                               const index::TxPlace& tx,
                               const Side& outputs,
                               const Side& inputs,
                               const CarriedCoins& coins,
                               Policy policy) {
    const auto sum = sum_of(outputs, tx.entry.fee);
    if (!sum || sum != sum_of(inputs, Amount())) return unequal_sides(text(TRY(view.txid(tx.id))));
    Pool pool;
    for (const index::OutputRecord& output : outputs) {
        const auto carried = coins.find(output.id);
        if (carried != coins.end())
            pool.add(output.id, carried->second);
        else
            pool.add_untainted(output.amount);
    }
    pool.add_untainted(tx.entry.fee);
    if (!keeps_order(policy)) pool.gather_untainted();
    return pool;
}

}  // namespace wagetrail
