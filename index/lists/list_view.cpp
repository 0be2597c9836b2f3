#include "index/lists/list_view.h"

#include "index/lists/sightings.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace wagetrail::lists {
namespace {

using Listings = std::unordered_map<Address, std::vector<Listing>, AddressHash>;

std::string select_by_reading() {
    return "SELECT e.snapshot, d.kind, d.payload, " + std::string(kRowColumns) +
           "FROM lists_reading d JOIN lists_row r ON r.address = d.address " +
           std::string(kRowJoins) + "WHERE d.ledger = ?";
}

Expected<Listings> read_listings(SqliteStatement rows,
                                 LedgerId ledger,
                                 const std::vector<ListState>& states) {
    const auto address_of = [&](const SqliteStatement& row) -> Expected<Address> {
        const std::int64_t kind = row.integer(1);
        if (kind < 0 || kind > static_cast<std::int64_t>(AddressKind::nonstandard))
            return fail(ErrorCode::corrupt, "an address in the registry is damaged");
        return Address{.ledger = ledger,
                       .kind = static_cast<AddressKind>(kind),
                       .payload = to_bytes(row.blob(2))};
    };
    return derive<Address, AddressHash>(
        states, TRY(read_sightings<Address>(std::move(rows), positions_of(states), 3, address_of)));
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
    view.listings_ = TRY(read_listings(std::move(rows), request.ledger, view.states_));
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
    auto listings = TRY(read_listings(std::move(rows), address.ledger, states));
    const auto at = listings.find(address);
    return at == listings.end() ? std::vector<Listing>() : std::move(at->second);
}

}  // namespace wagetrail::lists
