#include "tests/bench/sync_run.h"

#include "index/doctor.h"
#include "index/sync.h"

#include "heuristics/clustering.h"

#include <array>
#include <chrono>
#include <ctime>
#include <string_view>

namespace wagetrail::bench {
namespace {

double cpu_of(clockid_t clock) {
    timespec now{};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

double wall_now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

/// Adds up the time between marks, by what was done in it.
class StageClock {
  public:
    void end(std::string_view stage) {
        const double wall = wall_now();
        const double cpu = cpu_of(CLOCK_THREAD_CPUTIME_ID);
        auto& sum = sums_[std::string(stage)];
        sum.wall += wall - wall_;
        sum.cpu += cpu - cpu_;
        wall_ = wall;
        cpu_ = cpu;
    }
    [[nodiscard]] nlohmann::json json() const {
        nlohmann::json all;
        for (const auto& [stage, sum] : sums_) all[stage] = {{"wall", sum.wall}, {"cpu", sum.cpu}};
        return all;
    }

  private:
    struct Sum {
        double wall = 0;
        double cpu = 0;
    };
    std::map<std::string, Sum> sums_;
    double wall_ = wall_now();
    double cpu_ = cpu_of(CLOCK_THREAD_CPUTIME_ID);
};

/// Marks when the consumer has got its next block.
class TimedSource : public BlockSource {
  public:
    TimedSource(BlockSource& inner, StageClock& clock) : inner_(inner), clock_(clock) {}
    [[nodiscard]] std::string name() const override { return inner_.name(); }
    [[nodiscard]] Expected<ChainTip> tip() override { return inner_.tip(); }
    [[nodiscard]] Expected<std::optional<BlockHash>> hash_at(Height height) override {
        return inner_.hash_at(height);
    }
    [[nodiscard]] Expected<void> read(
        Height from,
        Height to,
        std::stop_token stop,
        const std::function<Expected<void>(SourceBlock)>& sink) override {
        return inner_.read(from, to, std::move(stop), [&](SourceBlock block) {
            clock_.end("source");
            return sink(std::move(block));
        });
    }

  private:
    BlockSource& inner_;
    StageClock& clock_;
};

constexpr std::array<std::string_view, 4> kStages = {"resolve", "extract", "derive", "write"};

}  // namespace

Expected<nlohmann::json> measure_sync(const SyncSetting& setting) {
    Clustering clustering(setting.ledger, setting.memory_bytes / kClusteringShare);
    const auto store = TRY(index::Store::open(
        index::database_path(setting.home, setting.ledger), setting.ledger, clustering.derivation(),
        setting.memory_bytes - setting.memory_bytes / kClusteringShare));
    const auto inner = TRY(open_source(params(setting.ledger), "files:" + setting.blocks, {}));
    StageClock clock;
    TimedSource source(*inner, clock);
    store->observe(
        [&](index::ApplyStage stage) { clock.end(kStages.at(static_cast<std::size_t>(stage))); });
    const double begun = wall_now();
    const index::SyncProgress done =
        TRY(index::sync(*store, source, {}, {}, [](const index::SyncProgress&) {}));
    return nlohmann::json{{"blocks", done.blocks},
                          {"transactions", done.transactions},
                          {"bytes", done.bytes},
                          {"seconds", wall_now() - begun},
                          {"stages", clock.json()}};
}

Expected<nlohmann::json> measure_decode(const SyncSetting& setting) {
    const auto source = TRY(open_source(params(setting.ledger), "files:" + setting.blocks, {}));
    const double begun = wall_now();
    std::uint64_t bytes = 0;
    std::uint64_t transactions = 0;
    const ChainTip tip = TRY(source->tip());
    TRY(source->read(Height(0), tip.height, {}, [&](const SourceBlock& block) -> Expected<void> {
        bytes += block.block.raw.size();
        transactions += block.block.transactions.size();
        return {};
    }));
    return nlohmann::json{{"bytes", bytes},
                          {"transactions", transactions},
                          {"seconds", wall_now() - begun},
                          {"cpu", cpu_of(CLOCK_PROCESS_CPUTIME_ID)}};
}

Expected<nlohmann::json> measure_families(const SyncSetting& setting) {
    const auto database =
        TRY(index::Database::open_writer(index::database_path(setting.home, setting.ledger),
                                         setting.memory_bytes, index::Database::Create::no));
    nlohmann::json all;
    for (const index::FamilyDigest& family : TRY(index::digests(database->latest(), {})))
        all[std::string(name(family.family))] = {{"rows", family.rows},
                                                 {"bytes", family.key_bytes + family.value_bytes},
                                                 {"disk", database->size_bytes(family.family)}};
    return all;
}

}  // namespace wagetrail::bench
