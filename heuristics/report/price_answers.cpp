#include "heuristics/report/price_answers.h"

#include "heuristics/report/json.h"
#include "heuristics/report/table.h"

namespace wagetrail::report {
namespace {

std::string step(const prices::StoredSeries& series) {
    return series.step_seconds == prices::kDaySeconds ? "day" : "hour";
}

Json series_json(const prices::StoredSeries& series) {
    Json gaps = Json::array();
    for (const prices::Gap& gap : series.gaps)
        gaps.push_back({{"first", text(gap.first)}, {"last", text(gap.last)}});
    return {{"asset", series.asset},
            {"source", series.source},
            {"sha256", series.sha256},
            {"step", step(series)},
            {"known_from", text(series.known_from)},
            {"first", text(series.first)},
            {"last", text(series.last)},
            {"points", series.points},
            {"gaps", std::move(gaps)}};
}

std::string gaps_text(const prices::StoredSeries& series) {
    constexpr std::size_t kShown = 10;
    std::string words;
    for (std::size_t i = 0; i < series.gaps.size() && i < kShown; ++i) {
        const prices::Gap& gap = series.gaps[i];
        const bool is_one = gap.first == gap.last;
        words += "no price " +
                 (is_one ? "of " + text(gap.first)
                         : "from " + text(gap.first) + " to " + text(gap.last)) +
                 "\n";
    }
    if (series.gaps.size() > kShown)
        words += "and " + std::to_string(series.gaps.size() - kShown) +
                 " more gaps; --json has them all\n";
    return words;
}

}  // namespace

Answer price_import_answer(const prices::ImportedSeries& imported) {
    const prices::StoredSeries& series = imported.series;
    return {
        sealed({}, {{"series", series_json(series)}, {"already_there", imported.already_there}}),
        series.asset + ": " + std::to_string(series.points) + " prices by the " + step(series) +
            " from " + text(series.first) + " to " + text(series.last) + ", of " +
            printable(series.source) + (imported.already_there ? ", were there already\n" : "\n") +
            gaps_text(series)};
}

Answer price_series_answer(const std::vector<prices::StoredSeries>& all) {
    Json rows = Json::array();
    Table table({"asset", "by", "first", "last", "prices", "gaps", "source", "sha256"},
                {Align::left, Align::left, Align::left, Align::left, Align::right, Align::right});
    for (const prices::StoredSeries& series : all) {
        rows.push_back(series_json(series));
        table.row({series.asset, step(series), text(series.first), text(series.last),
                   std::to_string(series.points), std::to_string(series.gaps.size()), series.source,
                   series.sha256});
    }
    const std::string none =
        "no prices were imported; run wagetrail prices import FILE --asset btc\n";
    return {sealed({}, {{"series", std::move(rows)}}), all.empty() ? none : table.text()};
}

}  // namespace wagetrail::report
