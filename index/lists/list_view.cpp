#include "index/lists/list_view.h"

#include "chain/base/join_words.h"

#include "index/lists/listed_address.h"
#include "index/lists/snapshot_content.h"
#include "index/lists/sqlite.h"
#include "index/lists/stays.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace wagetrail::lists {
namespace {

/// Where a snapshot stands among the visible ones.
struct Position {
    std::size_t list = 0;  // index into the states
    std::size_t snapshot = 0;
};

using Positions = std::unordered_map<std::int64_t, Position>;
/// By address and list, the sightings of it.
using Sightings = std::map<std::pair<Address, std::size_t>, std::vector<Sighting>>;
using Listings = std::unordered_map<Address, std::vector<Listing>, AddressHash>;

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

constexpr std::string_view kRowColumns =
    "r.text, r.ticker, r.listed_on, r.listed_after, r.removed_on, p.party_id, p.name, "
    "p.programs, p.designation, p.designated_on ";
constexpr std::string_view kJoins =
    "JOIN lists_entry e ON e.row = r.id JOIN lists_party p ON p.id = e.party ";

std::string select_by_reading() {
    return "SELECT e.snapshot, d.kind, d.payload, " + std::string(kRowColumns) +
           "FROM lists_reading d JOIN lists_row r ON r.address = d.address " + std::string(kJoins) +
           "WHERE d.ledger = ?";
}

/// Whatever it is the address of: one of no ledger stands for it.
std::string select_by_key() {
    return "SELECT e.snapshot, 9, x'', " + std::string(kRowColumns) +
           "FROM lists_address a JOIN lists_row r ON r.address = a.id " + std::string(kJoins) +
           "WHERE a.key = ?";
}

Expected<Sightings> read_sightings(SqliteStatement rows,
                                   LedgerId ledger,
                                   const Positions& positions) {
    Sightings out;
    while (TRY(rows.step())) {
        const auto position = positions.find(rows.integer(0));
        if (position == positions.end()) continue;
        const std::int64_t kind = rows.integer(1);
        if (kind < 0 || kind > static_cast<std::int64_t>(AddressKind::nonstandard))
            return fail(ErrorCode::corrupt, "an address in the registry is damaged");
        Address address{.ledger = ledger,
                        .kind = static_cast<AddressKind>(kind),
                        .payload = to_bytes(rows.blob(2))};
        out[{std::move(address), position->second.list}].push_back(
            {.snapshot = position->second.snapshot,
             .party = read_party(rows, 8),
             .text = std::string(rows.text(3)),
             .ticker = std::string(rows.text(4)),
             .listed_on = rows.time_if(5),
             .listed_after = rows.time_if(6),
             .removed_on = rows.time_if(7)});
    }
    return out;
}

Listings derive(const std::vector<ListState>& states, Sightings sightings) {
    Listings out;
    for (auto& [place, seen] : sightings) {  // by list within an address: as listings_of promises
        auto part = listings_from(states[place.second].snapshots, std::move(seen));
        auto& all = out[place.first];
        std::move(part.begin(), part.end(), std::back_inserter(all));
    }
    return out;
}

/// How far the lists reach: as far as the one that ends first.
std::optional<Time> oldest_of(const std::vector<ListState>& states) {
    std::optional<Time> oldest;
    for (const ListState& state : states)
        if (!oldest || state.current().published < *oldest) oldest = state.current().published;
    return oldest;
}

}  // namespace

std::size_t AddressHash::operator()(const Address& address) const noexcept {
    const std::string_view payload(reinterpret_cast<const char*>(address.payload.data()),
                                   address.payload.size());
    return std::hash<std::string_view>{}(payload) * 31 +
           static_cast<std::size_t>(address.kind) * 7 + static_cast<std::size_t>(address.ledger);
}

Expected<ListView> ListView::load(const Registry& registry, const ViewRequest& request) {
    Sqlite& database = registry.database();
    const auto moment = TRY(SqliteTransaction::read(database));
    ListView view;
    view.pins_ = request;
    view.states_ = TRY(visible_states(registry, request));
    auto rows = TRY(database.prepare(select_by_reading()));
    rows.bind(params(request.ledger).name);
    view.listings_ =
        derive(view.states_,
               TRY(read_sightings(std::move(rows), request.ledger, positions_of(view.states_))));
    return view;
}

std::span<const Listing> ListView::listings_of(const Address& address) const& {
    const auto at = listings_.find(address);
    return at == listings_.end() ? std::span<const Listing>() : at->second;
}

Verdict ListView::verdict_of(const Address& address,
                             Time payment,
                             std::int64_t max_age_seconds) const {
    return verdict(listings_of(address), listed_until(),
                   {.payment = payment,
                    .as_of = pins_.as_of,
                    .known_at = pins_.known_at,
                    .max_age_seconds = max_age_seconds});
}

std::vector<Address> ListView::addresses() const {
    std::vector<Address> out;
    out.reserve(listings_.size());
    for (const auto& [address, listings] : listings_) out.push_back(address);
    std::sort(out.begin(), out.end());
    return out;
}

std::optional<Time> ListView::listed_until() const {
    return oldest_of(states_);
}

Expected<NamedListings> listings_of_text(const Registry& registry,
                                         std::string_view text,
                                         const ViewRequest& request) {
    Sqlite& database = registry.database();
    const auto moment = TRY(SqliteTransaction::read(database));
    NamedListings named{
        .listings = {}, .states = TRY(visible_states(registry, request)), .listed_until = {}};
    named.listed_until = oldest_of(named.states);
    auto rows = TRY(database.prepare(select_by_key()));
    rows.bind(recognise(text).key);
    auto listings =
        derive(named.states,
               TRY(read_sightings(std::move(rows), request.ledger, positions_of(named.states))));
    if (!listings.empty()) named.listings = std::move(listings.begin()->second);
    return named;
}

Expected<std::vector<Listing>> listings_of(const Registry& registry,
                                           const Address& address,
                                           ViewRequest request) {
    request.ledger = address.ledger;
    Sqlite& database = registry.database();
    const auto moment = TRY(SqliteTransaction::read(database));
    const auto states = TRY(visible_states(registry, request));
    auto rows = TRY(database.prepare(select_by_reading() + " AND d.kind = ? AND d.payload = ?"));
    rows.bind(params(address.ledger).name).bind(static_cast<std::int64_t>(address.kind));
    rows.bind(ByteView(address.payload));
    auto listings =
        derive(states, TRY(read_sightings(std::move(rows), address.ledger, positions_of(states))));
    const auto at = listings.find(address);
    return at == listings.end() ? std::vector<Listing>() : std::move(at->second);
}

}  // namespace wagetrail::lists
