// How a certain authority's CSV is read: which column means what, and how its dates are written.
// A profile applies when the header has exactly its columns, so that a file that changes its form
// is refused instead of half read. The table:
//
// plain      the columns of text_list.h, in any order; dates 2025-03-21
// il-nbctf   Israel, seizure orders: order, updated, valid_to, address, chain, checksum. Dates
//            21.03.2025. An order came out in the year of its number ("33/24") and not later than
//            its last update: between the two we do not know. valid_to is a date (the order ends
//            with that day), a forfeiture order in Hebrew (it does not end), or "-" (not stated).
// eu-fr      EU annexes as in the French register: address, currency, entity, source, checksum.
//            No dates: an address was out by the day of the import.
// fbi-ic3    FBI public service announcements: address, chain, label, publication (2025-02-26,
//            the day on which it came out).
//
// The column checksum is somebody's opinion about the address; ours is computed.
#pragma once

#include "chain/base/expected.h"

#include "index/lists/csv.h"
#include "index/lists/list_date.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail::lists {

/// What a column of a CSV list holds.
enum class CsvColumn : std::uint8_t {
    address,
    ticker,
    name,
    party,
    program,
    designated,
    listed,
    removed,
    order,     // of an authority, "33/24": the owner's id, and the year before which it was not out
    updated,   // the address was out by then
    validity,  // until when, or that it is a forfeiture
    ignored,   // known, and says nothing that we keep
};
inline constexpr std::size_t kCsvColumns = 12;

struct CsvProfile {
    std::string_view name;
    std::string_view authority;  // what its orders are called by: "NBCTF"
    DateForm dates = DateForm::iso;
    struct Column {
        std::string_view header;
        CsvColumn column;
    };
    std::span<const Column> columns;
};

/// Those with a fixed header, in order of name.
[[nodiscard]] std::span<const CsvProfile> csv_profiles();
/// By name; invalid, with the names there are. "plain" is nullptr.
[[nodiscard]] Expected<const CsvProfile*> find_csv_profile(std::string_view name);
/// Whose header this is, in any order of columns; nullptr: nobody's.
[[nodiscard]] const CsvProfile* csv_profile_of(const std::vector<CsvField>& header);
/// The column of the profile with that header.
[[nodiscard]] std::optional<CsvColumn> csv_column(const CsvProfile& profile,
                                                  std::string_view header);

/// What the cell "valid_to" of a seizure order says.
struct Validity {
    std::optional<Time> until;  // the order ends with that day
    std::string forfeiture;     // number of the order that took its place: "17/24"
};
Expected<Validity> parse_validity(std::string_view text, DateForm dates);

/// First second of the year in an order's number: "33/24" is 2024.
Expected<Time> year_of_order(std::string_view order);

}  // namespace wagetrail::lists
