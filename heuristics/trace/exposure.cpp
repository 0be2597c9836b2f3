#include "heuristics/trace/exposure.h"

#include "heuristics/trace/labelled_wallets.h"

#include <algorithm>

namespace wagetrail {
namespace {

std::string key_of(const KnownPlace& place) {
    return std::string(labels::name(place.category)) + ": " + place.name;
}

/// What says more about a place: the earlier category.
std::size_t rank(labels::Category category) {
    const auto all = labels::all_categories();
    return static_cast<std::size_t>(
        std::find_if(all.begin(), all.end(),
                     [&](const labels::CategoryTraits& one) { return one.category == category; }) -
        all.begin());
}

/// "exchange: Acme" of a table of services.
KnownPlace of_table(const std::string& words) {
    const auto colon = words.find(": ");
    const std::string category = words.substr(0, colon);
    const auto known = labels::parse_category(category);
    return {.category = known.value_or(labels::category_of(std::span(&category, 1))),
            .name = colon == std::string::npos ? words : words.substr(colon + 2),
            .listed = std::nullopt};
}

}  // namespace

Expected<KnownPlaces> KnownPlaces::of(const index::LedgerView& view,
                                      Clusters& clusters,
                                      const lists::ListView* lists,
                                      const labels::LabelView* labels,
                                      Services* services) {
    KnownPlaces places(clusters, lists, services);
    if (lists != nullptr) places.listed_ = TRY(Targets::listed(view, clusters, *lists));
    if (labels == nullptr) return places;
    std::vector<labels::Category> all;
    for (const labels::CategoryTraits& one : labels::all_categories())
        if (one.category != labels::Category::unknown) all.push_back(one.category);
    TRY(each_labelled_wallet(
        view, clusters, *labels, all, [&](AddrId root, const labels::Label& label) {
            KnownPlace place{label.category, label.label, std::nullopt};
            const auto [known, is_new] = places.labelled_.try_emplace(root, place);
            if (!is_new && rank(place.category) < rank(known->second.category))
                known->second = std::move(place);
        }));
    return places;
}

bool KnownPlaces::empty() const {
    return (!listed_ || listed_->empty()) && labelled_.empty() &&
           (services_ == nullptr || services_->empty());
}

const KnownPlace* KnownPlaces::keep(const KnownPlace& place) {
    return &places_.try_emplace(key_of(place), place).first->second;
}

Expected<const KnownPlace*> KnownPlaces::find(AddrId address) {
    if (listed_) {
        const auto named = TRY(listed_->find(address));
        if (!named.empty()) return keep_listed(named.front());
    }
    const auto labelled = labelled_.find(TRY(clusters_->root(ClusterLevel::l1, address)));
    if (labelled != labelled_.end()) return keep(labelled->second);
    if (services_ != nullptr)
        if (const auto words = TRY(services_->label_of(address))) return keep(of_table(*words));
    return static_cast<const KnownPlace*>(nullptr);
}

const KnownPlace* KnownPlaces::keep_listed(const Address& listed) {
    const lists::Listing& listing = lists_->listings_of(listed).front();
    return keep({.category = labels::Category::sanction,
                 .name = listing.list + ", " +
                         (listing.entity.empty() ? listing.address_text : listing.entity),
                 .listed = listed});
}

Expected<const KnownPlace*> KnownPlaces::find(const index::LedgerView& view,
                                              const Address& address) {
    if (const auto seen = TRY(view.find_address(address))) return find(*seen);
    if (lists_ == nullptr || lists_->listings_of(address).empty())
        return static_cast<const KnownPlace*>(nullptr);
    return keep_listed(address);
}

WalkContext KnownPlaces::context(const index::LedgerView& view, Clusters& clusters) {
    WalkContext context = walk_context(view, clusters, nullptr, nullptr, ServiceLimits{});
    context.service =
        [this, otherwise = context.service](AddrId address) -> Expected<std::optional<StopCause>> {
        if (const KnownPlace* const place = TRY(find(address)))
            return std::optional(StopCause{StopReason::service, key_of(*place)});
        return otherwise(address);
    };
    return context;
}

std::string_view name(ExposureSide side) {
    return side == ExposureSide::source ? "source" : "destination";
}

std::uint32_t ExposureRow::least_hops() const {
    const auto fewest = std::min_element(
        endings.begin(), endings.end(),
        [](const ExposureEnding& a, const ExposureEnding& b) { return a.hops < b.hops; });
    return fewest->hops;
}

SideExposure side_exposure(const KnownPlaces& places,
                           ExposureSide side,
                           const std::vector<Trace>& traces) {
    SideExposure exposure;
    const std::size_t count = traces.size();
    // By place, then by output: an output that a cluster holds twice is still one ending.
    std::map<std::pair<std::size_t, std::string>, std::map<OutPoint, ExposureEnding>> rows;
    for (std::size_t i = 0; i < count; ++i) {
        const Trace& trace = traces[i];
        CHECK(conserves(trace.policy));
        exposure.policies.push_back(trace.policy);
        exposure.total = trace.totals.amount;
        exposure.fees.push_back(trace.totals.fees);
        for (const auto* stops : {&trace.stopped, &trace.unspent})
            for (const Stop& stop : *stops) {
                if (stop.reason != StopReason::service) {
                    auto& amounts = exposure.elsewhere[stop.reason];
                    amounts.resize(count);
                    amounts[i] += stop.amount();
                    continue;
                }
                const KnownPlace& place = places.at(stop.label);
                auto& endings = rows[{rank(place.category), stop.label}];
                const auto [at, is_new] = endings.try_emplace(
                    stop.coin.at(), ExposureEnding{stop.coin, 0, std::vector<Amount>(count)});
                ExposureEnding& ending = at->second;
                ending.amounts[i] += stop.amount();
                for (const SourceShare& share : stop.shares) {
                    // Backward, the first hop is the receipt itself.
                    const std::uint32_t hops =
                        share.hops - (side == ExposureSide::source ? 1U : 0U);
                    ending.hops = ending.hops == 0 ? hops : std::min(ending.hops, hops);
                }
            }
    }
    for (auto& [key, endings] : rows) {
        ExposureRow row{.place = places.at(key.second), .endings = {}};
        for (auto& [out, ending] : endings) row.endings.push_back(std::move(ending));
        std::sort(row.endings.begin(), row.endings.end(),
                  [](const ExposureEnding& a, const ExposureEnding& b) {
                      return before(a.coin, b.coin);
                  });
        exposure.rows.push_back(std::move(row));
    }
    return exposure;
}

Expected<FollowedSide> follow_side(Places& walked,
                                   const KnownPlaces& places,
                                   const std::vector<Payout>& outputs,
                                   ExposureSide side,
                                   const ExposureMethod& method,
                                   const std::stop_token& stop) {
    std::vector<OutId> followed;
    for (const Payout& payout : outputs) followed.push_back(payout.out);
    FollowedSide found;
    std::vector<Trace> traces;
    for (const Policy policy : method.policies) {
        const WalkControl control{.stop = stop,
                                  .progress = nullptr,
                                  .keep_steps = false,
                                  .ways = {.rank = WayRank::hops, .kept = 1}};
        const WalkMethod way{
            policy, side == ExposureSide::source ? Direction::backward : Direction::forward};
        Trace trace = TRY(walk(walked, followed, way, method.limits, control));
        found.transactions += trace.transactions;
        found.floor_raised = found.floor_raised || trace.restarts > 0;
        for (const Stop& ended : trace.stopped)
            found.limits_reached = found.limits_reached || ended.reason == StopReason::max_hops ||
                                   ended.reason == StopReason::value_floor;
        traces.push_back(std::move(trace));
    }
    found.exposure = side_exposure(places, side, traces);
    return found;
}

}  // namespace wagetrail
