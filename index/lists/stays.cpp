#include "index/lists/stays.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace wagetrail::lists {
namespace {

using Sightings = std::span<const Sighting>;

struct Stay {
    Interval published;
    std::optional<Interval> removed;
};

/// The earliest that a row states; an exact date goes before an interval that ends with it.
std::optional<Interval> stated_publication(Sightings stay) {
    std::optional<Interval> first;
    for (const Sighting& sighting : stay) {
        if (!sighting.listed_on) continue;
        const Interval stated{sighting.listed_after ? sighting.listed_after : sighting.listed_on,
                              *sighting.listed_on};
        if (!first || stated.by < first->by || (stated.by == first->by && stated.exact()))
            first = stated;
    }
    return first;
}

/// What the file states, narrowed by what the snapshots show when it is an interval.
Interval published_within(const Interval& shown, const Interval& stated) {
    if (stated.exact()) return stated;
    Interval out = stated;
    out.by = std::min(out.by, shown.by);
    if (out.by <= *out.after) return shown;  // seen before the file says it could be
    if (shown.after && *shown.after > *out.after && *shown.after < out.by) out.after = shown.after;
    return out;
}

std::optional<Time> stated_removal(Sightings stay) {
    std::optional<Time> last;
    for (const Sighting& sighting : stay) {
        if (sighting.snapshot != stay.back().snapshot) continue;
        if (!sighting.removed_on) return std::nullopt;
        if (!last || *sighting.removed_on > *last) last = sighting.removed_on;
    }
    return last;
}

/// left: when the address was last seen in the stay before this one.
Stay clocks(std::span<const Snapshot> snapshots, Sightings stay, std::optional<Time> left) {
    const std::size_t first = stay.front().snapshot;
    const std::size_t last = stay.back().snapshot;
    Stay out{.published = {std::nullopt, snapshots[first].published}, .removed = std::nullopt};
    if (first > 0) out.published.after = snapshots[first - 1].published;
    const auto stated = stated_publication(stay);
    if (stated && (!left || stated->by > *left))
        out.published = published_within(out.published, *stated);
    if (last + 1 < snapshots.size())
        out.removed = Interval{snapshots[last].published, snapshots[last + 1].published};
    if (const auto removed = stated_removal(stay)) out.removed = Interval::exactly(*removed);
    return out;
}

/// Owners with an id are known by it; the others by name.
std::pair<std::string, std::string> owner_key(const ListParty& party) {
    return {party.id, party.id.empty() ? party.name : std::string()};
}

Listing listing_of(std::span<const Snapshot> snapshots,
                   const Stay& stay,
                   const std::vector<const Sighting*>& sightings) {
    const Sighting& newest = *sightings.back();
    Listing out{.list = snapshots[newest.snapshot].list,
                .entity = newest.party.name,
                .party_id = newest.party.id,
                .programs = newest.party.programs,
                .address_text = newest.text,
                .designation = newest.party.designation,
                .designated_on = newest.party.designated_on,
                .published = stay.published,
                .removed = stay.removed,
                .known_from = snapshots[sightings.front()->snapshot].known_from};
    std::set<std::string> tickers;
    for (const Sighting* sighting : sightings) {
        if (!sighting->ticker.empty()) tickers.insert(sighting->ticker);
        out.known_from = std::min(out.known_from, snapshots[sighting->snapshot].known_from);
        const auto& designated = sighting->party.designated_on;
        if (!designated || (out.designated_on && *out.designated_on <= *designated)) continue;
        out.designation = Designation::stated;
        out.designated_on = designated;
    }
    out.tickers.assign(tickers.begin(), tickers.end());
    return out;
}

void append_listings(std::vector<Listing>& out,
                     std::span<const Snapshot> snapshots,
                     Sightings sightings,
                     const Stay& stay) {
    std::map<std::pair<std::string, std::string>, std::vector<const Sighting*>> owners;
    for (const Sighting& sighting : sightings)
        owners[owner_key(sighting.party)].push_back(&sighting);
    for (const auto& [key, seen] : owners) out.push_back(listing_of(snapshots, stay, seen));
}

}  // namespace

std::vector<Listing> listings_from(std::span<const Snapshot> snapshots,
                                   std::vector<Sighting> sightings) {
    // Within a snapshot in reverse, so that the last one, which speaks for the stay, has the first
    // text and ticker.
    std::sort(sightings.begin(), sightings.end(), [](const Sighting& a, const Sighting& b) {
        return std::tie(a.snapshot, b.text, b.ticker, b.party) <
               std::tie(b.snapshot, a.text, a.ticker, a.party);
    });
    std::vector<Listing> out;
    std::optional<Time> left;
    const Sightings all(sightings);
    for (std::size_t begin = 0; begin < all.size();) {
        std::size_t end = begin + 1;
        while (end < all.size() && all[end].snapshot <= all[end - 1].snapshot + 1) ++end;
        const Sightings run = all.subspan(begin, end - begin);
        append_listings(out, snapshots, run, clocks(snapshots, run, left));
        left = snapshots[run.back().snapshot].published;
        begin = end;
    }
    return out;
}

}  // namespace wagetrail::lists
