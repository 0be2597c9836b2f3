// Who stands at the other ends of a subject's money, by category: where what it received came from
// (source) and where what it paid went (destination). Direct is a counterparty, one transaction
// away; everything further is indirect. Every amount is a sum of endings of a walk, so the parts of
// a side and what ended at nobody known make up its total to the last unit.
#pragma once

#include "index/labels/label_view.h"
#include "index/lists/list_view.h"

#include "heuristics/trace/context.h"
#include "heuristics/trace/subjects.h"
#include "heuristics/trace/trace.h"
#include "heuristics/trace/walk.h"

#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <vector>

namespace wagetrail {

/// Somebody known by a list, a label or the table of services.
struct KnownPlace {
    labels::Category category = labels::Category::unknown;
    std::string name;
    std::optional<Address> listed;  // the address that a list names

    friend bool operator==(const KnownPlace&, const KnownPlace&) = default;
};

/// Finds who is behind an address: first the lists (as far as the key), then labels and services
/// (as far as the co-spend wallet). Borrows all it is given; any may be nullptr.
class KnownPlaces {
  public:
    [[nodiscard]] static Expected<KnownPlaces> of(const index::LedgerView& view,
                                                  Clusters& clusters,
                                                  const lists::ListView* lists,
                                                  const labels::LabelView* labels,
                                                  Services* services);

    [[nodiscard]] Expected<const KnownPlace*> find(AddrId address);
    /// The same of an address that the ledger may not have seen; nullptr: nobody.
    [[nodiscard]] Expected<const KnownPlace*> find(const index::LedgerView& view,
                                                   const Address& address);
    [[nodiscard]] bool empty() const;
    /// Walks end at known places; StopCause::label is the place's key.
    [[nodiscard]] WalkContext context(const index::LedgerView& view, Clusters& clusters);
    /// Of the label of a stop with the reason service.
    [[nodiscard]] const KnownPlace& at(const std::string& key) const { return places_.at(key); }

  private:
    KnownPlaces(Clusters& clusters, const lists::ListView* lists, Services* services)
        : clusters_(&clusters), lists_(lists), services_(services) {}
    [[nodiscard]] const KnownPlace* keep(const KnownPlace& place);
    [[nodiscard]] const KnownPlace* keep_listed(const Address& listed);

    Clusters* clusters_;
    const lists::ListView* lists_;
    Services* services_;
    std::optional<Targets> listed_;
    std::unordered_map<AddrId, KnownPlace> labelled_;  // by L1 root
    std::map<std::string, KnownPlace> places_;         // those that were found, by key
};

enum class ExposureSide : std::uint8_t { source, destination };
[[nodiscard]] std::string_view name(ExposureSide side);  // "source", "destination"

/// Value that ended at one place, by one output.
struct ExposureEnding {
    Coin coin;
    std::uint32_t hops = 0;       // 1: direct
    std::vector<Amount> amounts;  // beside the policies
};

struct ExposureRow {
    KnownPlace place;
    std::vector<ExposureEnding> endings;  // in chain order

    [[nodiscard]] std::uint32_t least_hops() const;
};

struct SideExposure {
    Amount total;                                         // of the outputs that were followed
    std::vector<Policy> policies;                         // that conserve
    std::vector<ExposureRow> rows;                        // by category, then by name
    std::map<StopReason, std::vector<Amount>> elsewhere;  // ended at nobody known; unspent included
    std::vector<Amount> fees;
};

struct ExposureMethod {
    std::vector<Policy> policies;  // that conserve and go backward
    WalkLimits limits;
};

struct FollowedSide {
    SideExposure exposure;
    bool floor_raised = false;       // the work budget was reached
    bool limits_reached = false;     // value stands where the limits end the walk
    std::uint64_t transactions = 0;  // taken apart, under all policies
};

/// One walk per policy from the outputs: to where they came from, or to where they went. walked:
/// with KnownPlaces::context of places.
[[nodiscard]] Expected<FollowedSide> follow_side(Places& walked,
                                                 const KnownPlaces& places,
                                                 const std::vector<Payout>& outputs,
                                                 ExposureSide side,
                                                 const ExposureMethod& method,
                                                 const std::stop_token& stop);

/// traces: of one question, one per policy that conserves, with KnownPlaces::context and ways
/// ranked by hops.
[[nodiscard]] SideExposure side_exposure(const KnownPlaces& places,
                                         ExposureSide side,
                                         const std::vector<Trace>& traces);

}  // namespace wagetrail
