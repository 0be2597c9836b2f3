// What one snapshot says, in memory, on its way into the registry or out of it.
#pragma once

#include "chain/base/expected.h"
#include "chain/base/time.h"

#include "index/lists/list_diff.h"
#include "index/lists/list_file.h"
#include "index/lists/listed_address.h"
#include "index/lists/registry.h"
#include "index/lists/sqlite.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail::lists {

struct ContentRow {
    ListParty party;
    std::string key;  // ListedAddress::key
    std::string text;
    std::string ticker;
    std::optional<Time> listed_on = {};
    std::optional<Time> listed_after = {};  // see ListEntry
    std::optional<Time> removed_on = {};

    friend auto operator<=>(const ContentRow&, const ContentRow&) = default;
};

/// Sorted, each row once.
using SnapshotContent = std::vector<ContentRow>;

/// As rows of a difference: see list_diff.h.
[[nodiscard]] ListDiff difference(const SnapshotContent& before, const SnapshotContent& after);

[[nodiscard]] Expected<SnapshotContent> load_content(Sqlite& database, SnapshotId snapshot);

/// Within the caller's transaction; the id of the argument is not read.
[[nodiscard]] Expected<SnapshotId> store_snapshot(Sqlite& database,
                                                  const Snapshot& snapshot,
                                                  const SnapshotContent& content,
                                                  RecognisedTexts& recognised);

/// Other names of parties that a snapshot just stored, within the same transaction.
[[nodiscard]] Expected<void> store_aliases(Sqlite& database,
                                           const std::vector<ListParty>& parties,
                                           const std::vector<std::vector<std::string>>& aliases);

/// A value per line, as the registry keeps short lists of texts.
[[nodiscard]] std::string joined_lines(const std::vector<std::string>& lines);
[[nodiscard]] std::vector<std::string> split_lines(std::string_view text);

/// Columns 0 to 4 from `first`: party_id, name, programs, designation, designated_on.
[[nodiscard]] ListParty read_party(const SqliteStatement& row, int first);

}  // namespace wagetrail::lists
