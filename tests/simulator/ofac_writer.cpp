#include "tests/simulator/ofac_writer.h"

#include <algorithm>
#include <array>
#include <ostream>

namespace wagetrail::simulator {
namespace {

constexpr std::string_view kNamespace = "https://wagetrail.invalid/simulation/ADVANCED_XML";
constexpr std::size_t kFirstParty = 700'001;
constexpr std::size_t kFeaturesPerParty = 10;
constexpr std::string_view kXbtType = "9101";
constexpr std::string_view kLtcType = "9102";

/// Parties that have nothing to do with the chain.
struct Bystander {
    std::string_view name;
    std::string_view designated;
};
constexpr std::array kBystanders = {
    Bystander{"SIMULATED PARTY WITHOUT ADDRESSES", "2020-03-02"},
    Bystander{"SIMULATED TRADING HOUSE", "2021-12-10"},
};

struct Entry {
    std::size_t id = 0;  // the same in every publication
    std::string name;
    Time designated;
    std::vector<Address> addresses;
};

std::vector<Entry> entries_on(const Truth& truth, Time day) {
    std::vector<Entry> entries;
    std::size_t id = kFirstParty;
    for (const Bystander& one : kBystanders) {
        const auto designated = parse_time(one.designated);
        CHECK(designated.has_value());
        entries.push_back({id++, std::string(one.name), *designated, {}});
    }
    for (const ListedParty& party : truth.parties) {
        Entry entry{id++, party.name, party.designated, {}};
        if (party.designated > day) continue;
        for (const ListedAddress& one : party.addresses) {
            if (one.published <= day) entry.addresses.push_back(one.address);
        }
        entries.push_back(std::move(entry));
    }
    return entries;
}

void write_date(std::ostream& out, std::string_view indent, Time time) {
    const std::string date = date_text(time);  // 2023-04-05
    const auto number = [&](std::size_t from, std::size_t size) {
        return std::stoi(date.substr(from, size));
    };
    out << indent << "<Year>" << number(0, 4) << "</Year>\n"
        << indent << "<Month>" << number(5, 2) << "</Month>\n"
        << indent << "<Day>" << number(8, 2) << "</Day>\n";
}

void write_reference_values(std::ostream& out) {
    out << R"(  <ReferenceValueSets>
    <AliasTypeValues>
      <AliasType ID="11">Name</AliasType>
    </AliasTypeValues>
    <CalendarTypeValues>
      <CalendarType ID="1">Gregorian</CalendarType>
    </CalendarTypeValues>
    <DetailTypeValues>
      <DetailType ID="21">TEXT</DetailType>
    </DetailTypeValues>
    <DocNameStatusValues>
      <DocNameStatus ID="1">Primary Latin</DocNameStatus>
    </DocNameStatusValues>
    <EntryEventTypeValues>
      <EntryEventType ID="1">Created</EntryEventType>
    </EntryEventTypeValues>
    <FeatureTypeValues>
      <FeatureType ID="9001" FeatureTypeGroupID="1">Website</FeatureType>
      <FeatureType ID=")"
        << kXbtType << R"(" FeatureTypeGroupID="1">Digital Currency Address - XBT</FeatureType>
      <FeatureType ID=")"
        << kLtcType << R"(" FeatureTypeGroupID="1">Digital Currency Address - LTC</FeatureType>
    </FeatureTypeValues>
    <FeatureTypeGroupValues>
      <FeatureTypeGroup ID="1">Unknown</FeatureTypeGroup>
    </FeatureTypeGroupValues>
    <ListValues>
      <List ID="31">SDN List</List>
    </ListValues>
    <NamePartTypeValues>
      <NamePartType ID="41">Entity Name</NamePartType>
    </NamePartTypeValues>
    <PartySubTypeValues>
      <PartySubType ID="3" PartyTypeID="2">Unknown</PartySubType>
    </PartySubTypeValues>
    <PartyTypeValues>
      <PartyType ID="2">Entity</PartyType>
    </PartyTypeValues>
    <ReliabilityValues>
      <Reliability ID="51">Confirmed</Reliability>
    </ReliabilityValues>
    <SanctionsTypeValues>
      <SanctionsType ID="61">Block</SanctionsType>
      <SanctionsType ID="1">Program</SanctionsType>
    </SanctionsTypeValues>
    <ScriptValues>
      <Script ID="215" ScriptCode="Latn">Latin</Script>
    </ScriptValues>
  </ReferenceValueSets>
  <Locations />
  <IDRegDocuments />
)";
}

void write_identity(std::ostream& out, std::size_t id, std::string_view name) {
    out << "        <Identity ID=\"" << id << "\" FixedRef=\"" << id
        << "\" Primary=\"true\" False=\"false\">\n"
        << "          <Alias FixedRef=\"" << id
        << "\" AliasTypeID=\"11\" Primary=\"true\" LowQuality=\"false\">\n"
        << "            <DocumentedName ID=\"" << id << "\" FixedRef=\"" << id
        << "\" DocNameStatusID=\"1\">\n"
        << "              <DocumentedNamePart>\n"
        << "                <NamePartValue NamePartGroupID=\"" << id
        << "\" ScriptID=\"215\" ScriptStatusID=\"1\" Acronym=\"false\">" << name
        << "</NamePartValue>\n"
        << "              </DocumentedNamePart>\n"
        << "            </DocumentedName>\n"
        << "          </Alias>\n"
        << "          <NamePartGroups>\n"
        << "            <MasterNamePartGroup>\n"
        << "              <NamePartGroup ID=\"" << id << "\" NamePartTypeID=\"41\" />\n"
        << "            </MasterNamePartGroup>\n"
        << "          </NamePartGroups>\n"
        << "        </Identity>\n";
}

void write_feature(
    std::ostream& out, std::size_t id, std::size_t party, LedgerId ledger, const Address& address) {
    const std::string_view type = ledger == LedgerId::ltc_regtest ? kLtcType : kXbtType;
    out << "        <Feature ID=\"" << id << "\" FeatureTypeID=\"" << type << "\">\n"
        << "          <FeatureVersion ID=\"" << id << "\" ReliabilityID=\"51\">\n"
        << "            <Comment />\n"
        << "            <VersionDetail DetailTypeID=\"21\">" << text(address)
        << "</VersionDetail>\n"
        << "          </FeatureVersion>\n"
        << "          <IdentityReference IdentityID=\"" << party
        << "\" IdentityFeatureLinkTypeID=\"1\" />\n"
        << "        </Feature>\n";
}

void write_sanctions_entry(std::ostream& out, const Entry& entry) {
    const std::size_t id = entry.id;
    out << "    <SanctionsEntry ID=\"" << id << "\" ProfileID=\"" << id << "\" ListID=\"31\">\n"
        << "      <EntryEvent ID=\"" << id << "\" EntryEventTypeID=\"1\" LegalBasisID=\"1\">\n"
        << "        <Comment />\n"
        << "        <Date CalendarTypeID=\"1\">\n";
    write_date(out, "          ", entry.designated);
    out << "        </Date>\n"
        << "      </EntryEvent>\n"
        << "      <SanctionsMeasure ID=\"" << id << "\" SanctionsTypeID=\"61\">\n"
        << "        <DatePeriod CalendarTypeID=\"1\" YearFixed=\"true\" MonthFixed=\"true\" "
           "DayFixed=\"true\" />\n"
        << "      </SanctionsMeasure>\n"
        << "      <SanctionsMeasure ID=\"" << id + 100'000 << "\" SanctionsTypeID=\"1\">\n"
        << "        <Comment>SIMULATION</Comment>\n"
        << "        <DatePeriod CalendarTypeID=\"1\" YearFixed=\"true\" MonthFixed=\"true\" "
           "DayFixed=\"true\" />\n"
        << "      </SanctionsMeasure>\n"
        << "    </SanctionsEntry>\n";
}

}  // namespace

