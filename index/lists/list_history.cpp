#include "index/lists/list_history.h"

#include "index/lists/csv_cells.h"
#include "index/lists/printable.h"

#include <algorithm>

namespace wagetrail::lists {
namespace {

constexpr std::array<std::string_view, 8> kHeaders = {
    "address",  "ticker",       "party_fixed_ref",      "primary_name",
    "programs", "party_listed", "first_seen_list_date", "removed_by_list_date",
};

constexpr std::string_view kNotLater = "<=";

}  // namespace

bool is_history_header(std::string_view line) {
    return line.find("first_seen_list_date") != std::string_view::npos &&
           line.find("removed_by_list_date") != std::string_view::npos;
}

std::vector<const HistoryRow*> ListHistory::at(Time version) const {
    std::vector<const HistoryRow*> out;
    for (const HistoryRow& row : rows)
        if (row.first <= version && (!row.removed || version < *row.removed)) out.push_back(&row);
    return out;
}

HistoryParser::HistoryParser()
    : reader_([this](const std::vector<CsvField>& row) { return take(row); }) {}

Expected<void> HistoryParser::take(const std::vector<CsvField>& row) {
    if (is_blank_or_comment(row)) return {};
    return width_ == 0 ? take_header(row) : take_entry(row);
}

Expected<void> HistoryParser::take_header(const std::vector<CsvField>& row) {
    width_ = row.size();
    for (std::size_t column = 0; column < kHeaders.size(); ++column) {
        const auto at = std::find_if(row.begin(), row.end(), [&](const CsvField& field) {
            return trimmed(field.text) == kHeaders[column];
        });
        if (at == row.end())
            return fail(ErrorCode::invalid, place(row[0]) +
                                                ": a history of a list needs a column "
                                                "\"" +
                                                std::string(kHeaders[column]) + "\"");
        columns_[column] = static_cast<std::size_t>(at - row.begin());
    }
    return {};
}

std::string HistoryParser::cell(const std::vector<CsvField>& row, Column column) const {
    return one_line(row[columns_[column]].text);
}

Expected<std::optional<Time>> HistoryParser::date(const std::vector<CsvField>& row,
                                                  Column column,
                                                  std::string_view text) const {
    if (text.empty()) return std::nullopt;
    const auto time = parse_time(text);
    if (!time) return with_context(time.error(), place(row[columns_[column]]));
    return *time;
}

Expected<void> HistoryParser::take_entry(const std::vector<CsvField>& row) {
    TRY(check_width(row, width_));
    const auto error = [&](Column column, const std::string& what) {
        return fail(ErrorCode::invalid, place(row[columns_[column]]) + ": " + what);
    };
    HistoryRow out{.text = cell(row, address), .ticker = cell(row, ticker), .first = {}};
    TRY(check_address(row[columns_[address]], out.text));
    std::string seen = cell(row, first);
    const bool not_later = seen.starts_with(kNotLater);
    if (not_later) seen.erase(0, kNotLater.size());
    const auto from = TRY(date(row, first, seen));
    if (!from) return error(first, "the history does not say when the address was first seen");
    out.first = *from;
    out.removed = TRY(date(row, removed, cell(row, removed)));
    if (out.removed && *out.removed <= out.first)
        return error(removed, "removed before it was first seen");
    if (not_later && first_version_ && *first_version_ != out.first)
        return error(first, "two different versions are said to be the first");
    if (not_later) first_version_ = out.first;
    history_.versions.insert(out.first);
    if (out.removed) history_.versions.insert(*out.removed);
    if (history_.versions.size() > kHistoryVersionsMax ||
        history_.versions.size() * history_.rows.size() > kHistoryCellsMax)
        return fail(ErrorCode::limit, "a history longer than that of any list");
    ListParty owner{.id = TRY(bounded_name(cell(row, party))),
                    .name = TRY(bounded_name(cell(row, name))),
                    .programs = csv_words(cell(row, programs))};
    owner.designated_on = TRY(date(row, designated, cell(row, designated)));
    owner.designation = owner.designated_on ? Designation::stated : Designation::missing;
    const auto [at, added] = parties_.try_emplace(std::move(owner), history_.parties.size());
    if (added) history_.parties.push_back(at->first);
    out.party = at->second;
    history_.rows.push_back(std::move(out));
    return {};
}

Expected<ListHistory> HistoryParser::finish() {
    TRY(reader_.finish());
    if (history_.rows.empty()) return fail(ErrorCode::invalid, "the history has no row");
    if (first_version_ && *first_version_ != *history_.versions.begin())
        return fail(ErrorCode::invalid, "rows marked <=" + date_text(*first_version_) +
                                            " claim the first version, but there is one of " +
                                            date_text(*history_.versions.begin()));
    return std::move(history_);
}

}  // namespace wagetrail::lists
