#include "tests/bench/trace_run.h"

#include "index/store.h"

#include "heuristics/trace/exposure.h"

#include "tests/bench/samples.h"

#include <array>
#include <unordered_set>

namespace wagetrail::bench {
namespace {

using Json = nlohmann::json;

constexpr std::array<std::uint64_t, 3> kSizes = {1'000, 10'000, 100'000};
constexpr std::uint32_t kHopsMax = 2'000;
constexpr std::uint64_t kServiceOneIn = 10'000;

WalkLimits limits(std::uint32_t hops, std::uint64_t transactions) {
    WalkLimits all;
    all.max_hops = hops;
    all.transactions_max = transactions;
    all.shares_max = 1'000'000'000;
    all.path_steps_max = 1'000'000'000;
    return all;
}

/// The first size that so many hops reach; the walk again when it did, for its time.
Expected<Json> traces_of(const index::LedgerView& view, Policy policy, OutId from) {
    Json all = Json::array();
    const std::array payouts{from};
    std::size_t size = 0;
    for (std::uint32_t hops = 2; hops <= kHopsMax && size < kSizes.size(); hops += 1 + hops / 8) {
        const WalkLimits bounds = limits(hops, 3'000'000);
        const auto once = [&] {
            Places places(view, {});
            return walk(places, payouts, {policy, Direction::forward}, bounds, {});
        };
        const Trace first = TRY(once());
        if (first.transactions < kSizes[size]) continue;
        while (size < kSizes.size() && first.transactions >= kSizes[size]) ++size;
        Samples samples;
        TRY(samples.time([&]() -> Expected<void> {
            TRY(once());
            return {};
        }));
        all.push_back(
            {{"policy", name(policy)},
             {"hops", hops},
             {"transactions", first.transactions},
             {"us", samples.last()},
             {"us_per_transaction", samples.last() / static_cast<double>(first.transactions)}});
    }
    return all;
}

/// Addresses drawn for a table of services, as a user would hand it in.
Expected<std::string> services_table(const index::LedgerView& view,
                                     std::uint64_t addresses,
                                     Dice& dice) {
    std::string table = "address,name,category\n";
    for (std::uint64_t i = 0; i < addresses / kServiceOneIn + 1; ++i) {
        const Address address = TRY(view.address(AddrId(dice.below(addresses))));
        if (!is_unspendable(address))
            table += text(address) + ",Service " + std::to_string(i) + ",exchange\n";
    }
    return table;
}

class Exposures {
  public:
    Exposures(const index::LedgerView& view, Clusters& clusters, KnownPlaces& places)
        : view_(view),
          clusters_(clusters),
          places_(places),
          walked_(view, places.context(view, clusters)) {}

    Expected<void> ask(AddrId id) {
        const std::string subject = text(TRY(view_.address(id)));
        std::uint64_t touched = 0;
        TRY(samples_.time([&]() -> Expected<void> {
            for (const auto side : {ExposureSide::source, ExposureSide::destination})
                touched += TRY(one_side(subject, side));
            return {};
        }));
        touched_.push_back(touched);
        return {};
    }
    [[nodiscard]] Json json() {
        Json all = samples_.json();
        if (touched_.empty()) return all;
        std::sort(touched_.begin(), touched_.end());
        all["transactions_p50"] = touched_[touched_.size() / 2];
        all["transactions_p99"] = touched_[touched_.size() * 99 / 100];
        all["transactions_max"] = touched_.back();
        return all;
    }

  private:
    Expected<std::uint64_t> one_side(const std::string& subject, ExposureSide side) {
        const SubjectScope scope{
            .side = side == ExposureSide::source ? SubjectSide::received : SubjectSide::paid,
            .addresses_max = 2'000,
            .payouts_max = 2'000,
            .newest_suffice = true,
            .smallest = Amount(1'000)};
        const Payouts payouts = TRY(payouts_of(view_, clusters_, subject, scope));
        const ExposureMethod method{.policies = {Policy::fifo, Policy::haircut},
                                    .limits = {.max_hops = 10, .transactions_max = 20'000}};
        return TRY(follow_side(walked_, places_, payouts.found, side, method, {})).transactions;
    }

    const index::LedgerView& view_;
    Clusters& clusters_;
    KnownPlaces& places_;
    Places walked_;
    Samples samples_;
    std::vector<std::uint64_t> touched_;
};

Expected<OutId> drawn_output(const index::LedgerView& view, Dice& dice) {
    // Of the first half: the rest is where its value goes.
    const TxId tx(dice.below(view.end_tx().value / 2));  // raw: any transaction
    for (TxId at = tx;; at = TxId(at.value + 1)) {       // raw: the one after it
        const auto outputs = TRY(view.outputs(TRY(view.tx(at))));
        for (const index::OutputRecord& output : outputs)
            if (TRY(view.spender(output.id))) return output.id;
    }
}

/// Different ones that have spent.
Expected<std::vector<AddrId>> drawn_addresses(const index::LedgerView& view,
                                              std::uint64_t addresses,
                                              std::size_t count,
                                              Dice& dice) {
    std::unordered_set<AddrId> seen;
    std::vector<AddrId> drawn;
    for (std::size_t tries = 0; drawn.size() < count && tries < 20 * count; ++tries) {
        const AddrId id(dice.below(addresses));
        if (TRY(view.totals(id)).sent.is_zero() || !seen.insert(id).second) continue;
        drawn.push_back(id);
    }
    return drawn;
}

/// Open for questions of any number.
struct OpenIndex {
    std::unique_ptr<index::Database> database;
    index::LedgerView view;
    std::uint64_t addresses = 0;
};

Expected<OpenIndex> open_index(const SyncSetting& index) {
    auto database =
        TRY(index::Database::open_writer(index::database_path(index.home, index.ledger),
                                         index.memory_bytes, index::Database::Create::no));
    auto view = TRY(index::LedgerView::open(database->pin(), index.ledger));
    const index::BlockRow last = TRY(view.block(view.as_of().height));
    return OpenIndex{std::move(database), std::move(view), last.end_addr().value};  // raw: how many
}

}  // namespace

Expected<std::vector<std::string>> spent_addresses(const ReadSetting& setting, std::size_t count) {
    const OpenIndex open = TRY(open_index(setting.index));
    Dice dice(setting.seed);
    std::vector<std::string> texts;
    for (const AddrId id : TRY(drawn_addresses(open.view, open.addresses, count, dice)))
        texts.push_back(text(TRY(open.view.address(id))));
    return texts;
}

Expected<Json> measure_traces(const ReadSetting& setting, std::size_t exposures) {
    const OpenIndex open = TRY(open_index(setting.index));
    const index::LedgerView& view = open.view;
    Dice dice(setting.seed);
    Json result;
    result["trace"] = Json::array();
    const OutId from = TRY(drawn_output(view, dice));
    for (const Policy policy : {Policy::poison, Policy::haircut, Policy::fifo})
        for (Json& one : TRY(traces_of(view, policy, from)))
            result["trace"].push_back(std::move(one));

    Clusters clusters(view);
    Services services =
        TRY(Services::of_table(view, clusters, TRY(services_table(view, open.addresses, dice))));
    KnownPlaces places = TRY(KnownPlaces::of(view, clusters, nullptr, nullptr, &services));
    Exposures all(view, clusters, places);
    for (const AddrId id : TRY(drawn_addresses(view, open.addresses, exposures, dice)))
        TRY(all.ask(id));
    result["exposure"] = all.json();
    if (!setting.busy_address) return result;
    Exposures busy(view, clusters, places);
    const auto id =
        TRY(view.find_address(TRY(parse_address(view.ledger(), *setting.busy_address))));
    if (id) TRY(busy.ask(*id));
    result["busy_exposure"] = busy.json();
    return result;
}

}  // namespace wagetrail::bench
