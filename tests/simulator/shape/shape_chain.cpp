#include "tests/simulator/shape/shape_chain.h"

#include "tests/simulator/miner.h"
#include "tests/simulator/shape/payment_stream.h"

#include <algorithm>

namespace wagetrail::simulator {
namespace {

constexpr Time kStart{1'672'617'600};  // 2023-01-02: height 1
constexpr std::int64_t kSpacing = 600;
constexpr std::uint32_t kMaturity = 100;
constexpr std::uint32_t kSpreadHeight = kMaturity + 1;
constexpr std::size_t kFirstCoins = 2000;
constexpr std::size_t kPools = 5;
constexpr std::uint64_t kRecordHead = 8;          // of a block in its file
constexpr std::uint64_t kPaymentSizeAbout = 480;  // until some have been made
constexpr std::uint32_t kMainnetHalving = 210'000;
constexpr std::uint32_t kBlocksMax = 2'000'000;
constexpr std::uint32_t kBlockPaymentsMax = 6000;  // more would pass four million weight units

/// Regtest's halving every 150 blocks would starve a long chain.
Amount new_coins(Height height) {
    return Amount(50'00000000ULL >> std::min(height.value / kMainnetHalving, 63U));
}

class ShapeChain {
  public:
    ShapeChain(const ShapeParameters& set, const std::function<void(ByteView)>& sink)
        : set_(set),
          sink_(sink),
          summary_{.ledger = set.ledger, .seed = set.seed},
          stream_(set.seed,
                  set.busy_transactions > 0 ? PaymentStream::Busy::yes : PaymentStream::Busy::no,
                  summary_) {
        write_genesis();
    }

    ShapeSummary run() {
        while (!is_done()) {
            const Height height = summary_.tip.next();
            stream_.begin_block(height);
            while (!immature_.empty() && immature_.front().height.next(kMaturity) <= height) {
                if (height.value != kSpreadHeight) stream_.add(immature_.front());
                if (height.value == kSpreadHeight) first_ = immature_.front();
                immature_.pop_front();
            }
            close_block(height, transactions(height));
        }
        summary_.unspent = stream_.unspent() + immature_.size();
        return std::move(summary_);
    }

  private:
    [[nodiscard]] bool is_done() const {
        if (set_.blocks) return summary_.tip.value == *set_.blocks;
        return summary_.bytes >= *set_.bytes && busy_left() == 0;
    }

    [[nodiscard]] std::uint64_t busy_left() const {
        return summary_.busy ? set_.busy_transactions - summary_.busy->transactions : 0;
    }

    void write_genesis() {
        const Bytes genesis = genesis_block(set_.ledger);
        summary_.tip_hash = genesis_hash(params(set_.ledger));
        summary_.bytes = genesis.size() + kRecordHead;
        summary_.transactions = summary_.outputs = summary_.scripts = 1;
        sink_(genesis);
    }

    std::vector<BuiltTx> transactions(Height height) {
        std::vector<BuiltTx> made;
        if (height.value < kSpreadHeight) return made;
        if (height.value == kSpreadHeight) {
            made.push_back(stream_.spread(first_, kFirstCoins));
            return made;
        }
        const std::uint64_t mean = set_.block_payments;
        const std::uint64_t count = stream_.rng().between(mean - mean / 3, mean + mean / 3);
        made.reserve(count);
        for (std::uint64_t left = count; left > 0; --left) made.push_back(payment(left));
        return made;
    }

    /// The busy address's payments are spread over the chain as evenly as its rest allows.
    BuiltTx payment(std::uint64_t left_in_block) {
        using Busy = PaymentStream::Busy;
        const std::uint64_t due = busy_left();
        if (due == 0) return stream_.next(Busy::no);
        const std::uint64_t left = left_in_block + left_in_later_blocks() * 98 / 100;
        return stream_.next(stream_.rng().below(std::max(left, due)) < due ? Busy::yes : Busy::no);
    }

    [[nodiscard]] std::uint64_t left_in_later_blocks() const {
        if (set_.blocks)
            return std::uint64_t{*set_.blocks - summary_.tip.value - 1} * set_.block_payments;
        const std::uint64_t size = summary_.payments < set_.block_payments
                                       ? kPaymentSizeAbout
                                       : summary_.bytes / summary_.payments;
        const std::uint64_t left = summary_.bytes < *set_.bytes ? *set_.bytes - summary_.bytes : 0;
        return left / size;
    }

    void close_block(Height height, const std::vector<BuiltTx>& made) {
        if (pools_.size() < kPools) pools_.push_back(stream_.new_payee());
        const Payee& pool = stream_.rng().pick(pools_);
        const MinedBlock mined = mine({.ledger = set_.ledger,
                                       .height = height,
                                       .previous = summary_.tip_hash,
                                       .time = {kStart.seconds + kSpacing * (height.value - 1)},
                                       .miner = address_of(set_.ledger, pool),
                                       .extra = set_.seed,
                                       .new_coins = new_coins(height)},
                                      made);
        immature_.push_back(
            {mined.coinbase.out(0), height, mined.coinbase.outputs[0].amount, pool});
        summary_.tip = height;
        summary_.tip_hash = mined.hash;
        summary_.bytes += mined.raw.size() + kRecordHead;
        ++summary_.transactions;
        summary_.outputs += mined.coinbase.outputs.size();
        // Blocks without payments all commit to the same.
        if (!made.empty() || height == Height(1)) ++summary_.scripts;
        sink_(mined.raw);
    }

    ShapeParameters set_;
    const std::function<void(ByteView)>& sink_;
    ShapeSummary summary_;
    PaymentStream stream_;
    std::vector<Payee> pools_;
    std::deque<ShapeCoin> immature_;
    ShapeCoin first_;
};

}  // namespace

Expected<void> check(const ShapeParameters& set) {
    const auto refuse = [](std::string what) { return fail(ErrorCode::invalid, std::move(what)); };
    if (set.ledger != LedgerId::btc_regtest && set.ledger != LedgerId::ltc_regtest)
        return refuse("no blocks can be made for " + std::string(params(set.ledger).name) +
                      "; choose btc-regtest or ltc-regtest");
    if (set.blocks.has_value() == set.bytes.has_value())
        return refuse("say either how many blocks or how many bytes");
    if (set.blocks && (*set.blocks <= kSpreadHeight || *set.blocks > kBlocksMax))
        return refuse("cannot make " + std::to_string(*set.blocks) +
                      " blocks of this shape; choose " + std::to_string(kSpreadHeight + 1) +
                      " to " + std::to_string(kBlocksMax) + ": payments begin after block " +
                      std::to_string(kSpreadHeight));
    if (set.block_payments == 0 || set.block_payments > kBlockPaymentsMax)
        return refuse("a block holds 1 to " + std::to_string(kBlockPaymentsMax) + " payments");
    const std::uint64_t payments =
        set.blocks ? std::uint64_t{*set.blocks - kSpreadHeight} * set.block_payments
                   : *set.bytes / kPaymentSizeAbout;
    if (set.busy_transactions > payments / 2)
        return refuse("one address cannot have " + std::to_string(set.busy_transactions) +
                      " of about " + std::to_string(payments) + " payments; at most half of them");
    return {};
}

Expected<ShapeSummary> write_shape_chain(const ShapeParameters& parameters,
                                         const std::function<void(ByteView)>& sink) {
    TRY(check(parameters));
    return ShapeChain(parameters, sink).run();
}

}  // namespace wagetrail::simulator
