#include "heuristics/report/list_answers.h"

#include "heuristics/report/json.h"
#include "heuristics/report/table.h"
#include "heuristics/report/trace_json.h"

namespace wagetrail::report {
namespace {

std::string number(std::uint64_t value) {
    return std::to_string(value);
}

Json snapshot_json(const lists::Snapshot& snapshot) {
    return {{"list", snapshot.list},
            {"sha256", lists::sha256_text(snapshot.sha256)},
            {"published", text(snapshot.published)},
            {"known_from", text(snapshot.known_from)},
            {"kind", lists::text(snapshot.kind)},
            {"parties", snapshot.counts.parties},
            {"listed_parties", snapshot.counts.listed_parties},
            {"rows", snapshot.counts.rows},
            {"addresses", snapshot.counts.addresses},
            {"unrecognised", snapshot.counts.unrecognised},
            {"warnings", snapshot.warnings}};
}

Json versions_json(const std::vector<lists::Snapshot>& versions) {
    Json all = Json::array();
    for (const lists::Snapshot& version : versions) all.push_back(snapshot_json(version));
    return all;
}

Json row_json(const lists::ListRow& row) {
    return {{"address", row.address_text},
            {"ticker", row.ticker},
            {"entity", row.entity},
            {"party_id", row.party_id}};
}

Json rows_json(const std::vector<lists::ListRow>& rows) {
    Json all = Json::array();
    for (const lists::ListRow& row : rows) all.push_back(row_json(row));
    return all;
}

std::string_view text(lists::PartyChangeKind kind) {
    switch (kind) {
        case lists::PartyChangeKind::added:
            return "added";
        case lists::PartyChangeKind::removed:
            return "removed";
        case lists::PartyChangeKind::changed:
            return "changed";
    }
    return "changed";
}

Json diff_json(const lists::ListDiff& diff) {
    Json respelled = Json::array();
    for (const lists::Respelling& change : diff.respelled)
        respelled.push_back(
            {{"before", row_json(change.before)}, {"after", row_json(change.after)}});
    Json parties = Json::array();
    for (const lists::PartyChange& change : diff.parties)
        parties.push_back({{"kind", text(change.kind)},
                           {"party_id", change.party_id},
                           {"entity", change.entity},
                           {"details", change.details}});
    return {{"added", rows_json(diff.added)},
            {"removed", rows_json(diff.removed)},
            {"respelled", std::move(respelled)},
            {"parties", std::move(parties)},
            {"removed_addresses", diff.removed_addresses}};
}

void add_rows(Table& table, std::string_view change, const std::vector<lists::ListRow>& rows) {
    for (const lists::ListRow& row : rows)
        table.row({std::string(change), row.ticker, row.address_text, row.entity});
}

std::string diff_text(const lists::ListDiff& diff) {
    Table table({"change", "ticker", "address", "entity"});
    add_rows(table, "added", diff.added);
    add_rows(table, "removed", diff.removed);
    for (const lists::Respelling& change : diff.respelled)
        table.row({"re-spelled", change.after.ticker,
                   change.before.address_text + " -> " + change.after.address_text,
                   change.after.entity});
    Table parties({"party", "id", "name", "details"});
    for (const lists::PartyChange& change : diff.parties)
        parties.row(
            {std::string(text(change.kind)), change.party_id, change.entity, change.details});
    const std::string changes = table.text();
    const std::string people = parties.text();
    return changes + (changes.empty() || people.empty() ? "" : "\n") + people;
}

std::string warnings_text(const std::vector<std::string>& warnings) {
    std::string lines;
    for (const std::string& warning : warnings) lines += "warning: " + printable(warning) + "\n";
    return lines;
}

std::string counts_text(const lists::ListDiff& diff) {
    return number(diff.added.size()) + " rows added, " + number(diff.removed.size()) +
           " removed, " + number(diff.respelled.size()) + " re-spelled";
}

}  // namespace

Answer import_answer(const lists::ImportSummary& summary) {
    const lists::Snapshot& snapshot = summary.snapshot;
    Json result = {{"snapshot", snapshot_json(snapshot)},
                   {"already_there", summary.already_there},
                   {"previous", summary.previous ? snapshot_json(*summary.previous) : Json()},
                   {"diff", diff_json(summary.diff)},
                   {"unknown_tickers", summary.unknown_tickers},
                   {"versions", versions_json(summary.versions)}};
    std::string about = snapshot.list + ", published " + wagetrail::text(snapshot.published) +
                        ": " + number(snapshot.counts.addresses) + " addresses of " +
                        number(snapshot.counts.listed_parties) + " parties (" +
                        number(snapshot.counts.parties) + " in the file)\n";
    if (summary.already_there)
        about += "these bytes were imported before: nothing was changed\n";
    else if (summary.previous)
        about += "since " + wagetrail::text(summary.previous->published) + ": " +
                 counts_text(summary.diff) + "\n";
    if (!summary.versions.empty())
        about += "a history of " + number(summary.versions.size()) + " versions since " +
                 wagetrail::text(summary.versions.front().published) + "\n";
    for (const std::string& ticker : summary.unknown_tickers)
        about += "warning: ticker " + printable(ticker) + " is not known\n";
    return {sealed({}, std::move(result)), about + warnings_text(snapshot.warnings)};
}

Answer snapshots_answer(const std::vector<lists::Snapshot>& snapshots) {
    Json all = Json::array();
    Table table({"list", "published", "known from", "parties", "addresses", "sha256"},
                {Align::left, Align::left, Align::left, Align::right, Align::right, Align::left});
    for (const lists::Snapshot& snapshot : snapshots) {
        all.push_back(snapshot_json(snapshot));
        table.row({snapshot.list, wagetrail::text(snapshot.published),
                   wagetrail::text(snapshot.known_from), number(snapshot.counts.parties),
                   number(snapshot.counts.addresses), lists::sha256_text(snapshot.sha256)});
    }
    const std::string none = "no list was imported; run wagetrail lists import FILE --name NAME\n";
    return {sealed({}, {{"snapshots", std::move(all)}}), snapshots.empty() ? none : table.text()};
}

Answer check_answer(const ListCheck& check) {
    const lists::Verdict& verdict = check.verdict;
    Manifest manifest;
    manifest.known_at = check.pins.known_at;
    manifest.lists_as_of = check.pins.as_of;
    manifest.coverage = check.coverage;
    if (verdict.reason == lists::UnknownReason::stale_list)
        manifest.coverage.emplace_back("LIST_OUTDATED");
    for (const lists::ListState& state : check.states)
        for (const lists::Snapshot& snapshot : state.snapshots)
            manifest.lists.push_back({state.name, lists::sha256_text(snapshot.sha256),
                                      snapshot.published, snapshot.known_from});
    Json listings = Json::array();
    Table table({"list", "entity", "designated", "published", "removed"});
    const auto interval = [](const std::optional<lists::Interval>& one) -> std::string {
        if (!one) return "";
        const std::string by = date_text(one->by);
        if (!one->after) return "by " + by;
        return *one->after == one->by ? by : "after " + date_text(*one->after) + ", by " + by;
    };
    for (const lists::Listing& listing : check.listings) {
        listings.push_back(listing_json(listing));
        table.row({listing.list, listing.entity.empty() ? listing.address_text : listing.entity,
                   listing.designated_on ? date_text(*listing.designated_on) : "",
                   interval(listing.published), interval(listing.removed)});
    }
    const std::string reason(lists::text(verdict.reason));
    const std::string words = printable(check.address) + " on " + wagetrail::text(check.on) + ": " +
                              std::string(lists::text(verdict.kind)) +
                              (verdict.same_day ? " (same day)" : "") +
                              (reason.empty() ? "" : " (" + reason + ")") + "\n";
    return {sealed(manifest, {{"address", check.address},
                              {"on", wagetrail::text(check.on)},
                              {"verdict", lists::text(verdict.kind)},
                              {"same_day", verdict.same_day},
                              {"reason", reason},
                              {"listings", std::move(listings)}}),
            words + table.text()};
}

Answer diff_answer(const lists::Snapshot& before,
                   const lists::Snapshot& after,
                   const lists::ListDiff& diff) {
    Json result = {{"before", snapshot_json(before)},
                   {"after", snapshot_json(after)},
                   {"diff", diff_json(diff)}};
    return {sealed({}, std::move(result)),
            diff.empty() ? "no difference\n" : counts_text(diff) + "\n\n" + diff_text(diff)};
}

}  // namespace wagetrail::report
