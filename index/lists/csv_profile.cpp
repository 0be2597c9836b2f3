#include "index/lists/csv_profile.h"

#include "index/lists/printable.h"

#include <set>

namespace wagetrail::lists {
namespace {

using Column = CsvProfile::Column;

constexpr std::array kEuFr = {
    Column{"address", CsvColumn::address},  Column{"currency", CsvColumn::ticker},
    Column{"entity", CsvColumn::name},      Column{"source", CsvColumn::ignored},
    Column{"checksum", CsvColumn::ignored},
};
constexpr std::array kFbi = {
    Column{"address", CsvColumn::address},
    Column{"chain", CsvColumn::ticker},
    Column{"label", CsvColumn::name},
    Column{"publication", CsvColumn::listed},
};
constexpr std::array kNbctf = {
    Column{"order", CsvColumn::order},       Column{"updated", CsvColumn::updated},
    Column{"valid_to", CsvColumn::validity}, Column{"address", CsvColumn::address},
    Column{"chain", CsvColumn::ticker},      Column{"checksum", CsvColumn::ignored},
};

constexpr std::array kProfiles = {
    CsvProfile{.name = "eu-fr", .authority = "", .dates = DateForm::iso, .columns = kEuFr},
    CsvProfile{.name = "fbi-ic3", .authority = "", .dates = DateForm::iso, .columns = kFbi},
    CsvProfile{.name = "il-nbctf",
               .authority = "NBCTF",
               .dates = DateForm::day_month_year,
               .columns = kNbctf},
};

// "forfeiture order (forfeiture" - a number such as 17/24 follows, and a closing parenthesis.
constexpr std::string_view kForfeiture = "צו חילוט (צח ";

bool is_order(std::string_view text) {
    const std::size_t slash = text.find('/');
    return slash != 0 && slash <= 4 && text.size() == slash + 3 &&
           text.find_first_not_of("0123456789/") == std::string_view::npos &&
           text.find('/', slash + 1) == std::string_view::npos;
}

}  // namespace

std::span<const CsvProfile> csv_profiles() {
    return kProfiles;
}

Expected<const CsvProfile*> find_csv_profile(std::string_view name) {
    if (name == "plain") return nullptr;
    std::string names = "plain";
    for (const CsvProfile& profile : kProfiles) {
        if (profile.name == name) return &profile;
        names += ", " + std::string(profile.name);
    }
    return fail(ErrorCode::invalid,
                "no profile is called \"" + std::string(name) + "\"; there are: " + names);
}

const CsvProfile* csv_profile_of(const std::vector<CsvField>& header) {
    std::multiset<std::string> names;
    for (const CsvField& field : header) names.insert(ascii_lower(trimmed(field.text)));
    for (const CsvProfile& profile : kProfiles) {
        std::multiset<std::string> wanted;
        for (const Column& column : profile.columns) wanted.emplace(column.header);
        if (names == wanted) return &profile;
    }
    return nullptr;
}

std::optional<CsvColumn> csv_column(const CsvProfile& profile, std::string_view header) {
    const std::string name = ascii_lower(trimmed(header));
    for (const Column& column : profile.columns)
        if (column.header == name) return column.column;
    return std::nullopt;
}

Expected<Validity> parse_validity(std::string_view text, DateForm dates) {
    if (text.empty() || text == "-") return Validity{};
    if (text.starts_with(kForfeiture) && text.ends_with(')')) {
        text.remove_prefix(kForfeiture.size());
        text.remove_suffix(1);
        if (is_order(text)) return Validity{.until = {}, .forfeiture = std::string(text)};
        return fail(ErrorCode::invalid,
                    "\"" + std::string(text) + "\" is not a number of an order such as 17/24");
    }
    return Validity{.until = TRY(parse_date(text, dates)), .forfeiture = {}};
}

Expected<Time> year_of_order(std::string_view order) {
    if (!is_order(order))
        return fail(ErrorCode::invalid, "\"" + std::string(order.substr(0, 40)) +
                                            "\" is not a number of an order such as 33/24");
    return parse_time("20" + std::string(order.substr(order.size() - 2)) + "-01-01");
}

}  // namespace wagetrail::lists
