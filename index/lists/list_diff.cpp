#include "index/lists/list_diff.h"

#include "chain/base/join_words.h"

#include "index/lists/snapshot_content.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace wagetrail::lists {
namespace {

/// What makes two rows the same statement, whatever their spelling.
using Identity = std::tuple<std::string, std::string, std::string>;  // address key, ticker, party

/// An owner without an id is known by name alone.
std::string party_key(const ListParty& party) {
    return party.id.empty() ? "name " + party.name : "id " + party.id;
}

ListRow as_row(const ContentRow& row) {
    return {row.text, row.ticker, row.party.name, row.party.id};
}

std::map<Identity, const ContentRow*> by_identity(const SnapshotContent& content) {
    std::map<Identity, const ContentRow*> out;
    for (const ContentRow& row : content)
        out.try_emplace({row.key, row.ticker, party_key(row.party)}, &row);
    return out;
}

std::map<std::string, const ListParty*> parties_of(const SnapshotContent& content) {
    std::map<std::string, const ListParty*> out;
    for (const ContentRow& row : content) out.try_emplace(party_key(row.party), &row.party);
    return out;
}

std::string joined(const std::vector<std::string>& words) {
    const std::string line = join_words(words, " ");
    return line.empty() ? "none" : line;
}

std::string date_or_none(const std::optional<Time>& date) {
    return date ? date_text(*date) : "none";
}

std::string details(const ListParty& before, const ListParty& after) {
    std::string out;
    const auto note = [&out](std::string_view what, const std::string& from,
                             const std::string& to) {
        if (from == to) return;
        out += (out.empty() ? "" : "; ") + std::string(what) + ": " + from + " -> " + to;
    };
    note("name", before.name, after.name);
    note("programs", joined(before.programs), joined(after.programs));
    note("designated", date_or_none(before.designated_on), date_or_none(after.designated_on));
    return out;
}

std::vector<PartyChange> party_changes(const SnapshotContent& before,
                                       const SnapshotContent& after) {
    const auto old_parties = parties_of(before);
    const auto new_parties = parties_of(after);
    std::vector<PartyChange> out;
    for (const auto& [key, party] : old_parties)
        if (!new_parties.contains(key))
            out.push_back({PartyChangeKind::removed, party->id, party->name, ""});
    for (const auto& [key, party] : new_parties) {
        const auto old = old_parties.find(key);
        if (old == old_parties.end()) {
            out.push_back({PartyChangeKind::added, party->id, party->name,
                           party->designated_on ? "designated " + date_text(*party->designated_on)
                                                : std::string()});
        } else if (std::string what = details(*old->second, *party); !what.empty()) {
            out.push_back({PartyChangeKind::changed, party->id, party->name, std::move(what)});
        }
    }
    std::sort(out.begin(), out.end(), [](const PartyChange& a, const PartyChange& b) {
        return std::tie(a.kind, a.entity, a.party_id) < std::tie(b.kind, b.entity, b.party_id);
    });
    return out;
}

}  // namespace

ListDiff difference(const SnapshotContent& before, const SnapshotContent& after) {
    const auto old_rows = by_identity(before);
    const auto new_rows = by_identity(after);
    ListDiff out;
    for (const auto& [identity, row] : old_rows) {
        const auto now = new_rows.find(identity);
        if (now == new_rows.end())
            out.removed.push_back(as_row(*row));
        else if (now->second->text != row->text)
            out.respelled.push_back({as_row(*row), as_row(*now->second)});
    }
    for (const auto& [identity, row] : new_rows)
        if (!old_rows.contains(identity)) out.added.push_back(as_row(*row));
    std::set<std::string> still_there;
    for (const ContentRow& row : after) still_there.insert(row.key);
    std::map<std::string, std::string> gone;  // key -> text, so that each address comes once
    for (const ContentRow& row : before)
        if (!still_there.contains(row.key)) gone.try_emplace(row.key, row.text);
    for (const auto& [key, text] : gone) out.removed_addresses.push_back(text);
    out.parties = party_changes(before, after);
    std::sort(out.added.begin(), out.added.end());
    std::sort(out.removed.begin(), out.removed.end());
    std::sort(out.removed_addresses.begin(), out.removed_addresses.end());
    std::sort(out.respelled.begin(), out.respelled.end(),
              [](const Respelling& a, const Respelling& b) { return a.before < b.before; });
    return out;
}

Expected<ListDiff> diff(const Registry& registry, const Snapshot& before, const Snapshot& after) {
    Sqlite& database = registry.database();
    const auto moment = TRY(SqliteTransaction::read(database));
    return difference(TRY(load_content(database, before.id)),
                      TRY(load_content(database, after.id)));
}

}  // namespace wagetrail::lists
