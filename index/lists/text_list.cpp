#include "index/lists/text_list.h"

#include "index/lists/printable.h"

#include <algorithm>
#include <array>

namespace wagetrail::lists {
namespace {

struct ColumnName {
    std::string_view name;
    CsvColumn column;
};

constexpr std::array kColumnNames = {
    ColumnName{"address", CsvColumn::address},
    ColumnName{"wallet", CsvColumn::address},
    ColumnName{"ledger", CsvColumn::ticker},
    ColumnName{"chain", CsvColumn::ticker},
    ColumnName{"currency", CsvColumn::ticker},
    ColumnName{"ticker", CsvColumn::ticker},
    ColumnName{"asset", CsvColumn::ticker},
    ColumnName{"name", CsvColumn::name},
    ColumnName{"entity", CsvColumn::name},
    ColumnName{"label", CsvColumn::name},
    ColumnName{"primary_name", CsvColumn::name},
    ColumnName{"party", CsvColumn::party},
    ColumnName{"party_id", CsvColumn::party},
    ColumnName{"party_fixed_ref", CsvColumn::party},
    ColumnName{"program", CsvColumn::program},
    ColumnName{"programs", CsvColumn::program},
    ColumnName{"designated", CsvColumn::designated},
    ColumnName{"designated_on", CsvColumn::designated},
    ColumnName{"party_listed", CsvColumn::designated},
    ColumnName{"listed", CsvColumn::listed},
    ColumnName{"listed_on", CsvColumn::listed},
    ColumnName{"date", CsvColumn::listed},
    ColumnName{"published", CsvColumn::listed},
    ColumnName{"publication", CsvColumn::listed},
    ColumnName{"removed", CsvColumn::removed},
    ColumnName{"removed_on", CsvColumn::removed},
    ColumnName{"delisted", CsvColumn::removed},
};

/// What an address must be in any list: one word of bounded length. What it means is not asked
/// here.
std::optional<std::string> not_one_word(std::string_view text) {
    if (text.size() > kAddressBytesMax)
        return "an address longer than " + std::to_string(kAddressBytesMax) + " bytes";
    if (text.find_first_of(" \t") != std::string_view::npos)
        return "\"" + std::string(text.substr(0, 60)) + "\" is not one address (it has spaces)";
    return std::nullopt;
}

std::vector<std::string> words(std::string_view text) {
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

std::unexpected<Error> too_many_entries() {
    return fail(ErrorCode::limit,
                "the list has more than " + std::to_string(kEntriesMax) + " addresses");
}

}  // namespace

std::optional<CsvColumn> csv_column(std::string_view header) {
    const std::string name = ascii_lower(trimmed(header));
    for (const ColumnName& known : kColumnNames)
        if (known.name == name) return known.column;
    return std::nullopt;
}

Expected<void> TextListParser::feed(std::string_view piece) {
    while (!piece.empty()) {
        const std::size_t end = std::min(piece.find('\n'), piece.size());
        line_.append(piece.substr(0, end));
        if (line_.size() > kCsvFieldBytesMax)
            return fail(ErrorCode::invalid, "line " + std::to_string(line_number_) +
                                                ": longer than " +
                                                std::to_string(kCsvFieldBytesMax) + " bytes");
        if (end == piece.size()) break;
        TRY(end_line());
        piece.remove_prefix(end + 1);
    }
    return {};
}

Expected<void> TextListParser::end_line() {
    const auto error = [this](std::size_t at, const std::string& what) {
        return fail(ErrorCode::invalid, "line " + std::to_string(line_number_) + ", column " +
                                            std::to_string(at + 1) + ": " + what);
    };
    const std::string_view content = std::string_view(line_).substr(0, line_.find('#'));
    const std::string_view address = trimmed(content);
    if (!address.empty()) {
        const auto column = static_cast<std::size_t>(address.data() - line_.data());
        if (const auto at = first_unprintable(address))
            return error(column + *at, "a control character or no UTF-8; is this a text file?");
        if (const auto what = not_one_word(address)) return error(column, *what);
        if (file_.entries.size() >= kEntriesMax) return too_many_entries();
        file_.entries.push_back({.text = std::string(address)});
    }
    line_.clear();
    ++line_number_;
    return {};
}

Expected<ListFile> TextListParser::finish() {
    if (!line_.empty()) TRY(end_line());
    if (!file_.entries.empty()) file_.parties.emplace_back();  // one owner without a name
    return std::move(file_);
}

CsvListParser::CsvListParser()
    : reader_([this](const std::vector<CsvField>& row) { return take(row); }) {}

Expected<void> CsvListParser::take(const std::vector<CsvField>& row) {
    const bool comment = !row[0].quoted && row[0].text.starts_with('#');
    const bool blank = row.size() == 1 && trimmed(row[0].text).empty();
    if (comment || blank) return {};
    return width_ == 0 ? take_header(row) : take_entry(row);
}

Expected<void> CsvListParser::take_header(const std::vector<CsvField>& row) {
    width_ = row.size();
    columns_.resize(kCsvColumns);
    std::string unread;
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (row[i].text == "first_seen_list_date")
            return fail(
                ErrorCode::invalid,
                place(row[i]) + ": this is a history of a list, not a list; import its snapshots");
        const auto column = csv_column(row[i].text);
        if (!column) {
            unread += (unread.empty() ? "" : ", ") + one_line(row[i].text);
            continue;
        }
        auto& at = columns_[static_cast<std::size_t>(*column)];
        if (at)
            return fail(ErrorCode::invalid, place(row[i]) + ": the column \"" + row[i].text +
                                                "\" means the same as \"" + row[*at].text + "\"");
        at = i;
    }
    if (!columns_[static_cast<std::size_t>(CsvColumn::address)])
        return fail(ErrorCode::invalid,
                    place(row[0]) +
                        ": no column is called \"address\"; a CSV list begins with a header such "
                        "as address,ledger,name,listed,removed,program");
    if (!unread.empty()) file_.warnings.push_back("columns that are not read: " + unread);
    return {};
}

std::string CsvListParser::cell(const std::vector<CsvField>& row, CsvColumn column) const {
    const auto at = columns_[static_cast<std::size_t>(column)];
    return at ? one_line(row[*at].text) : std::string();
}

Expected<std::optional<Time>> CsvListParser::date(const std::vector<CsvField>& row,
                                                  CsvColumn column) const {
    const std::string text = cell(row, column);
    if (text.empty()) return std::nullopt;
    const auto time = parse_time(text);
    if (!time)
        return with_context(time.error(), place(row[*columns_[static_cast<std::size_t>(column)]]));
    return *time;
}

Expected<void> CsvListParser::take_entry(const std::vector<CsvField>& row) {
    if (row.size() != width_)
        return fail(ErrorCode::invalid, place(row[0]) + ": the row has " +
                                            std::to_string(row.size()) +
                                            " fields, the header has " + std::to_string(width_));
    ListEntry entry{.text = cell(row, CsvColumn::address), .ticker = cell(row, CsvColumn::ticker)};
    const CsvField& field = row[*columns_[static_cast<std::size_t>(CsvColumn::address)]];
    if (entry.text.empty()) return fail(ErrorCode::invalid, place(field) + ": no address");
    if (const auto what = not_one_word(entry.text))
        return fail(ErrorCode::invalid, place(field) + ": " + *what);
    entry.listed_on = TRY(date(row, CsvColumn::listed));
    entry.removed_on = TRY(date(row, CsvColumn::removed));
    if (entry.listed_on && entry.removed_on && *entry.removed_on < *entry.listed_on)
        return fail(ErrorCode::invalid, place(field) + ": removed before it was listed");
    ListParty party{.id = cell(row, CsvColumn::party),
                    .name = cell(row, CsvColumn::name),
                    .programs = words(cell(row, CsvColumn::program))};
    party.designated_on = TRY(date(row, CsvColumn::designated));
    if (columns_[static_cast<std::size_t>(CsvColumn::designated)])
        party.designation = party.designated_on ? Designation::stated : Designation::missing;
    if (file_.entries.size() >= kEntriesMax) return too_many_entries();
    entry.party = party_index(std::move(party));
    file_.entries.push_back(std::move(entry));
    return {};
}

std::size_t CsvListParser::party_index(ListParty party) {
    const auto [at, added] = parties_.try_emplace(std::move(party), file_.parties.size());
    if (added) file_.parties.push_back(at->first);
    return at->second;
}

Expected<ListFile> CsvListParser::finish() {
    TRY(reader_.finish());
    if (width_ == 0) return fail(ErrorCode::invalid, "line 1: the file is empty");
    file_.party_count = static_cast<std::uint64_t>(std::count_if(
        file_.parties.begin(), file_.parties.end(),
        [](const ListParty& party) { return !party.id.empty() || !party.name.empty(); }));
    return std::move(file_);
}

}  // namespace wagetrail::lists
