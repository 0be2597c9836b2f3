// The registry: every snapshot of every list we were given, in one SQLite file (WAL mode), usually
// $home/registry.sqlite. Several processes may have it open, one of them importing, the others
// reading; each reads a consistent state.
//
// Snapshots are immutable and named by the SHA-256 of the source file. Nothing is ever deleted or
// changed: the clocks of a listing (listing.h) are derived from the snapshots that a question may
// see, so a new snapshot closes and opens intervals, a late import of an old one narrows them, and
// an old question asked again with its known_at gives its old answer. Tables: index/lists/schema.h.
//
// Import: import.h. Questions: list_view.h. Differences: list_diff.h.
#pragma once

#include "chain/base/expected.h"
#include "chain/base/ids.h"
#include "chain/base/time.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail::lists {

class Sqlite;

/// How a source file is written. Numbers are stored: never renumber.
enum class FileKind : std::uint8_t {
    text = 0,
    csv = 1,
    ofac_advanced = 2,
    sdn_xml = 3,
    history = 4
};

/// "txt", "csv", "sdn_advanced.xml", "sdn.xml", "history".
[[nodiscard]] std::string_view text(FileKind kind);

struct SnapshotCounts {
    std::uint64_t parties = 0;         // entries of the list, with or without an address
    std::uint64_t listed_parties = 0;  // those with at least one address
    std::uint64_t rows = 0;            // distinct (address text, ticker)
    std::uint64_t addresses = 0;     // distinct addresses, however often and under whatever ticker
    std::uint64_t unrecognised = 0;  // of those addresses: text that fits no format we know

    friend bool operator==(const SnapshotCounts&, const SnapshotCounts&) = default;
};

/// An id of the registry file, meaningless outside it. Answers name snapshots by list and sha256.
using SnapshotId = Id<struct SnapshotIdTag, std::int64_t>;

struct Snapshot {
    SnapshotId id;
    std::string list;
    Sha256Hash sha256;  // of the source file; print with sha256_text, not reversed. The versions
                        // of a history share it
    Time published;     // stated by the file, or by who imported it
    Time known_from;
    FileKind kind = FileKind::text;
    SnapshotCounts counts;
    std::vector<std::string> warnings;  // as given at import

    friend bool operator==(const Snapshot&, const Snapshot&) = default;
};

/// 64 digits in memory order, as sha256sum prints them.
[[nodiscard]] std::string sha256_text(const Sha256Hash& hash);

enum class Access : std::uint8_t {
    read,   // an absent file is not_found
    write,  // an absent file is created, its folder too
};

/// Not thread-safe: one Registry per thread, any number per file.
class Registry {
  public:
    /// Errors: not_found (read only); corrupt for a file that is no registry; invalid for another
    /// format number; io with the path for everything the disk says.
    static Expected<Registry> open(const std::filesystem::path& file, Access access);

    Registry(Registry&&) noexcept;
    Registry& operator=(Registry&&) noexcept;
    Registry(const Registry&) = delete;
    Registry& operator=(const Registry&) = delete;
    ~Registry();

    /// All snapshots, by list, then published; of one day, those out of a history come first, then
    /// by known_from and order of import.
    [[nodiscard]] Expected<std::vector<Snapshot>> snapshots() const;
    /// Of one list, in the same order; empty when there is none.
    [[nodiscard]] Expected<std::vector<Snapshot>> snapshots(std::string_view list) const;
    /// By the first digits of its sha256 (at least 6) or as "NAME" (its newest) or
    /// "NAME@2025-10-14" (published then; a list's own file goes before its history). not_found and
    /// invalid (ambiguous) name the candidates.
    [[nodiscard]] Expected<Snapshot> find(std::string_view name) const;

    /// A consistent copy at path, which must not exist, while others may write.
    [[nodiscard]] Expected<void> copy_to(const std::filesystem::path& path) const;

    /// For the files of this folder.
    [[nodiscard]] Sqlite& database() const { return *database_; }

  private:
    explicit Registry(std::unique_ptr<Sqlite> database);

    std::unique_ptr<Sqlite> database_;
};

/// 1 to 64 of a-z 0-9 . _ - beginning with a letter: what a list may be called.
[[nodiscard]] bool valid_list_name(std::string_view name);

}  // namespace wagetrail::lists
