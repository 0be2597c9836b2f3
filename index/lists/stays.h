// The clocks of one address on one list, derived from the snapshots that show it and those that do
// not. Pure. A stay is an unbroken run of snapshots with the address: it was published between the
// snapshot before the run and the first one of it, and removed between the last one and the next.
//
// Dates in the file itself go before what snapshots show: "listed" is the publication (unless it
// belongs to an earlier stay; with "listed_after" it is one between the two, which snapshots may
// narrow), "removed" the removal (once every row of the address has one).
#pragma once

#include "chain/base/time.h"

#include "index/lists/list_file.h"
#include "index/lists/listing.h"
#include "index/lists/registry.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace wagetrail::lists {

/// One row of one snapshot that names the address.
struct Sighting {
    std::size_t snapshot = 0;  // position among the snapshots given
    ListParty party;
    std::string text;
    std::string ticker;
    std::optional<Time> listed_on = {};
    std::optional<Time> listed_after = {};  // see ListEntry
    std::optional<Time> removed_on = {};
};

/// snapshots: those of the list that may be seen, in order of publication; not empty. One listing
/// per stay and owner, ordered by publication, then owner.
[[nodiscard]] std::vector<Listing> listings_from(std::span<const Snapshot> snapshots,
                                                 std::vector<Sighting> sightings);

}  // namespace wagetrail::lists
