#include "index/lists/import.h"

#include "index/lists/list_file.h"
#include "index/lists/list_history.h"
#include "index/lists/listed_address.h"
#include "index/lists/read_list.h"
#include "index/lists/snapshot_content.h"
#include "index/lists/sqlite.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace wagetrail::lists {
namespace {

Expected<Time> publication(const ImportRequest& request, const std::optional<Time>& stated) {
    if (stated && request.published && *stated != *request.published)
        return fail(ErrorCode::invalid, request.file.string() + " states that it was issued on " +
                                            date_text(*stated) + ", not on " +
                                            text(*request.published));
    if (stated) return *stated;
    return request.published.value_or(request.known_from);
}

Expected<ReadList> stage(const ImportRequest& request, FileKind kind) {
    const std::string claim =
        request.ledger ? std::string(params(*request.ledger).name) : std::string();
    ReadList staged = TRY(
        read_list(request.file,
                  {.kind = kind, .profile = request.profile, .progress = request.progress}, claim));
    Snapshot& snapshot = staged.snapshot;
    snapshot.list = request.list;
    snapshot.published = TRY(publication(request, staged.stated));
    snapshot.known_from = request.known_from;
    if (snapshot.counts.addresses == 0 && snapshot.counts.parties == 0)
        return fail(ErrorCode::invalid,
                    request.file.string() +
                        " holds no address; a failed download? Look into the file, or get it again "
                        "and import that");
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

void take_version(ReadList& staged, const ListHistory& history, Time version) {
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
    count_rows(staged);
    staged.snapshot.counts.parties = staged.snapshot.counts.listed_parties = parties.size();
}

/// Where the history and the list's own file of the same day disagree.
Expected<void> warn_of_contradiction(Sqlite& database,
                                     const std::vector<Snapshot>& all,
                                     ReadList& staged) {
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
    ReadList staged;
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
    ReadList staged = TRY(stage(request, kind));
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
