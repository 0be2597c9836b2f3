#include "index/lists/lint.h"

#include "chain/base/join_words.h"

#include "index/lists/foreign_checksum.h"
#include "index/lists/list_diff.h"
#include "index/lists/listed_address.h"
#include "index/lists/lookalike.h"
#include "index/lists/ofac_advanced.h"

#include <algorithm>
#include <array>

namespace wagetrail::lists {
namespace {

/// Items by code, each once.
using Found = std::map<std::string, std::set<std::string>>;

constexpr std::array<std::string_view, 4> kNamespaces = {
    "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ADVANCED_XML",
    "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML",
    "http://www.un.org/sanctions/1.0",
    "http://tempuri.org/sdnList.xsd",
};
constexpr std::uint64_t kOfacPartiesMin = 5'000;  // 18,000 in 2025: far fewer are no whole list

bool is_ofac_file(FileKind kind) {
    return kind == FileKind::ofac_advanced || kind == FileKind::sdn_xml;
}

std::string party_name(const ListParty& party) {
    return party.id.empty() || party.name.empty() ? party.id + party.name
                                                  : party.id + " " + party.name;
}

/// A ticker that exists where wallets and mirrors come from, but not in OFAC's list.
bool foreign_code(const std::string& code) {
    if (code.empty() || known_ticker(code) || parse_ledger(code)) return false;
    return code != "TRON";  // the chain's name
}

bool nobody(const std::string& key) {
    constexpr std::string_view kPrefix = "evm:0x";
    if (!key.starts_with(kPrefix)) return false;
    const std::string digits = key.substr(kPrefix.size());
    // Zero, the precompiles, and the address that tokens are burnt to.
    return digits.find_first_not_of('0') == std::string::npos ||
           digits.find_first_not_of('0') >= 38 ||
           digits == "000000000000000000000000000000000000dead";
}

void look_at_text(Found& found, const ContentRow& row, const ListedAddress& address) {
    if (unmasked(row.text) != row.text) found["lookalike-letters"].insert(row.text);
    if (address.family.empty()) {
        found["address-unreadable"].insert(row.text);
        return;
    }
    if (address.family == "evm" && !address.repaired) {
        const CapitalsCheck capitals = check_capitals(row.text);
        if (capitals == CapitalsCheck::none) found["capitals-missing"].insert(row.text);
        if (capitals == CapitalsCheck::wrong) found["capitals-wrong"].insert(row.text);
    }
    const std::string normal = row.key.substr(row.key.find(':') + 1);
    if (address.family != "evm" && !address.repaired && normal != row.text)
        found["spelling-unusual"].insert(row.text + ": normally " + normal);
}

void look_at_meaning(Found& found, const ContentRow& row, const ListedAddress& address) {
    if (address.family.find('+') != std::string::npos)
        found["several-readings"].insert(row.text + ": " + address.family);
    if (row.ticker == "BCH" && address.family == "btc")
        found["several-readings"].insert(row.text + ": bch+btc");
    if (address.family == "evm")
        found["account-on-every-evm-chain"].insert(row.text + ": listed as " + row.ticker);
    if (nobody(row.key)) found["not-an-account"].insert(row.text);
    if (!plausible(row.ticker, address))
        found["code-contradicts-address"].insert(row.text + ": listed as " + row.ticker +
                                                 ", has the form of " + address.family);
}

void look_at_party(Found& found, const Publication& now, const ListParty& party) {
    if (party.name.empty() && !party.id.empty()) found["party-without-name"].insert(party.id);
    if (party.designation == Designation::missing)
        found["party-without-date"].insert(party_name(party));
    if (party.designated_on && now.published && *party.designated_on > *now.published)
        found["designated-later"].insert(party_name(party) + ": " +
                                         date_text(*party.designated_on));
}

void look_at_shared(Found& found, const Publication& now) {
    std::map<std::string, std::set<std::string>> codes;  // by address key
    std::map<std::string, std::set<std::string>> parties;
    std::map<std::string, std::string> texts;
    for (const ContentRow& row : now.content) {
        texts.try_emplace(row.key, row.text);
        if (!row.ticker.empty()) codes[row.key].insert(row.ticker);
        parties[row.key].insert(party_name(row.party));
    }
    for (const auto& [key, all] : codes)
        if (all.size() > 1)
            found["address-under-several-codes"].insert(texts.at(key) + ": " +
                                                        join_words(all, " "));
    for (const auto& [key, all] : parties) {
        if (all.size() < 2) continue;
        std::string names;
        for (const std::string& name : all) names += (names.empty() ? "" : "; ") + name;
        found["address-of-several-parties"].insert(texts.at(key) + ": " + names);
    }
}

void look_at_codes(Found& found,
                   const Publication& now,
                   const std::map<std::string, CodeUse>& codes) {
    for (const auto& [code, use] : codes) {
        const std::string rows =
            code + ": " + std::to_string(use.rows) + (use.rows == 1 ? " row" : " rows");
        if (is_ofac_file(now.kind) && !known_ticker(code)) found["code-unknown"].insert(rows);
        if (!is_ofac_file(now.kind) && foreign_code(code)) found["code-never-used"].insert(rows);
        std::string split;
        for (const auto& [family, count] : use.families)
            split.append(split.empty() ? ": " : ", ")
                .append(std::to_string(count))
                .append(" ")
                .append(family);
        if (use.families.size() > 1 && !code.empty())
            found["code-on-several-ledgers"].insert(code + split);
    }
    for (const std::string& code : now.codes) {
        if (!codes.contains(code)) found["code-without-address"].insert(code);
        if (!known_ticker(code) && !codes.contains(code))
            found["code-unknown"].insert(code + ": 0 rows");
    }
}

void look_at_file(Found& found, const Publication& now) {
    for (const std::string& warning : now.warnings) found["reading-warning"].insert(warning);
    if (now.content.empty() && now.counts.parties == 0)
        found["empty"].insert("no address and no party");
    if (!is_ofac_file(now.kind)) return;
    const bool known =
        std::find(kNamespaces.begin(), kNamespaces.end(), now.xml_namespace) != kNamespaces.end();
    if (!known && !now.xml_namespace.empty()) found["namespace-unknown"].insert(now.xml_namespace);
    if (now.counts.parties < kOfacPartiesMin)
        found["parties-few"].insert(std::to_string(now.counts.parties) + " parties");
}

void look_back(Found& found, const Publication& now, const Publication& previous) {
    const ListDiff diff = difference(previous.content, now.content);
    for (const ListRow& row : diff.removed)
        found["removed-since"].insert(row.address_text + ": " + row.ticker + " of " + row.entity);
    for (const Respelling& change : diff.respelled)
        found["respelled-since"].insert(change.before.address_text + " -> " +
                                        change.after.address_text);
    if (now.counts.parties < previous.counts.parties)
        found["parties-shrunk"].insert(std::to_string(previous.counts.parties) + " -> " +
                                       std::to_string(now.counts.parties));
    std::set<std::string> before;
    for (const ContentRow& row : previous.content) before.insert(row.key);
    for (const ContentRow& row : now.content) {
        const auto& designated = row.party.designated_on;
        if (before.contains(row.key) || !designated || !previous.published) continue;
        if (*designated <= *previous.published)
            found["address-newer-than-owner"].insert(row.text + ": " + party_name(row.party) +
                                                     ", designated " + date_text(*designated));
    }
}

}  // namespace

Lint lint(const Publication& now, const Publication* previous) {
    Lint out;
    Found found;
    RecognisedTexts recognised;
    for (const ContentRow& row : now.content) {
        const ListedAddress& address = recognised.of(row.text);
        look_at_text(found, row, address);
        look_at_meaning(found, row, address);
        look_at_party(found, now, row.party);
        CodeUse& use = out.codes[row.ticker];
        ++use.rows;
        ++use.families[address.family.empty() ? "unreadable" : address.family];
    }
    look_at_shared(found, now);
    look_at_codes(found, now, out.codes);
    look_at_file(found, now);
    if (previous != nullptr) look_back(found, now, *previous);
    for (auto& [code, items] : found)
        out.anomalies.push_back(
            {.code = code, .count = items.size(), .items = {items.begin(), items.end()}});
    return out;
}

}  // namespace wagetrail::lists
