// What a reading command opens: a ledger's index pinned to --as-of, the registry pinned to
// --known-at, and the manifest that says so.
#pragma once

#include "index/labels/label_view.h"
#include "index/lists/registry.h"

#include "heuristics/report/envelope.h"

#include "cli/options.h"

#include <memory>
#include <optional>
#include <vector>

namespace wagetrail::cli {

/// Ledgers that have an index below the data directory, in table order.
[[nodiscard]] std::vector<LedgerId> indexed_ledgers(const std::string& home);

/// The ledger named by --ledger, or the only indexed one; invalid when that leaves a choice.
[[nodiscard]] Expected<LedgerId> choose_ledger(const CommonOptions& common);

/// The address a text means: on --ledger, or on the one indexed ledger where it is an address.
[[nodiscard]] Expected<Address> choose_address(const CommonOptions& common, std::string_view text);

struct OpenLedger {
    std::unique_ptr<index::Database> database;
    std::unique_ptr<index::LedgerView> view;  // borrows the database
    ClusterLevel level = ClusterLevel::l1;
    Time block_time;
    std::optional<Time> asked;  // the moment that --as-of names

    /// What --as-of means in time: the moment named, or the time of the block.
    [[nodiscard]] Time moment() const { return asked.value_or(block_time); }

    /// as_of and clustering are filled in.
    [[nodiscard]] report::Manifest manifest() const;
};

[[nodiscard]] Expected<OpenLedger> open_ledger(const CommonOptions& common, LedgerId ledger);

/// A reader without a view: for doctor and backup.
[[nodiscard]] Expected<std::unique_ptr<index::Database>> open_database(const CommonOptions& common,
                                                                       LedgerId ledger);

/// Where `calibrate` leaves a ledger's error card and level L2 looks for it.
[[nodiscard]] std::string change_card_path(const std::string& home, LedgerId ledger);

[[nodiscard]] std::string registry_path(const std::string& home);

/// The registry, nullopt when no list was ever imported.
[[nodiscard]] Expected<std::optional<lists::Registry>> open_registry(const CommonOptions& common);

/// The labels at hand as of --known-at, with the registry they borrow. Without a registry: none.
struct OpenLabels {
    std::unique_ptr<lists::Registry> registry;
    std::optional<labels::LabelView> view;
};
[[nodiscard]] Expected<OpenLabels> open_labels(const CommonOptions& common);

/// not_found, with the command to run, when no list was ever imported.
[[nodiscard]] Expected<lists::Registry> existing_registry(const CommonOptions& common);

/// A moment as options give it: a date means its last second.
[[nodiscard]] Expected<Time> parse_moment(std::string_view text);

}  // namespace wagetrail::cli
