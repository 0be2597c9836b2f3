#include "index/sync.h"

#include "index/preparation.h"

#include <condition_variable>
#include <mutex>

namespace wagetrail::index {
namespace {

// The source's chain may change while it is read; then the fork is looked for again.
constexpr int kMovedTriesMax = 20;
// Blocks between two writes that survive a power cut while catching up.
constexpr std::uint64_t kDurableEvery = 100;

class Synchroniser {
  public:
    Synchroniser(Store& store,
                 BlockSource& source,
                 const SyncOptions& options,
                 std::stop_token stop,
                 const std::function<void(const SyncProgress&)>& progress)
        : store_(store),
          source_(source),
          options_(options),
          stop_(std::move(stop)),
          report_(progress) {}

    Expected<SyncProgress> run() {
        for (;;) {
            TRY(catch_up());
            if (!options_.follow || reached_limit()) {
                TRY(store_.database().flush());
                return done_;
            }
            if (stop_.stop_requested()) return done_;
            options_.at_tip();
            source_.rest();
            wait();
            if (stop_.stop_requested()) return done_;
        }
    }

  private:
    Expected<void> catch_up() {
        for (int tries = 0;; ++tries) {
            const ChainTip tip = TRY(source_.tip());
            const bool genuine_end = TRY(go_to(tip));
            if (genuine_end) return {};
            if (tries == kMovedTriesMax)
                return fail(ErrorCode::io,
                            source_.name() + " changes its best chain faster than it can be read");
        }
    }

    /// False when the source's chain moved meanwhile.
    Expected<bool> go_to(const ChainTip& tip) {
        TRY(leave_stale_branch(tip));
        Height target = tip.height;
        if (options_.to_height) target = std::min(target, *options_.to_height);
        done_.target = target;
        const Height next = store_.tip() ? store_.tip()->height.next() : Height(0);
        if (store_.tip()) done_.height = store_.tip()->height;
        if (next > target) return true;
        Preparation ahead(store_.ledger(), store_.derivation());
        BlockHash last = store_.tip() ? store_.tip()->hash : BlockHash();
        bool moved = false;
        bool broken = false;
        const auto connect_next = [&]() -> Expected<void> {
            auto connected = connect(ahead.pop());
            broken = !connected;
            return connected;
        };
        const auto read =
            source_.read(next, target, stop_, [&](SourceBlock block) -> Expected<void> {
                if (block.block.header.previous != last && block.height > Height(0)) {
                    moved = true;
                    return fail(ErrorCode::cancelled, "the source's best chain has changed");
                }
                last = block.block.hash;
                while (ahead.full()) TRY(connect_next());
                ahead.push(std::move(block));
                return {};
            });
        // What was read before the source had enough is good, unless there is no time for it.
        while (!broken && !ahead.empty() && !stop_.stop_requested()) TRY(connect_next());
        TRY(store_.settle());
        if (moved) return false;
        if (!read && read.error().code == ErrorCode::cancelled && options_.follow &&
            stop_.stop_requested())
            return true;
        if (!read) return std::unexpected(read.error());
        return true;
    }

    Expected<void> connect(PreparedBlock block) {
        const std::uint64_t bytes = block.source.block.raw.size();
        const std::uint64_t transactions = block.source.block.transactions.size();
        const Height height = block.source.height;
        const bool durable = height >= done_.target || done_.blocks % kDurableEvery == 0;
        auto connected = store_.connect(
            std::move(block), durable ? Durability::power_loss : Durability::process_kill);
        if (!connected)
            return with_context(std::move(connected).error(), "at height " + text(height));
        ++done_.blocks;
        done_.bytes += bytes;
        done_.transactions += transactions;
        done_.height = height;
        report_(done_);
        return {};
    }

    /// Takes out the blocks of ours that the source's best chain does not have. Looks for the fork
    /// first, so that nothing is taken out when it lies too deep.
    Expected<void> leave_stale_branch(const ChainTip& tip) {
        if (!store_.tip()) return {};
        const LedgerView view = TRY(LedgerView::open(store_.database().latest(), store_.ledger()));
        const Height ours = store_.tip()->height;
        // A source that is merely behind us shares its whole chain with ours.
        Height fork = std::min(ours, tip.height);
        for (;;) {
            const auto theirs = TRY(source_.hash_at(fork));
            if (theirs && *theirs == TRY(view.block(fork)).hash) break;
            if (fork == Height(0))
                return fail(ErrorCode::invalid,
                            source_.name() + " has another genesis block than the index");
            fork = Height(fork.value - 1);                       // raw: the block below
            if (ours.value - fork.value > options_.reorg_depth)  // raw: depth of the fork
                return too_deep(fork);
        }
        if (fork == tip.height) return {};  // behind us, or level with us
        while (store_.tip()->height > fork) {
            TRY(store_.revert());
            ++done_.reverted;
        }
        return {};
    }

    [[nodiscard]] std::unexpected<Error> too_deep(Height below) const {
        return fail(ErrorCode::limit,
                    source_.name() + " has another chain since height " + text(below) +
                        " or earlier, more than " + std::to_string(options_.reorg_depth) +
                        " blocks below the index's tip; if that chain is right, delete " +
                        "the ledger's folder and run wagetrail sync again");
    }

    [[nodiscard]] bool reached_limit() const {
        return options_.to_height && store_.tip() && store_.tip()->height >= *options_.to_height;
    }

    void wait() {
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        wake.wait_for(lock, stop_, options_.poll, [] { return false; });
    }

    Store& store_;
    BlockSource& source_;
    const SyncOptions& options_;
    std::stop_token stop_;
    const std::function<void(const SyncProgress&)>& report_;
    SyncProgress done_;
};

}  // namespace

Expected<SyncProgress> sync(Store& store,
                            BlockSource& source,
                            const SyncOptions& options,
                            std::stop_token stop,
                            const std::function<void(const SyncProgress&)>& progress) {
    return Synchroniser(store, source, options, std::move(stop), progress).run();
}

}  // namespace wagetrail::index
