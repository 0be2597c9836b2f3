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
#include <set>
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
    /// Set where the file knows only that it came out after this and not later than listed_on.
    std::optional<Time> listed_after = {};
    std::optional<Time> removed_on = {};
};

// More than any list has (OFAC: 700 addresses, 20,000 parties); a hostile file ends here.
inline constexpr std::size_t kEntriesMax = 500'000;
inline constexpr std::size_t kPartiesMax = 500'000;
inline constexpr std::size_t kAddressBytesMax = 256;
inline constexpr std::size_t kNameBytesMax = 512;
inline constexpr std::size_t kProgramsMax = 100;  // of one party
inline constexpr std::size_t kAliasesMax = 200;   // of one party; those beyond are not read

/// Of the types that OFAC gives to an address; the code follows.
inline constexpr std::string_view kOfacAddressPrefix = "Digital Currency Address - ";

/// printable_line of it; limit beyond kNameBytesMax.
Expected<std::string> bounded_name(std::string_view text);

struct ListFile {
    std::optional<Time> published = {};  // where the file states it
    std::vector<ListParty> parties;      // those with an address
    std::uint64_t party_count = 0;       // those without one included
    std::vector<ListEntry> entries;      // in the order of the file
    std::vector<std::string> warnings;   // sentences, with places where there are any
    /// By party: other names. Shorter than parties, or as long.
    std::vector<std::vector<std::string>> aliases = {};
    std::set<std::string> codes = {};  // that OFAC's file declares, used or not
    std::string xml_namespace = {};    // of the root element
    std::uint64_t warnings_left_out = 0;

    /// A warning; those beyond a hundred are only counted.
    void warn(std::string what);
    /// Ends the warnings with the number of those left out.
    void tell_left_out();
    /// A party with its addresses; one without is left out. limit beyond kEntriesMax.
    Expected<void> add(ListParty party,
                       std::vector<std::string> other_names,
                       std::vector<ListEntry> its);
};

struct LoadedFile {
    ListFile content;
    FileKind kind = FileKind::text;
    Sha256Hash sha256;  // of the bytes as they stand
};

/// By the first bytes: XML is OFAC's, simple when its root element is <sdnList>; a first line
/// (comments aside) with a comma or with the name of an address column is CSV, a history when it
/// has the columns of one; everything else TXT.
[[nodiscard]] FileKind detect_kind(std::string_view head);

/// detect_kind of a file, which must be neither compressed nor UTF-16 (unless it is XML).
Expected<FileKind> kind_of_file(const std::filesystem::path& file);

struct ReadOptions {
    std::optional<FileKind> kind = {};  // none: kind_of_file. Never history: load_history_file
    std::string profile = {};           // of a CSV; empty: by its header (csv_profile.h)
    std::function<void(std::uint64_t done, std::uint64_t total)> progress = {};  // bytes
};

/// Reads the file once, hashing as it parses. Errors name the file and the place.
Expected<LoadedFile> load_list_file(const std::filesystem::path& file, const ReadOptions& options);

}  // namespace wagetrail::lists
