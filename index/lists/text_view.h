// What the lists say about an address by its text alone, also of ledgers that we do not read: the
// look-up that stands before a payment. Pinned, immutable and in memory, like a view of a ledger.
#pragma once

#include "index/lists/list_view.h"

#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace wagetrail::lists {

class TextView {
  public:
    /// All that the lists say. request.ledger is not used. Errors as of ListView::load.
    static Expected<TextView> load(const Registry& registry, const ViewRequest& request);
    /// The same about one address, by its ListedAddress::key, without reading the rest.
    static Expected<TextView> load_one(const Registry& registry,
                                       const std::string& key,
                                       const ViewRequest& request);

    /// Of a ListedAddress::key. By list, then publication, then party.
    [[nodiscard]] std::span<const Listing> listings_of(const std::string& key) const&;
    std::span<const Listing> listings_of(const std::string& key) const&& = delete;
    [[nodiscard]] std::span<const ListState> states() const& { return states_; }
    std::span<const ListState> states() const&& = delete;
    [[nodiscard]] std::optional<Time> listed_until() const;
    /// Whether a view of the same registry at these pins would say the same: nothing that was
    /// imported becomes visible between its own pins and those.
    [[nodiscard]] bool holds_at(const ViewRequest& request) const;

  private:
    struct Hidden {
        Time published;
        Time known_from;
    };

    static Expected<TextView> open(const Registry& registry, const ViewRequest& request);

    ViewRequest pins_;
    std::vector<ListState> states_;
    std::vector<Hidden> hidden_;  // snapshots that the pins leave out
    std::unordered_map<std::string, std::vector<Listing>> listings_;  // by key
};

}  // namespace wagetrail::lists
