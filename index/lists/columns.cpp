#include "index/lists/columns.h"

#include "index/lists/csv.h"

#include <algorithm>

namespace wagetrail::lists {

Expected<std::vector<ColumnRow>> read_columns(std::string_view csv,
                                              const std::vector<std::string_view>& names) {
    std::vector<std::size_t> places;
    std::vector<ColumnRow> rows;
    const auto take_header = [&](const std::vector<CsvField>& header) -> Expected<void> {
        for (const std::string_view name : names) {
            const auto found =
                std::find_if(header.begin(), header.end(),
                             [&](const CsvField& field) { return field.text == name; });
            if (found == header.end())
                return fail(ErrorCode::invalid,
                            "line 1: the header has no column " + std::string(name));
            places.push_back(static_cast<std::size_t>(found - header.begin()));
        }
        return {};
    };
    bool header_read = false;
    CsvReader reader([&](const std::vector<CsvField>& fields) -> Expected<void> {
        if (!header_read) {
            header_read = true;
            return take_header(fields);
        }
        if (fields.size() == 1 && fields.front().text.empty()) return {};
        ColumnRow row{.line = fields.front().line, .cells = {}};
        for (const std::size_t at : places)
            row.cells.push_back(at < fields.size() ? fields[at].text : std::string());
        rows.push_back(std::move(row));
        return {};
    });
    TRY(reader.feed(csv));
    TRY(reader.finish());
    if (!header_read) return fail(ErrorCode::invalid, "the table is empty");
    return rows;
}

}  // namespace wagetrail::lists
