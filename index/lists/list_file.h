// What a list file says, whatever its form: the owners that have an address, and their addresses.
// Parsers fill it piece by piece in bounded memory; nothing here knows the registry.
#pragma once

#include "chain/base/expected.h"
#include "chain/base/ids.h"
#include "chain/base/time.h"

#include "index/lists/listing.h"
#include "index/lists/registry.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail::lists {

struct ListParty {
    std::string id;                          // the list's own; empty when it has none
    std::string name;                        // empty when the list gives none
    std::vector<std::string> programs = {};  // sorted, each once
    Designation designation = Designation::publication;
    std::optional<Time> designated_on = {};

    friend auto operator<=>(const ListParty&, const ListParty&) = default;
};

struct ListEntry {
    std::size_t party = 0;               // index into ListFile::parties
    std::string text;                    // of the address, trimmed, as published
    std::string ticker = {};             // the list's claim; empty when it makes none
    std::optional<Time> listed_on = {};  // where the file itself dates the address
    std::optional<Time> removed_on = {};
};

struct ListFile {
    std::optional<Time> published = {};  // where the file states it
    std::vector<ListParty> parties;      // those with an address
    std::uint64_t party_count = 0;       // those without one included
    std::vector<ListEntry> entries;      // in the order of the file
    std::vector<std::string> warnings;   // sentences, with places where there are any
};

// More than any list has (OFAC: 700 addresses, 20,000 parties); a hostile file ends here.
inline constexpr std::size_t kEntriesMax = 500'000;
inline constexpr std::size_t kPartiesMax = 500'000;
inline constexpr std::size_t kAddressBytesMax = 256;

struct LoadedFile {
    ListFile content;
    FileKind kind = FileKind::text;
    Sha256Hash sha256;  // of the bytes as they stand
};

/// By the first bytes: "<" is OFAC's XML; a first line (comments aside) with a comma or with the
/// name of an address column is CSV; everything else TXT.
[[nodiscard]] FileKind detect_kind(std::string_view head);

/// Reads the file once, hashing as it parses. Errors name the file and the place.
Expected<LoadedFile> load_list_file(
    const std::filesystem::path& file,
    std::optional<FileKind> kind,
    const std::function<void(std::uint64_t done, std::uint64_t total)>& progress);

}  // namespace wagetrail::lists
