#include "index/lists/text_view.h"

#include "index/lists/sightings.h"

#include <algorithm>

namespace wagetrail::lists {
namespace {

bool shows(const ViewRequest& pins, Time published, Time known_from) {
    return published <= pins.as_of && known_from <= pins.known_at;
}

std::string select() {
    return "SELECT e.snapshot, a.key, " + std::string(kRowColumns) +
           "FROM lists_address a JOIN lists_row r ON r.address = a.id " + std::string(kRowJoins);
}

Expected<std::unordered_map<std::string, std::vector<Listing>>> read_listings(
    SqliteStatement rows, const std::vector<ListState>& states) {
    const auto key_of = [](const SqliteStatement& row) -> Expected<std::string> {
        return std::string(row.text(1));
    };
    return derive<std::string>(
        states, TRY(read_sightings<std::string>(std::move(rows), positions_of(states), 2, key_of)));
}

}  // namespace

Expected<TextView> TextView::open(const Registry& registry, const ViewRequest& request) {
    TextView view;
    view.pins_ = request;
    view.states_ = TRY(visible_states(registry, request));
    for (const Snapshot& snapshot : TRY(registry.snapshots()))
        if (!shows(request, snapshot.published, snapshot.known_from))
            view.hidden_.push_back({snapshot.published, snapshot.known_from});
    return view;
}

Expected<TextView> TextView::load(const Registry& registry, const ViewRequest& request) {
    Sqlite& database = registry.database();
    const auto moment = TRY(SqliteTransaction::read(database));
    TextView view = TRY(open(registry, request));
    view.listings_ = TRY(read_listings(TRY(database.prepare(select())), view.states_));
    return view;
}

Expected<TextView> TextView::load_one(const Registry& registry,
                                      const std::string& key,
                                      const ViewRequest& request) {
    Sqlite& database = registry.database();
    const auto moment = TRY(SqliteTransaction::read(database));
    TextView view = TRY(open(registry, request));
    auto rows = TRY(database.prepare(select() + "WHERE a.key = ?"));
    rows.bind(key);
    view.listings_ = TRY(read_listings(std::move(rows), view.states_));
    return view;
}

std::span<const Listing> TextView::listings_of(const std::string& key) const& {
    const auto found = listings_.find(key);
    return found == listings_.end() ? std::span<const Listing>() : found->second;
}

std::optional<Time> TextView::listed_until() const {
    return oldest_of(states_);
}

bool TextView::holds_at(const ViewRequest& request) const {
    return request.lists == pins_.lists && request.as_of >= pins_.as_of &&
           request.known_at >= pins_.known_at &&
           std::ranges::none_of(hidden_, [&](const Hidden& hidden) {
               return shows(request, hidden.published, hidden.known_from);
           });
}

}  // namespace wagetrail::lists
