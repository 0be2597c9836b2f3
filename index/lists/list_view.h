// What the lists say about the addresses of one ledger, pinned: only snapshots published by as_of
// and known by known_at count, so the same pins give the same view for ever (unless somebody
// imports a snapshot and back-dates its known_from). Immutable and in memory; share it between
// threads.
#pragma once

#include "chain/address.h"
#include "chain/base/expected.h"
#include "chain/base/time.h"
#include "chain/ledger.h"

#include "index/lists/listing.h"
#include "index/lists/registry.h"
#include "index/lists/verdict.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace wagetrail::lists {

struct ViewRequest {
    LedgerId ledger = LedgerId::btc;
    std::vector<std::string> lists = {};  // empty: all
    Time as_of;
    Time known_at;
};

/// One list as the view sees it, for an answer's manifest.
struct ListState {
    std::string name;
    std::vector<Snapshot>
        snapshots;  // in order of publication; the last one is current. Not empty.

    [[nodiscard]] const Snapshot& current() const { return snapshots.back(); }
};

struct AddressHash {
    std::size_t operator()(const Address& address) const noexcept;
};

class ListView {
  public:
    /// One pass over the listings of the ledger. not_found when a list named in the request does
    /// not exist or has no snapshot visible at the pins; all lists of an empty registry are an
    /// empty view.
    static Expected<ListView> load(const Registry& registry, const ViewRequest& request);

    /// Empty when no list names the address. Ordered by list, then publication, then party.
    /// Borrowed from the view.
    [[nodiscard]] std::span<const Listing> listings_of(const Address& address) const&;
    std::span<const Listing> listings_of(const Address& address) const&& = delete;
    /// verdict() over listings_of() at the pins of this view. The index in the answer is into
    /// listings_of(address).
    [[nodiscard]] Verdict verdict_of(const Address& address,
                                     Time payment,
                                     std::int64_t max_age_seconds = kDefaultMaxAgeSeconds) const;

    /// Every address with a listing, removed ones included, in ascending order.
    [[nodiscard]] std::vector<Address> addresses() const;
    /// Ordered by name.
    [[nodiscard]] std::span<const ListState> states() const& { return states_; }
    std::span<const ListState> states() const&& = delete;
    /// Publication time of the current snapshot, of the list where it is oldest; none without
    /// lists.
    [[nodiscard]] std::optional<Time> listed_until() const;
    [[nodiscard]] const ViewRequest& pins() const { return pins_; }

  private:
    ViewRequest pins_;
    std::vector<ListState> states_;
    std::unordered_map<Address, std::vector<Listing>, AddressHash> listings_;
};

/// The listings of one address without loading the rest. Same order and pins as a view of its
/// ledger; `request.ledger` is taken from the address.
Expected<std::vector<Listing>> listings_of(const Registry& registry,
                                           const Address& address,
                                           ViewRequest request);

}  // namespace wagetrail::lists
