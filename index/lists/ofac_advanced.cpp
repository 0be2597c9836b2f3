#include "index/lists/ofac_advanced.h"

#include "index/lists/printable.h"

#include <algorithm>
#include <utility>

namespace wagetrail::lists {
namespace {

constexpr std::size_t kReferencesMax = 100'000;  // OFAC: under 1,000 in each table

// FAQ 563, and the codes seen in the file since.
constexpr std::array<std::string_view, 24> kKnownTickers = {
    "ARB", "BCH",   "BNB", "BSC", "BSV", "BTC",  "BTG",  "DASH", "DOGE", "ETC", "ETH", "LTC",
    "NEO", "MIOTA", "PTR", "SOL", "TRX", "USDC", "USDT", "XBT",  "XMR",  "XRP", "XVG", "ZEC",
};

struct TableElement {
    std::string_view element;
    std::size_t table;
};
constexpr std::array kTableElements = {
    TableElement{"FeatureType", 0},
    TableElement{"List", 1},
    TableElement{"SanctionsType", 2},
    TableElement{"DocNameStatus", 3},
};

std::optional<std::size_t> table_of(std::string_view element) {
    for (const TableElement& known : kTableElements)
        if (known.element == element) return known.table;
    return std::nullopt;
}

bool is_date_part(std::string_view element) {
    return element == "Year" || element == "Month" || element == "Day";
}

std::string padded(std::string_view digits, std::size_t width) {
    const std::string_view number = trimmed(digits);
    return std::string(width - std::min(width, number.size()), '0') + std::string(number);
}

void keep_earlier(std::optional<Time>& kept, Time date) {
    if (!kept || date < *kept) kept = date;
}

}  // namespace

bool known_ticker(std::string_view ticker) {
    return std::find(kKnownTickers.begin(), kKnownTickers.end(), ticker) != kKnownTickers.end();
}

OfacAdvancedParser::OfacAdvancedParser()
    : reader_(
          {.start = [this](std::string_view element,
                           const XmlAttributes& attributes) { return start(element, attributes); },
           .end = [this](std::string_view element,
                         std::string_view text) { return end(element, text); }}) {}

const std::string& OfacAdvancedParser::resolve(Table table, std::string_view id) const {
    static const std::string kNone;
    const Reference& names = references_[static_cast<std::size_t>(table)];
    const auto at = names.find(std::string(id));
    return at == names.end() ? kNone : at->second;
}

Expected<void> OfacAdvancedParser::start(std::string_view element,
                                         const XmlAttributes& attributes) {
    if (!root_seen_) {
        if (element != "Sanctions")
            return fail(ErrorCode::invalid,
                        "the root element is <" + printable_line(element.substr(0, 60)) +
                            ">, not <Sanctions>: this is not OFAC's sdn_advanced.xml");
        root_seen_ = true;
        file_.xml_namespace =
            printable_line(attributes.declared_namespace().substr(0, kNameBytesMax));
    } else if (party_) {
        start_in_party(element, attributes);
    } else if (entry_profile_) {
        start_in_entry(element, attributes);
    } else if (table_of(element)) {
        reference_id_ = attributes.get("ID");
    } else if (element == "DateOfIssue") {
        in_date_of_issue_ = true;
        date_ = {};
    } else if (element == "DistinctParty") {
        if (++file_.party_count > kPartiesMax)
            return fail(ErrorCode::limit, "more parties than any list has");
        party_ = Party{};
        party_->id = TRY(bounded_name(attributes.get("FixedRef")));
    } else if (element == "SanctionsEntry") {
        const std::string profile(attributes.get("ProfileID"));
        if (!profiles_.contains(profile)) return {};
        entry_profile_ = profile;
        entry_on_sdn_list_ = resolve(Table::lists, attributes.get("ListID")) == "SDN List";
    }
    return {};
}

void OfacAdvancedParser::start_in_party(std::string_view element, const XmlAttributes& attributes) {
    if (element == "Profile") {
        party_->profiles.emplace_back(attributes.get("ID"));
    } else if (element == "Identity") {
        primary_identity_ = attributes.get("Primary") == "true";
    } else if (element == "Alias") {
        primary_alias_ = attributes.get("Primary") == "true";
    } else if (element == "DocumentedName") {
        const bool latin =
            resolve(Table::name_statuses, attributes.get("DocNameStatusID")) == "Primary Latin";
        documented_name_rank_ =
            1 + (latin ? 1 : 0) + (primary_alias_ ? 2 : 0) + (primary_identity_ ? 4 : 0);
        documented_name_.clear();
    } else if (element == "Feature") {
        const std::string& type = resolve(Table::feature_types, attributes.get("FeatureTypeID"));
        if (type.empty()) ++unnamed_types_;
        ticker_.reset();
        if (type.starts_with(kOfacAddressPrefix)) ticker_ = type.substr(kOfacAddressPrefix.size());
    }
}

void OfacAdvancedParser::start_in_entry(std::string_view element, const XmlAttributes& attributes) {
    if (element == "EntryEvent") in_entry_event_ = true;
    if (element == "EntryEvent" || element == "Date") date_ = {};
    if (element == "SanctionsMeasure")
        measure_is_program_ =
            resolve(Table::sanctions_types, attributes.get("SanctionsTypeID")) == "Program";
}

Expected<void> OfacAdvancedParser::end(std::string_view element, std::string_view text) {
    if (party_) return end_in_party(element, text);
    if (entry_profile_) return end_in_entry(element, text);
    if (in_date_of_issue_) {
        take_date_part(element, text);
        if (element != "DateOfIssue") return {};
        in_date_of_issue_ = false;
        const auto issued = parse_time(date_.year + "-" + date_.month + "-" + date_.day);
        if (!issued) return with_context(issued.error(), "DateOfIssue");
        file_.published = *issued;
        return {};
    }
    return end_reference(element, text);
}

Expected<void> OfacAdvancedParser::end_reference(std::string_view element, std::string_view text) {
    const auto table = table_of(element);
    if (!table || reference_id_.empty()) return {};
    Reference& names = references_[*table];
    if (names.size() >= kReferencesMax)
        return fail(ErrorCode::limit, "more reference values than any list has");
    names.insert_or_assign(std::exchange(reference_id_, {}), printable_line(text));
    return {};
}

Expected<void> OfacAdvancedParser::end_in_party(std::string_view element, std::string_view text) {
    if (element == "NamePartValue") {
        documented_name_ += (documented_name_.empty() ? "" : " ") + TRY(bounded_name(text));
        documented_name_ = TRY(bounded_name(documented_name_));
    } else if (element == "DocumentedName") {
        take_name();
    } else if (element == "VersionDetail" && ticker_) {
        const std::string address = printable_line(text);
        if (address.size() > kAddressBytesMax)
            return fail(ErrorCode::invalid, "an address longer than 256 bytes");
        if (address.empty())
            file_.warn("party " + party_->id + ": a Digital Currency Address - " + *ticker_ +
                       " without text");
        else
            party_->entries.push_back({.text = address, .ticker = *ticker_});
    } else if (element == "Feature") {
        ticker_.reset();
    } else if (element == "DistinctParty") {
        return end_party();
    }
    return {};
}

void OfacAdvancedParser::take_name() {
    if (documented_name_.empty()) return;
    if (party_->names.size() < kAliasesMax) party_->names.insert(documented_name_);
    if (documented_name_rank_ <= party_->name_rank) return;
    party_->name = documented_name_;
    party_->name_rank = documented_name_rank_;
}

Expected<void> OfacAdvancedParser::end_party() {
    Party party = *std::exchange(party_, std::nullopt);
    if (party.entries.empty()) return {};
    for (const std::string& profile : party.profiles)
        profiles_.emplace(profile, file_.parties.size());
    designations_.emplace_back();
    party.names.erase(party.name);
    return file_.add({.id = party.id, .name = party.name, .designation = Designation::missing},
                     {party.names.begin(), party.names.end()}, std::move(party.entries));
}

Expected<void> OfacAdvancedParser::end_in_entry(std::string_view element, std::string_view text) {
    Designations& known = designations_[profiles_.at(*entry_profile_)];
    if (element == "Comment" && measure_is_program_) {
        const std::string program = TRY(bounded_name(text));
        if (!program.empty() && known.programs.size() < kProgramsMax)
            known.programs.insert(program);
    } else if (element == "SanctionsMeasure") {
        measure_is_program_ = false;
    } else if (element == "Date" && in_entry_event_) {
        const auto date = parse_time(date_.year + "-" + date_.month + "-" + date_.day);
        if (date)
            keep_earlier(entry_on_sdn_list_ ? known.on_sdn_list : known.elsewhere, *date);
        else
            file_.warn("profile " + *entry_profile_ + ": an entry date that is none is not read");
    } else if (element == "EntryEvent") {
        in_entry_event_ = false;
    } else if (element == "SanctionsEntry") {
        entry_profile_.reset();
    } else {
        take_date_part(element, text);
    }
    return {};
}

void OfacAdvancedParser::take_date_part(std::string_view element, std::string_view text) {
    if (!is_date_part(element)) return;
    const std::string_view digits = text.substr(0, 8);  // bounds what an error message repeats
    if (element == "Year") date_.year = padded(digits, 4);
    if (element == "Month") date_.month = padded(digits, 2);
    if (element == "Day") date_.day = padded(digits, 2);
}

Expected<ListFile> OfacAdvancedParser::finish() {
    TRY(reader_.finish());
    if (file_.party_count == 0)
        return fail(ErrorCode::invalid, "the document names no party at all");
    const auto& types = references_[static_cast<std::size_t>(Table::feature_types)];
    if (std::none_of(types.begin(), types.end(),
                     [](const auto& type) { return type.second.starts_with(kOfacAddressPrefix); }))
        file_.warn(
            "the file has no feature type \"Digital Currency Address - ...\": no address was read");
    if (unnamed_types_ > 0)
        file_.warn(std::to_string(unnamed_types_) +
                   " features of types that the file does not name");
    for (std::size_t i = 0; i < file_.parties.size(); ++i) {
        ListParty& party = file_.parties[i];
        const Designations& known = designations_[i];
        party.programs.assign(known.programs.begin(), known.programs.end());
        party.designated_on = known.on_sdn_list ? known.on_sdn_list : known.elsewhere;
        if (party.designated_on)
            party.designation = Designation::stated;
        else
            file_.warn("party " + party.id + " (" + party.name + ") has no designation date");
    }
    for (const auto& [id, type] : types)
        if (type.starts_with(kOfacAddressPrefix))
            file_.codes.insert(type.substr(kOfacAddressPrefix.size()));
    file_.tell_left_out();
    return std::move(file_);
}

}  // namespace wagetrail::lists
