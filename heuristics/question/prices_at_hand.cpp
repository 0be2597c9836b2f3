#include "heuristics/question/prices_at_hand.h"

#include "index/lists/printable.h"
#include "index/prices/price_store.h"

namespace wagetrail::question {

Expected<PriceTable> prices_for(Home& home,
                                const Pins& pins,
                                const std::string& file,
                                LedgerId ledger) {
    if (!file.empty()) return load_prices(file);
    const auto registry = TRY(home.registry());
    if (!registry) return PriceTable{};
    const std::optional<Time> known_at = TRY(known_moment(pins));
    auto loaded =
        TRY(prices::load_prices(*registry, lists::ascii_lower(params(ledger).symbol), known_at));
    if (!loaded) return PriceTable{};
    return PriceTable{std::move(loaded->series), loaded->about.source, loaded->about.sha256,
                      loaded->about.known_from};
}

void pin_prices(const PriceTable& prices, report::Manifest& manifest) {
    if (!prices.prices) return;
    const bool daily = prices.prices->step_seconds() == prices::kDaySeconds;
    manifest.prices = report::PricePin{prices.source, prices.sha256, daily ? "day" : "hour"};
    if (prices.known_from)
        manifest.known_at =
            std::max(manifest.known_at.value_or(*prices.known_from), *prices.known_from);
}

}  // namespace wagetrail::question
