#include "heuristics/report/price_answers.h"

#include "cli/commands.h"
#include "cli/home.h"
#include "cli/print.h"

namespace wagetrail::cli {

Outcome run(const CommonOptions& common, const PricesImportOptions& options, std::stop_token stop) {
    (void)stop;
    prices::PriceImport request{.file = options.file,
                                .asset = options.asset,
                                .column = options.column,
                                .source = options.source,
                                .known_from = Time{common.now_seconds}};
    if (!options.known_from.empty()) request.known_from = TRY(parse_time(options.known_from));
    lists::Registry registry =
        TRY(lists::Registry::open(question::registry_path(common.home), lists::Access::write));
    TRY(print(common, report::price_import_answer(TRY(prices::import_prices(registry, request)))));
    return ExitCode::done;
}

Outcome run(const CommonOptions& common, const PricesLsOptions& options, std::stop_token stop) {
    (void)options;
    (void)stop;
    const auto registry = TRY(home_of(common).registry());
    std::vector<prices::StoredSeries> all;
    if (registry) all = TRY(prices::stored_series(*registry));
    TRY(print(common, report::price_series_answer(all)));
    return ExitCode::done;
}

}  // namespace wagetrail::cli
