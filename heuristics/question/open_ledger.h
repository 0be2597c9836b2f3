// A ledger of a home as a question sees it: pinned to as_of, with the manifest that says so.
#pragma once

#include "index/labels/label_view.h"

#include "heuristics/question/home.h"
#include "heuristics/question/pins.h"
#include "heuristics/report/envelope.h"

#include <memory>
#include <optional>
#include <string_view>

namespace wagetrail::question {

/// The ledger that is named, or the only indexed one; invalid when that leaves a choice.
[[nodiscard]] Expected<LedgerId> choose_ledger(const Home& home, const Pins& pins);

/// The address a text means: on the ledger named, or on the one indexed ledger where it is an
/// address.
[[nodiscard]] Expected<Address> choose_address(const Home& home,
                                               const Pins& pins,
                                               std::string_view text);

struct OpenLedger {
    std::unique_ptr<index::LedgerView> view;  // borrows the home
    ClusterLevel level = ClusterLevel::l1;
    Time block_time;
    std::optional<Time> asked;  // the moment that as_of names

    /// What as_of means in time: the moment named, or the time of the block.
    [[nodiscard]] Time moment() const { return asked.value_or(block_time); }

    /// as_of and clustering are filled in.
    [[nodiscard]] report::Manifest manifest() const;
};

[[nodiscard]] Expected<OpenLedger> open_ledger(Home& home, const Pins& pins, LedgerId ledger);

/// The labels at hand as of known_at, with the registry they borrow. Without a registry: none.
struct OpenLabels {
    std::unique_ptr<lists::Registry> registry;
    std::optional<labels::LabelView> view;
};
[[nodiscard]] Expected<OpenLabels> open_labels(const Home& home, const Pins& pins);

}  // namespace wagetrail::question
