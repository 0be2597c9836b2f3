#include "index/lists/import.h"

#include "index/lists/list_file.h"
#include "index/lists/list_history.h"
#include "index/lists/listed_address.h"
#include "index/lists/ofac_advanced.h"
#include "index/lists/snapshot_content.h"
#include "index/lists/sqlite.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

namespace wagetrail::lists {
namespace {

constexpr std::size_t kExamplesMax = 20;

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

/// Kinds whose codes are OFAC's.
bool is_ofac(FileKind kind) {
    return kind != FileKind::text && kind != FileKind::csv;
}

/// An import on its way from the file to the registry.
struct Staged {
    Snapshot snapshot;
    SnapshotContent content;
    RecognisedTexts recognised;
    std::vector<std::string> unknown_tickers;
    std::vector<ListParty> parties;
    std::vector<std::vector<std::string>> aliases;  // by party
};

Expected<Time> publication(const ImportRequest& request, const ListFile& file) {
    if (file.published && request.published && *file.published != *request.published)
        return fail(ErrorCode::invalid, request.file.string() + " states that it was issued on " +
                                            date_text(*file.published) + ", not on " +
                                            text(*request.published));
    if (file.published) return *file.published;
    return request.published.value_or(request.known_from);
}

void sort_rows(SnapshotContent& content) {
    std::sort(content.begin(), content.end());
    content.erase(std::unique(content.begin(), content.end()), content.end());
}

void take_content(Staged& staged, const ImportRequest& request, ListFile file) {
    const std::string claim =
        request.ledger ? std::string(params(*request.ledger).name) : std::string();
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

void count(Staged& staged) {
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

void warn_of_addresses(Staged& staged) {
    std::vector<std::string>& warnings = staged.snapshot.warnings;
    std::map<std::pair<std::string, std::string>, std::set<std::string>> doubtful;
    std::set<std::string> unrecognised;
    std::set<std::string> tickers;
    for (const ContentRow& row : staged.content) {
        const ListedAddress& address = staged.recognised.of(row.text);
        if (address.family.empty()) unrecognised.insert(row.text);
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
    staged.unknown_tickers.assign(tickers.begin(), tickers.end());
    if (!tickers.empty())
        warnings.push_back("tickers never seen before: " + examples(staged.unknown_tickers));
}

Expected<Staged> stage(const ImportRequest& request, FileKind kind) {
    LoadedFile loaded = TRY(load_list_file(
        request.file, {.kind = kind, .profile = request.profile, .progress = request.progress}));
    Staged staged;
    Snapshot& snapshot = staged.snapshot;
    snapshot.list = request.list;
    snapshot.sha256 = loaded.sha256;
    snapshot.published = TRY(publication(request, loaded.content));
    snapshot.known_from = request.known_from;
    snapshot.kind = loaded.kind;
    snapshot.counts.parties = loaded.content.party_count;
    const auto& parties = loaded.content.parties;
    snapshot.counts.listed_parties = static_cast<std::uint64_t>(
        std::count_if(parties.begin(), parties.end(), [](const ListParty& party) {
            return !party.id.empty() || !party.name.empty();  // plain lists need not name anybody
        }));
    snapshot.warnings = std::move(loaded.content.warnings);
    take_content(staged, request, std::move(loaded.content));
    count(staged);
    if (snapshot.counts.addresses > 0 && snapshot.counts.unrecognised == snapshot.counts.addresses)
        return fail(ErrorCode::invalid, request.file.string() +
                                            ": nothing in it is an address of a form we know "
                                            "(the first one: " +
                                            staged.content.front().text + ")");
    if (snapshot.counts.addresses == 0)
        snapshot.warnings.emplace_back("the list has no address at all");
    if (snapshot.known_from < snapshot.published)
        snapshot.warnings.push_back("known from " + text(snapshot.known_from) +
                                    ", before it was published on " + text(snapshot.published));
    warn_of_addresses(staged);
    return staged;
}

Expected<void> check_shrink(const Snapshot& previous, const Snapshot& now, ShrinkGuard guard) {
    if (guard == ShrinkGuard::accept) return {};
    const auto refuse = [&](std::string_view what, std::uint64_t from, std::uint64_t to) {
        return fail(ErrorCode::invalid, "the list " + now.list + " shrank from " +
                                            std::to_string(from) + " to " + std::to_string(to) +
                                            " " + std::string(what) + " since its snapshot of " +
                                            date_text(previous.published) +
                                            "; is the file complete? If it is, import it with "
                                            "--accept-shrink");
    };
    // 5 % of a handful is less than one party: the first one to go would refuse the list.
    if (now.counts.parties * 100 < previous.counts.parties * 95)
        return refuse("parties", previous.counts.parties, now.counts.parties);
    if (now.counts.addresses == 0 && previous.counts.addresses > 0)
        return refuse("addresses", previous.counts.addresses, 0);
    return {};
}

/// Of the snapshots of the list, in order of publication: the last one not younger than `now`.
std::optional<Snapshot> previous_of(const std::vector<Snapshot>& all, const Snapshot& now) {
    std::optional<Snapshot> out;
    for (const Snapshot& snapshot : all)
        if (snapshot.published <= now.published && snapshot.kind != FileKind::history)
            out = snapshot;
    return out;
}

Snapshot version_of(const ImportRequest& request, const ListHistory& history, Time version) {
    return {.id = SnapshotId(0),
            .list = request.list,
            .sha256 = history.sha256,
            .published = version,
            .known_from = std::max(version, request.known_from),
            .kind = FileKind::history,
            .counts = {},
            .warnings = {}};
}

void take_version(Staged& staged, const ListHistory& history, Time version) {
    std::set<std::size_t> parties;
    staged.content.clear();
    for (const HistoryRow* row : history.at(version)) {
        parties.insert(row->party);
        staged.content.push_back({.party = history.parties[row->party],
                                  .key = staged.recognised.of(row->text).key,
                                  .text = row->text,
                                  .ticker = row->ticker});
    }
    sort_rows(staged.content);
    count(staged);
    staged.snapshot.counts.parties = staged.snapshot.counts.listed_parties = parties.size();
}

/// Where the history and the list's own file of the same day disagree.
Expected<void> warn_of_contradiction(Sqlite& database,
                                     const std::vector<Snapshot>& all,
                                     Staged& staged) {
    for (const Snapshot& own : all) {
        if (own.kind == FileKind::history || own.published != staged.snapshot.published) continue;
        std::set<std::string> ours;
        std::set<std::string> theirs;
        for (const ContentRow& row : staged.content) ours.insert(row.key);
        for (const ContentRow& row : TRY(load_content(database, own.id))) theirs.insert(row.key);
        if (ours == theirs) continue;
        std::vector<std::string> differing;
        std::set_symmetric_difference(ours.begin(), ours.end(), theirs.begin(), theirs.end(),
                                      std::back_inserter(differing));
        staged.snapshot.warnings.push_back("the history contradicts the list's own file of " +
                                           date_text(own.published) + " about " +
                                           counted(differing.size(), "address", "addresses") +
                                           ": " + examples(differing));
    }
    return {};
}

/// The snapshot of the list with these bytes, if there is one.
std::optional<Snapshot> same_bytes(const std::vector<Snapshot>& all, const Sha256Hash& sha256) {
    std::optional<Snapshot> out;
    for (const Snapshot& snapshot : all)
        if (snapshot.sha256 == sha256) out = snapshot;
    return out;
}

Expected<ImportSummary> import_history(Registry& registry, const ImportRequest& request) {
    if (request.published)
        return fail(ErrorCode::invalid,
                    request.file.string() + " is a history: it states when each version came out");
    const ListHistory history = TRY(load_history_file(request.file, request.progress));
    Sqlite& database = registry.database();
    auto transaction = TRY(SqliteTransaction::write(database));
    const auto all = TRY(registry.snapshots(request.list));
    ImportSummary summary;
    if (const auto there = same_bytes(all, history.sha256)) {
        summary.snapshot = *there;
        summary.already_there = true;
        return summary;
    }
    Staged staged;
    for (const Time version : history.versions) {
        staged.snapshot = version_of(request, history, version);
        take_version(staged, history, version);
        if (version == *history.versions.rbegin()) warn_of_addresses(staged);
        TRY(warn_of_contradiction(database, all, staged));
        staged.snapshot.id =
            TRY(store_snapshot(database, staged.snapshot, staged.content, staged.recognised));
        summary.versions.push_back(staged.snapshot);
    }
    TRY(transaction.commit());
    summary.snapshot = summary.versions.back();
    summary.unknown_tickers = std::move(staged.unknown_tickers);
    return summary;
}

}  // namespace

Expected<ImportSummary> import_list(Registry& registry, const ImportRequest& request) {
    if (!valid_list_name(request.list))
        return fail(ErrorCode::invalid,
                    "\"" + request.list +
                        "\" cannot name a list: 1 to 64 of a-z 0-9 . _ -, a letter first");
    const FileKind kind = request.kind ? *request.kind : TRY(kind_of_file(request.file));
    if (kind == FileKind::history) return import_history(registry, request);
    Staged staged = TRY(stage(request, kind));
    Sqlite& database = registry.database();
    auto transaction = TRY(SqliteTransaction::write(database));
    const auto all = TRY(registry.snapshots(request.list));
    ImportSummary summary;
    if (const auto there = same_bytes(all, staged.snapshot.sha256)) {
        summary.snapshot = *there;
        summary.already_there = true;
        return summary;
    }
    summary.previous = previous_of(all, staged.snapshot);
    SnapshotContent before;
    if (summary.previous) {
        TRY(check_shrink(*summary.previous, staged.snapshot, request.shrink));
        before = TRY(load_content(database, summary.previous->id));
    }
    summary.diff = difference(before, staged.content);
    if (const auto& gone = summary.diff.removed_addresses; !gone.empty())
        staged.snapshot.warnings.push_back(counted(gone.size(), "address is", "addresses are") +
                                           " no longer on the list: " + examples(gone));
    staged.snapshot.id =
        TRY(store_snapshot(database, staged.snapshot, staged.content, staged.recognised));
    TRY(store_aliases(database, staged.parties, staged.aliases));
    TRY(transaction.commit());
    summary.snapshot = std::move(staged.snapshot);
    summary.unknown_tickers = std::move(staged.unknown_tickers);
    return summary;
}

}  // namespace wagetrail::lists
