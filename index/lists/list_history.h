// The history of a list by its versions: a CSV with one row per (address, ticker) and the columns
//   address, ticker, party_fixed_ref, primary_name, programs, party_listed,
//   first_seen_list_date   "2025-03-04": not in the version before, in this one. "<=2024-05-29":
//                          in the first version there is; when before, is not known
//   removed_by_list_date   "2025-03-21": in the version before, not in this one; empty: still there
// Every date in the last two columns is a version, so the history says of each version what stood
// on the list. It is imported as one snapshot per version (import.h), and the clocks of the
// addresses follow from those as they do from any snapshots. What a history cannot say is who else
// was on the list, without an address.
#pragma once

#include "chain/base/expected.h"
#include "chain/base/time.h"

#include "index/lists/csv.h"
#include "index/lists/list_file.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail::lists {

struct HistoryRow {
    std::size_t party = 0;  // index into ListHistory::parties
    std::string text;       // of the address
    std::string ticker;
    Time first;                   // version in which it appears
    std::optional<Time> removed;  // version in which it is gone
};

struct ListHistory {
    std::set<Time> versions;  // not empty
    std::vector<ListParty> parties;
    std::vector<HistoryRow> rows;
    Sha256Hash sha256;  // of the file

    /// What stood on the list in that version.
    [[nodiscard]] std::vector<const HistoryRow*> at(Time version) const;
};

/// Versions times rows: a hostile file ends here.
inline constexpr std::size_t kHistoryVersionsMax = 1'000;
inline constexpr std::size_t kHistoryCellsMax = 5'000'000;

/// True for a header with the two columns that only a history has.
[[nodiscard]] bool is_history_header(std::string_view line);

class HistoryParser {
  public:
    HistoryParser();
    HistoryParser(const HistoryParser&) = delete;
    HistoryParser& operator=(const HistoryParser&) = delete;
    HistoryParser(HistoryParser&&) = delete;
    HistoryParser& operator=(HistoryParser&&) = delete;
    ~HistoryParser() = default;

    Expected<void> feed(std::string_view piece) { return reader_.feed(piece); }
    Expected<ListHistory> finish();

  private:
    enum Column : std::uint8_t {
        address,
        ticker,
        party,
        name,
        programs,
        designated,
        first,
        removed
    };

    Expected<void> take(const std::vector<CsvField>& row);
    Expected<void> take_header(const std::vector<CsvField>& row);
    Expected<void> take_entry(const std::vector<CsvField>& row);
    [[nodiscard]] std::string cell(const std::vector<CsvField>& row, Column column) const;
    [[nodiscard]] Expected<std::optional<Time>> date(const std::vector<CsvField>& row,
                                                     Column column,
                                                     std::string_view text) const;

    CsvReader reader_;
    ListHistory history_;
    std::map<ListParty, std::size_t> parties_;
    std::optional<Time> first_version_;  // of the rows with "<="
    std::array<std::size_t, 8> columns_{};
    std::size_t width_ = 0;  // fields of the header; 0: not seen yet
};

/// Reads the file once, hashing as it parses. Errors name the file and the place.
Expected<ListHistory> load_history_file(
    const std::filesystem::path& file,
    const std::function<void(std::uint64_t done, std::uint64_t total)>& progress);

}  // namespace wagetrail::lists
