#include "index/lists/text_list.h"

#include "index/lists/csv_cells.h"
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

std::unexpected<Error> too_many_entries() {
    return fail(ErrorCode::limit,
                "the list has more than " + std::to_string(kEntriesMax) + " addresses");
}

/// OFAC's sdn.csv, add.csv, alt.csv and sdn_comments.csv begin with a record instead of a header:
/// the party's number, then text.
bool is_ofac_record(const std::vector<CsvField>& row) {
    const std::string_view number = trimmed(row[0].text);
    return row.size() > 1 && !number.empty() &&
           number.find_first_not_of("0123456789") == std::string_view::npos;
}

std::unexpected<Error> ofac_csv(const CsvField& field) {
    return fail(ErrorCode::invalid,
                place(field) +
                    ": the first line is a record and no header, as in OFAC's CSV files. Those are "
                    "not read: they cut remarks at 1,000 characters, in the middle of addresses, "
                    "and lack about half of the addresses. Import sdn_advanced.xml or sdn.xml");
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

CsvListParser::CsvListParser(std::string profile)
    : profile_name_(std::move(profile)),
      reader_([this](const std::vector<CsvField>& row) { return take(row); }) {}

Expected<void> CsvListParser::take(const std::vector<CsvField>& row) {
    if (is_blank_or_comment(row)) return {};
    return width_ == 0 ? take_header(row) : take_entry(row);
}

Expected<void> CsvListParser::take_header(const std::vector<CsvField>& row) {
    width_ = row.size();
    columns_.resize(kCsvColumns);
    if (is_ofac_record(row)) return ofac_csv(row[0]);
    const CsvProfile* const fitting = csv_profile_of(row);
    profile_ = profile_name_.empty() ? fitting : TRY(find_csv_profile(profile_name_));
    if (profile_ == nullptr) return take_plain_header(row);
    if (profile_ != fitting)
        return fail(ErrorCode::invalid,
                    place(row[0]) + ": the header is not that of the profile " + profile_name_);
    return take_profile_header(row);
}

Expected<void> CsvListParser::take_column(const std::vector<CsvField>& row,
                                          std::size_t at,
                                          CsvColumn column) {
    auto& taken = columns_[static_cast<std::size_t>(column)];
    if (taken)
        return fail(ErrorCode::invalid, place(row[at]) + ": the column \"" + row[at].text +
                                            "\" means the same as \"" + row[*taken].text + "\"");
    taken = at;
    return {};
}

Expected<void> CsvListParser::take_profile_header(const std::vector<CsvField>& row) {
    for (std::size_t i = 0; i < row.size(); ++i) {
        const auto column = csv_column(*profile_, row[i].text);
        CHECK(column);  // csv_profile_of compared them all
        if (*column != CsvColumn::ignored) TRY(take_column(row, i, *column));
    }
    return {};
}

Expected<void> CsvListParser::take_plain_header(const std::vector<CsvField>& row) {
    std::string unread;
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (trimmed(row[i].text) == "first_seen_list_date")
            return fail(
                ErrorCode::invalid,
                place(row[i]) + ": the dates of a history of a list, without its other columns");
        if (const auto column = csv_column(row[i].text))
            TRY(take_column(row, i, *column));
        else
            unread += (unread.empty() ? "" : ", ") + one_line(row[i].text);
    }
    if (!has(CsvColumn::address))
        return fail(ErrorCode::invalid,
                    place(row[0]) +
                        ": no column is called \"address\"; a CSV list begins with a header such "
                        "as address,ledger,name,listed,removed,program");
    if (!unread.empty()) file_.warn("columns that are not read: " + unread);
    return {};
}

bool CsvListParser::has(CsvColumn column) const {
    return columns_[static_cast<std::size_t>(column)].has_value();
}

const CsvField& CsvListParser::field(const std::vector<CsvField>& row, CsvColumn column) const {
    return row[*columns_[static_cast<std::size_t>(column)]];
}

std::string CsvListParser::cell(const std::vector<CsvField>& row, CsvColumn column) const {
    return has(column) ? one_line(field(row, column).text) : std::string();
}

Expected<std::optional<Time>> CsvListParser::date(const std::vector<CsvField>& row,
                                                  CsvColumn column) const {
    const std::string text = cell(row, column);
    if (text.empty()) return std::nullopt;
    const auto time = parse_date(text, profile_ != nullptr ? profile_->dates : DateForm::iso);
    if (!time) return with_context(time.error(), place(field(row, column)));
    return *time;
}

Expected<ListParty> CsvListParser::party_of(const std::vector<CsvField>& row) const {
    ListParty party{.id = TRY(bounded_name(cell(row, CsvColumn::party))),
                    .name = TRY(bounded_name(cell(row, CsvColumn::name))),
                    .programs = csv_words(cell(row, CsvColumn::program))};
    party.designated_on = TRY(date(row, CsvColumn::designated));
    if (has(CsvColumn::designated))
        party.designation = party.designated_on ? Designation::stated : Designation::missing;
    return party;
}

/// A seizure order: its number names the owner, who is not named otherwise.
Expected<void> CsvListParser::take_order(const std::vector<CsvField>& row,
                                         ListParty& party,
                                         ListEntry& entry) const {
    const std::string order = cell(row, CsvColumn::order);
    const auto year = year_of_order(order);
    if (!year) return with_context(year.error(), place(field(row, CsvColumn::order)));
    const CsvField& valid_to = field(row, CsvColumn::validity);
    const auto validity = parse_validity(cell(row, CsvColumn::validity), profile_->dates);
    if (!validity) return with_context(validity.error(), place(valid_to));
    party.id = order;
    party.name = std::string(profile_->authority) + " order " + order;
    party.programs = {validity->forfeiture.empty() ? "seizure" : "forfeiture"};
    if (!validity->forfeiture.empty()) party.name += ", forfeited by " + validity->forfeiture;
    entry.listed_on = TRY(date(row, CsvColumn::updated));
    entry.removed_on = validity->until;
    if (!entry.listed_on)
        return fail(ErrorCode::invalid, place(field(row, CsvColumn::updated)) + ": no date");
    if (*entry.listed_on < *year)
        return fail(ErrorCode::invalid, place(field(row, CsvColumn::updated)) +
                                            ": updated before the year of its number");
    entry.listed_after = *year;
    return {};
}

Expected<void> CsvListParser::take_entry(const std::vector<CsvField>& row) {
    TRY(check_width(row, width_));
    ListEntry entry{.text = cell(row, CsvColumn::address), .ticker = cell(row, CsvColumn::ticker)};
    const CsvField& address = field(row, CsvColumn::address);
    TRY(check_address(address, entry.text));
    entry.listed_on = TRY(date(row, CsvColumn::listed));
    entry.removed_on = TRY(date(row, CsvColumn::removed));
    ListParty party = TRY(party_of(row));
    if (has(CsvColumn::order)) TRY(take_order(row, party, entry));
    if (entry.listed_on && entry.removed_on && *entry.removed_on < *entry.listed_on)
        return fail(ErrorCode::invalid, place(address) + ": removed before it was listed");
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
