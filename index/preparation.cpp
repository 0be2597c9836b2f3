#include "index/preparation.h"

#include "chain/base/sha256.h"

namespace wagetrail::index {
namespace {

constexpr std::size_t kBlocksMax = 64;
constexpr std::uint64_t kBytesMax = std::uint64_t{8} << 20U;  // of raw blocks

}  // namespace

PreparedBlock prepare(LedgerId ledger, const Derivation& derivation, SourceBlock source) {
    PreparedBlock prepared{.source = std::move(source), .outputs = {}, .hints = nullptr};
    const Block& block = prepared.source.block;
    std::size_t count = 0;
    for (const Transaction& tx : block.transactions) count += tx.outputs.size();
    prepared.outputs.reserve(count);
    for (const Transaction& tx : block.transactions)
        for (const TxOut& out : tx.outputs)
            prepared.outputs.push_back({.address = address_of_script(ledger, out.script),
                                        .script_hash = sha256(out.script)});
    if (derivation.prepare) prepared.hints = derivation.prepare(prepared.source);
    return prepared;
}

Preparation::Preparation(LedgerId ledger, const Derivation& derivation)
    : ledger_(ledger),
      derivation_(derivation),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

Preparation::~Preparation() = default;

void Preparation::push(SourceBlock source) {
    ++inside_;
    inside_bytes_ += source.block.raw.size();
    {
        const std::lock_guard lock(mutex_);
        raw_.push_back(std::move(source));
    }
    changed_.notify_all();
}

bool Preparation::full() const {
    return inside_ >= kBlocksMax || inside_bytes_ >= kBytesMax;
}

PreparedBlock Preparation::pop() {
    CHECK(!empty());
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !ready_.empty(); });
    PreparedBlock prepared = std::move(ready_.front());
    ready_.pop_front();
    --inside_;
    inside_bytes_ -= prepared.source.block.raw.size();
    return prepared;
}

void Preparation::work(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (changed_.wait(lock, stop, [this] { return !raw_.empty(); })) {
        SourceBlock source = std::move(raw_.front());
        raw_.pop_front();
        lock.unlock();
        PreparedBlock prepared = prepare(ledger_, derivation_, std::move(source));
        lock.lock();
        ready_.push_back(std::move(prepared));
        changed_.notify_all();
    }
}

}  // namespace wagetrail::index
