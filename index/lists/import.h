// Reads a list file into the registry as a new snapshot, all or nothing: an import that fails or is
// killed leaves the registry as it was.
#pragma once

#include "chain/base/expected.h"
#include "chain/base/time.h"
#include "chain/ledger.h"

#include "index/lists/list_diff.h"
#include "index/lists/registry.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace wagetrail::lists {

enum class ShrinkGuard : std::uint8_t { refuse, accept };

struct ImportRequest {
    std::string list;  // "ofac-sdn"; see valid_list_name
    std::filesystem::path file;
    Time known_from;                      // the caller's clock unless the user says otherwise
    std::optional<Time> published = {};   // plain lists: default known_from. OFAC states its own
    std::optional<FileKind> kind = {};    // default: by the file's first bytes
    std::string profile = {};             // of a CSV (csv_profile.h); default: by its header
    std::optional<LedgerId> ledger = {};  // claim for rows without a ledger column; never decides
    ShrinkGuard shrink = ShrinkGuard::refuse;
    std::function<void(std::uint64_t done, std::uint64_t total)> progress =
        {};  // bytes of the file
};

struct ImportSummary {
    Snapshot snapshot;
    bool already_there = false;  // these bytes were imported before: nothing was done
    /// Against the snapshot of the list that was published before this one; everything is added
    /// when there is none.
    std::optional<Snapshot> previous = {};
    ListDiff diff = {};
    std::vector<std::string> unknown_tickers = {};  // sorted
    /// Of a history: its versions in order, each a snapshot of its own (`snapshot` is the last
    /// one).
    std::vector<Snapshot> versions = {};
};

/// invalid: the file cannot be read as such a list (with line and column), holds neither an address
/// nor a party, states another publication date, or has lost more than 5 % of the previous
/// snapshot's parties, or every address (ShrinkGuard::accept imports it all the same). Fewer
/// addresses alone are imported, with a warning that names the removed ones.
///
/// A history (list_history.h) becomes a snapshot per version, known from the request's known_from
/// or its own day, whichever is later. It is not compared in size, because it knows only parties
/// with an address; where it contradicts the list's own file of the same day, a warning says so.
Expected<ImportSummary> import_list(Registry& registry, const ImportRequest& request);

}  // namespace wagetrail::lists