Time full_publication(const Truth& truth) {
    Time last;
    for (const ListedParty& party : truth.parties) {
        for (const ListedAddress& one : party.addresses) last = std::max(last, one.published);
    }
    return last;
}

void write_ofac(std::ostream& out, const Truth& truth, Time day) {
    const std::vector<Entry> entries = entries_on(truth, day);
    out << "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n"
        << "<!-- Simulated by wagetrail-sim. Nobody named here is real. -->\n"
        << "<Sanctions Version=\"3\" xmlns=\"" << kNamespace << "\">\n"
        << "  <DateOfIssue CalendarTypeID=\"1\">\n";
    write_date(out, "    ", day);
    out << "  </DateOfIssue>\n";
    write_reference_values(out);

    out << "  <DistinctParties>\n";
    for (const Entry& entry : entries) {
        out << "    <DistinctParty FixedRef=\"" << entry.id << "\">\n"
            << "      <Comment>Simulated, not a real party</Comment>\n"
            << "      <Profile ID=\"" << entry.id << "\" PartySubTypeID=\"3\">\n";
        write_identity(out, entry.id, entry.name);
        std::size_t feature = entry.id * kFeaturesPerParty;
        for (const Address& address : entry.addresses)
            write_feature(out, feature++, entry.id, truth.parameters.ledger, address);
        out << "      </Profile>\n    </DistinctParty>\n";
    }
    out << "  </DistinctParties>\n  <ProfileRelationships />\n  <SanctionsEntries>\n";
    for (const Entry& entry : entries) write_sanctions_entry(out, entry);
    out << "  </SanctionsEntries>\n</Sanctions>\n";
}

}  // namespace wagetrail::simulator
