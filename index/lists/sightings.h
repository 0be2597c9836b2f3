// What views of lists have in common: which snapshots the pins show, and the listings that follow
// from the rows of those. Used inside index/lists only.
#pragma once

#include "index/lists/list_view.h"
#include "index/lists/sqlite.h"
#include "index/lists/stays.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace wagetrail::lists {

/// By name. not_found: a list of the request has none.
[[nodiscard]] Expected<std::vector<ListState>> visible_states(const Registry& registry,
                                                              const ViewRequest& request);
/// How far the lists reach: as far as the one that ends first.
[[nodiscard]] std::optional<Time> oldest_of(const std::vector<ListState>& states);

/// What read_sightings() reads of a row, after e.snapshot, and how to get there from r, a row.
inline constexpr std::string_view kRowColumns =
    "r.text, r.ticker, r.listed_on, r.listed_after, r.removed_on, p.party_id, p.name, "
    "p.programs, p.designation, p.designated_on ";
inline constexpr std::string_view kRowJoins =
    "JOIN lists_entry e ON e.row = r.id JOIN lists_party p ON p.id = e.party ";

/// Where a snapshot stands among the visible ones.
struct Position {
    std::size_t list = 0;  // index into the states
    std::size_t snapshot = 0;
};
using Positions = std::unordered_map<std::int64_t, Position>;
[[nodiscard]] Positions positions_of(const std::vector<ListState>& states);

/// kRowColumns, which stand from `column` on.
[[nodiscard]] Expected<Sighting> read_sighting(const SqliteStatement& row,
                                               std::size_t snapshot,
                                               int column);

/// By what was sighted and list, the sightings of it.
template <class Key>
using Sightings = std::map<std::pair<Key, std::size_t>, std::vector<Sighting>>;

/// Of the rows of a statement: e.snapshot, what key_of reads, kRowColumns from `column` on.
template <class Key, class KeyOf>
[[nodiscard]] Expected<Sightings<Key>> read_sightings(SqliteStatement rows,
                                                      const Positions& positions,
                                                      int column,
                                                      const KeyOf& key_of) {
    Sightings<Key> out;
    while (TRY(rows.step())) {
        const auto position = positions.find(rows.integer(0));
        if (position == positions.end()) continue;
        Key key = TRY(key_of(rows));
        out[{std::move(key), position->second.list}].push_back(
            TRY(read_sighting(rows, position->second.snapshot, column)));
    }
    return out;
}

/// By list within a key.
template <class Key, class Hash = std::hash<Key>>
[[nodiscard]] std::unordered_map<Key, std::vector<Listing>, Hash> derive(
    const std::vector<ListState>& states, Sightings<Key> sightings) {
    std::unordered_map<Key, std::vector<Listing>, Hash> out;
    for (auto& [place, seen] : sightings) {
        auto part = listings_from(states[place.second].snapshots, std::move(seen));
        auto& all = out[place.first];
        std::move(part.begin(), part.end(), std::back_inserter(all));
    }
    return out;
}

}  // namespace wagetrail::lists
