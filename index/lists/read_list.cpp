#include "index/lists/read_list.h"

#include "index/lists/ofac_advanced.h"

#include <algorithm>
#include <map>
#include <utility>

namespace wagetrail::lists {
namespace {

constexpr std::size_t kExamplesMax = 20;

/// Kinds whose codes are OFAC's.
bool is_ofac(FileKind kind) {
    return kind != FileKind::text && kind != FileKind::csv;
}

void take_content(ReadList& staged, const std::string& claim, ListFile file) {
    staged.content.reserve(file.entries.size());
    staged.parties = file.parties;
    staged.aliases = std::move(file.aliases);
    for (ListEntry& entry : file.entries) {
        staged.content.push_back({.party = file.parties[entry.party],
                                  .key = staged.recognised.of(entry.text).key,
                                  .text = std::move(entry.text),
                                  .ticker = entry.ticker.empty() ? claim : entry.ticker,
                                  .listed_on = entry.listed_on,
                                  .listed_after = entry.listed_after,
                                  .removed_on = entry.removed_on});
    }
    sort_rows(staged.content);
}

}  // namespace

std::string examples(const std::vector<std::string>& texts) {
    std::string out;
    for (std::size_t i = 0; i < texts.size() && i < kExamplesMax; ++i)
        out += (i == 0 ? "" : ", ") + texts[i];
    if (texts.size() > kExamplesMax)
        out += " and " + std::to_string(texts.size() - kExamplesMax) + " more";
    return out;
}

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
    return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

void sort_rows(SnapshotContent& content) {
    std::sort(content.begin(), content.end());
    content.erase(std::unique(content.begin(), content.end()), content.end());
}

void count_rows(ReadList& staged) {
    std::set<std::pair<std::string_view, std::string_view>> rows;
    std::set<std::string_view> addresses;
    std::set<std::string_view> unrecognised;
    for (const ContentRow& row : staged.content) {
        rows.emplace(row.text, row.ticker);
        addresses.insert(row.key);
        if (staged.recognised.of(row.text).family.empty()) unrecognised.insert(row.key);
    }
    staged.snapshot.counts.rows = rows.size();
    staged.snapshot.counts.addresses = addresses.size();
    staged.snapshot.counts.unrecognised = unrecognised.size();
}

void warn_of_addresses(ReadList& staged) {
    std::vector<std::string>& warnings = staged.snapshot.warnings;
    std::map<std::pair<std::string, std::string>, std::set<std::string>> doubtful;
    std::set<std::string> unrecognised;
    std::set<std::string> repaired;
    std::set<std::string> tickers;
    for (const ContentRow& row : staged.content) {
        const ListedAddress& address = staged.recognised.of(row.text);
        if (address.family.empty()) unrecognised.insert(row.text);
        if (address.repaired) repaired.insert(row.text);
        if (!plausible(row.ticker, address))
            doubtful[{row.ticker, address.family}].insert(row.text);
        if (is_ofac(staged.snapshot.kind) && !known_ticker(row.ticker)) tickers.insert(row.ticker);
    }
    for (const auto& [claim, texts] : doubtful)
        warnings.push_back(counted(texts.size(), "address", "addresses") + " listed as " +
                           claim.first + " but of the form of " + claim.second + ": " +
                           examples({texts.begin(), texts.end()}));
    if (!unrecognised.empty())
        warnings.push_back(counted(unrecognised.size(), "address", "addresses") +
                           " of no form we know, or with a wrong checksum: " +
                           examples({unrecognised.begin(), unrecognised.end()}));
    if (!repaired.empty())
        warnings.push_back(counted(repaired.size(), "address", "addresses") +
                           " with letters that only look right, read as they were meant: " +
                           examples({repaired.begin(), repaired.end()}));
    staged.unknown_tickers.assign(tickers.begin(), tickers.end());
    if (!tickers.empty())
        warnings.push_back("tickers never seen before: " + examples(staged.unknown_tickers));
}

Expected<ReadList> read_list(const std::filesystem::path& file,
                             const ReadOptions& options,
                             const std::string& claim) {
    LoadedFile loaded = TRY(load_list_file(file, options));
    ReadList staged;
    Snapshot& snapshot = staged.snapshot;
    snapshot.sha256 = loaded.sha256;
    snapshot.kind = loaded.kind;
    snapshot.counts.parties = loaded.content.party_count;
    const auto& parties = loaded.content.parties;
    snapshot.counts.listed_parties = static_cast<std::uint64_t>(
        std::count_if(parties.begin(), parties.end(), [](const ListParty& party) {
            return !party.id.empty() || !party.name.empty();  // plain lists need not name anybody
        }));
    snapshot.warnings = std::move(loaded.content.warnings);
    staged.stated = loaded.content.published;
    staged.codes = std::move(loaded.content.codes);
    staged.xml_namespace = std::move(loaded.content.xml_namespace);
    take_content(staged, claim, std::move(loaded.content));
    count_rows(staged);
    if (snapshot.counts.addresses > 0 && snapshot.counts.unrecognised == snapshot.counts.addresses)
        return fail(ErrorCode::invalid,
                    file.string() +
                        ": nothing in it is an address of a form we know (the first "
                        "one: " +
                        staged.content.front().text + ")");
    return staged;
}

}  // namespace wagetrail::lists
