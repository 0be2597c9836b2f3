#include "tests/bench/read_run.h"

#include "index/store.h"

#include "heuristics/clusters.h"

#include "tests/bench/samples.h"

namespace wagetrail::bench {
namespace {

constexpr std::size_t kQuestions = 1000;
constexpr std::size_t kPage = 100;
constexpr std::size_t kMergesMax = 100'000;

Expected<nlohmann::json> pages(const index::LedgerView& view, const std::string& text, Dice& dice) {
    const Address address = TRY(parse_address(view.ledger(), text));
    const auto id = TRY(view.find_address(address));
    if (!id) return fail(ErrorCode::not_found, text + " is not in the index");
    Samples samples;
    for (std::size_t i = 0; i < kQuestions; ++i) {
        const TxId from(dice.below(view.end_tx().value));  // raw: any place in its history
        TRY(samples.time([&]() -> Expected<void> {
            TRY(view.history(*id, from, kPage));
            return {};
        }));
    }
    nlohmann::json result = samples.json();
    result["transactions"] = TRY(view.totals(*id)).tx_count;
    return result;
}

/// From addresses drawn until enough of them belong to somebody with another one.
Expected<nlohmann::json> explanations(const index::LedgerView& view, Dice& dice) {
    const index::BlockRow last = TRY(view.block(view.as_of().height));
    Clusters clusters(view);
    Samples samples;
    std::uint64_t merges = 0;
    std::size_t asked = 0;
    for (std::size_t drawn = 0; asked < kQuestions && drawn < 20 * kQuestions; ++drawn) {
        const AddrId address(dice.below(last.end_addr().value));  // raw: any address
        const Entity entity = TRY(clusters.entity(ClusterLevel::l1, address));
        if (entity.first == address) continue;
        ++asked;
        TRY(samples.time([&]() -> Expected<void> {
            const auto chain =
                TRY(clusters.explain(ClusterLevel::l1, address, entity.first, kMergesMax));
            merges += chain ? chain->size() : 0;
            return {};
        }));
    }
    nlohmann::json result = samples.json();
    result["merges"] = merges;
    return result;
}

}  // namespace

Expected<nlohmann::json> measure_reads(const ReadSetting& setting) {
    const auto database = TRY(
        index::Database::open_writer(index::database_path(setting.index.home, setting.index.ledger),
                                     setting.index.memory_bytes, index::Database::Create::no));
    const auto view = TRY(index::LedgerView::open(database->pin(), setting.index.ledger));
    Dice dice(setting.seed);
    nlohmann::json result;
    if (setting.busy_address) result["page"] = TRY(pages(view, *setting.busy_address, dice));
    result["explain"] = TRY(explanations(view, dice));
    return result;
}

}  // namespace wagetrail::bench
