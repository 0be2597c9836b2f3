// Plain lists.
//
// TXT: one address per line; "#" begins a comment.
// CSV: a header line, then one address per row. Columns by name, in any order and case (the first
// name of a row is ours, the others are accepted):
//   address      wallet
//   ledger       chain, currency, ticker, asset          the list's claim, kept as ticker
//   name         entity, label, primary_name             the owner
//   party        party_id, party_fixed_ref               the list's own id of the owner
//   program      programs                                separated by spaces or semicolons
//   designated   designated_on, party_listed             when the owner was designated
//   listed       listed_on, date, published, publication when the address was published
//   removed      removed_on, delisted                    when it was removed
// Dates are 2025-10-14 or 2025-10-14T12:00:00Z. Other columns are named in a warning and not read.
// A header that is exactly an authority's is read by its profile instead (csv_profile.h).
//
// OFAC's own CSV files are refused: they have no header, cut remarks at 1,000 characters in the
// middle of addresses, and lack about half of them.
#pragma once

#include "chain/base/expected.h"

#include "index/lists/csv.h"
#include "index/lists/csv_profile.h"
#include "index/lists/list_file.h"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wagetrail::lists {

class TextListParser {
  public:
    Expected<void> feed(std::string_view piece);
    Expected<ListFile> finish();

  private:
    Expected<void> end_line();

    ListFile file_;
    std::string line_;
    std::size_t line_number_ = 1;
};

/// By a header's name, in a plain CSV; none: not one that we read.
[[nodiscard]] std::optional<CsvColumn> csv_column(std::string_view header);

class CsvListParser {
  public:
    /// profile: the name of one that the header must fit; empty: by the header.
    explicit CsvListParser(std::string profile = {});
    CsvListParser(const CsvListParser&) = delete;
    CsvListParser& operator=(const CsvListParser&) = delete;
    CsvListParser(CsvListParser&&) = delete;
    CsvListParser& operator=(CsvListParser&&) = delete;
    ~CsvListParser() = default;

    Expected<void> feed(std::string_view piece) { return reader_.feed(piece); }
    Expected<ListFile> finish();

  private:
    Expected<void> take(const std::vector<CsvField>& row);
    Expected<void> take_header(const std::vector<CsvField>& row);
    Expected<void> take_plain_header(const std::vector<CsvField>& row);
    Expected<void> take_profile_header(const std::vector<CsvField>& row);
    Expected<void> take_column(const std::vector<CsvField>& row, std::size_t at, CsvColumn column);
    Expected<void> take_entry(const std::vector<CsvField>& row);
    [[nodiscard]] Expected<ListParty> party_of(const std::vector<CsvField>& row) const;
    Expected<void> take_order(const std::vector<CsvField>& row,
                              ListParty& party,
                              ListEntry& entry) const;
    [[nodiscard]] bool has(CsvColumn column) const;
    [[nodiscard]] const CsvField& field(const std::vector<CsvField>& row, CsvColumn column) const;
    [[nodiscard]] std::string cell(const std::vector<CsvField>& row, CsvColumn column) const;
    [[nodiscard]] Expected<std::optional<Time>> date(const std::vector<CsvField>& row,
                                                     CsvColumn column) const;
    std::size_t party_index(ListParty party);

    std::string profile_name_;
    const CsvProfile* profile_ = nullptr;  // none: plain
    CsvReader reader_;
    ListFile file_;
    std::map<ListParty, std::size_t> parties_;
    std::vector<std::optional<std::size_t>> columns_;  // of the header, by CsvColumn
    std::size_t width_ = 0;                            // fields of the header; 0: not seen yet
};

}  // namespace wagetrail::lists
