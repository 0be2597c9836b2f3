#include "index/lists/sightings.h"

#include "chain/base/join_words.h"

#include "index/lists/snapshot_content.h"

#include <set>

namespace wagetrail::lists {
namespace {

/// Why nothing of a list is visible: there is none of that name, or none so early.
std::unexpected<Error> invisible(const std::string& name,
                                 const std::set<std::string>& names,
                                 const ViewRequest& request) {
    if (names.contains(name))
        return fail(ErrorCode::not_found,
                    "no snapshot of a list \"" + name + "\" was published by " +
                        text(request.as_of) + " and known by " + text(request.known_at) +
                        "; wagetrail lists ls shows what there is, and lists import --known-from "
                        "TIME imports one as known since then");
    return fail(ErrorCode::not_found, "no list is called \"" + name + "\"; there are: " +
                                          (names.empty() ? "none" : join_words(names)));
}

}  // namespace

Expected<std::vector<ListState>> visible_states(const Registry& registry,
                                                const ViewRequest& request) {
    std::map<std::string, ListState> by_name;
    for (const std::string& name : request.lists) by_name[name].name = name;
    std::set<std::string> names;
    for (Snapshot& snapshot : TRY(registry.snapshots())) {
        names.insert(snapshot.list);
        const bool wanted = request.lists.empty() || by_name.contains(snapshot.list);
        if (!wanted || snapshot.known_from > request.known_at || snapshot.published > request.as_of)
            continue;
        ListState& state = by_name[snapshot.list];
        state.name = snapshot.list;
        state.snapshots.push_back(std::move(snapshot));
    }
    std::vector<ListState> out;
    for (auto& [name, state] : by_name) {
        if (state.snapshots.empty()) return invisible(name, names, request);
        out.push_back(std::move(state));
    }
    return out;
}

Positions positions_of(const std::vector<ListState>& states) {
    Positions out;
    for (std::size_t list = 0; list < states.size(); ++list)
        for (std::size_t i = 0; i < states[list].snapshots.size(); ++i)
            // raw: the registry's own column
            out.emplace(states[list].snapshots[i].id.value, Position{list, i});
    return out;
}

Expected<Sighting> read_sighting(const SqliteStatement& row, std::size_t snapshot, int column) {
    return Sighting{.snapshot = snapshot,
                    .party = read_party(row, column + 5),
                    .text = std::string(row.text(column)),
                    .ticker = std::string(row.text(column + 1)),
                    .listed_on = row.time_if(column + 2),
                    .listed_after = row.time_if(column + 3),
                    .removed_on = row.time_if(column + 4)};
}

std::optional<Time> oldest_of(const std::vector<ListState>& states) {
    std::optional<Time> oldest;
    for (const ListState& state : states)
        if (!oldest || state.current().published < *oldest) oldest = state.current().published;
    return oldest;
}

}  // namespace wagetrail::lists
