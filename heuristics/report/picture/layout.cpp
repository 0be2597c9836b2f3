#include "heuristics/report/picture/layout.h"

#include "heuristics/report/picture/columns.h"
#include "heuristics/report/picture/rows.h"

#include <algorithm>

namespace wagetrail::report {
namespace {

/// Towards a picture half as wide again as it is high.
std::int64_t step_for(const std::vector<std::int64_t>& columns,
                      const std::vector<std::int64_t>& rows,
                      std::size_t fixed) {
    if (fixed == 0) return kColumnStep;
    const auto span = [fixed](const std::vector<std::int64_t>& values) {
        const auto [least, most] = std::minmax_element(
            values.begin(), values.begin() + static_cast<std::ptrdiff_t>(fixed));
        return *most - *least;
    };
    const std::int64_t gaps = std::max<std::int64_t>(1, span(columns));
    return std::clamp(span(rows) * 3 / 2 / gaps, kColumnStep, kColumnStepMax);
}

}  // namespace

std::optional<Across> parse_across(std::string_view word) {
    if (word == "hops") return Across::hops;
    if (word == "time") return Across::time;
    return std::nullopt;
}

std::string_view name(Across across) {
    return across == Across::hops ? "hops" : "time";
}

Layout laid_out(const Picture& picture, Across across, std::size_t fixed) {
    Layout layout;
    std::vector<std::int64_t> columns;
    if (across == Across::hops) {
        columns = hop_columns(picture, fixed);
    } else {
        TimeColumns times = time_columns(picture);
        columns = std::move(times.columns);
        layout.columns = std::move(times.begins);
    }
    const std::vector<std::int64_t> rows = rows_of(picture, columns, fixed);
    layout.column_step = step_for(columns, rows, fixed);
    for (std::size_t i = 0; i < picture.nodes.size(); ++i)
        layout.places.push_back(
            {columns[i] * layout.column_step, rows[i] - kNodeHeight / 2, columns[i]});
    return layout;
}

}  // namespace wagetrail::report
