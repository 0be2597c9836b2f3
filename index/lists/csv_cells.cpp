#include "index/lists/csv_cells.h"

#include "index/lists/list_file.h"
#include "index/lists/printable.h"

#include <algorithm>

namespace wagetrail::lists {

bool is_blank_or_comment(const std::vector<CsvField>& row) {
    const bool comment = !row[0].quoted && row[0].text.starts_with('#');
    return comment || (row.size() == 1 && trimmed(row[0].text).empty());
}

Expected<void> check_width(const std::vector<CsvField>& row, std::size_t width) {
    if (row.size() == width) return {};
    return fail(ErrorCode::invalid, place(row[0]) + ": the row has " + std::to_string(row.size()) +
                                        " fields, the header has " + std::to_string(width));
}

std::optional<std::string> not_one_word(std::string_view text) {
    if (text.size() > kAddressBytesMax)
        return "an address longer than " + std::to_string(kAddressBytesMax) + " bytes";
    if (text.find_first_of(" \t") != std::string_view::npos)
        return "\"" + std::string(text.substr(0, 60)) + "\" is not one address (it has spaces)";
    return std::nullopt;
}

Expected<void> check_address(const CsvField& field, std::string_view text) {
    if (text.empty()) return fail(ErrorCode::invalid, place(field) + ": no address");
    if (const auto what = not_one_word(text))
        return fail(ErrorCode::invalid, place(field) + ": " + *what);
    return {};
}

std::vector<std::string> csv_words(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(" ;,"), text.size());
        if (end > 0) out.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

}  // namespace wagetrail::lists
