// A list file on its way to the registry or under the lens of lint: read, its addresses recognised,
// its rows counted, each once.
#pragma once

#include "chain/base/expected.h"

#include "index/lists/list_file.h"
#include "index/lists/listed_address.h"
#include "index/lists/snapshot_content.h"

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail::lists {

struct ReadList {
    /// kind, sha256, counts and warnings are set; the rest is the importer's.
    Snapshot snapshot;
    std::optional<Time> stated;  // when the file says that it came out
    SnapshotContent content;
    RecognisedTexts recognised;
    std::vector<std::string> unknown_tickers;  // sorted; set by warn_of_addresses
    std::vector<ListParty> parties;
    std::vector<std::vector<std::string>> aliases;  // by party
    std::set<std::string> codes;                    // see ListFile
    std::string xml_namespace;
};

/// claim: the ticker of rows without one. invalid when nothing in the file is an address.
Expected<ReadList> read_list(const std::filesystem::path& file,
                             const ReadOptions& options,
                             const std::string& claim);

/// Sorted, each once.
void sort_rows(SnapshotContent& content);
/// Sets rows, addresses and unrecognised.
void count_rows(ReadList& staged);
/// Adds warnings about addresses and codes that cannot be what the list says.
void warn_of_addresses(ReadList& staged);

/// "3 addresses", and the first of them.
[[nodiscard]] std::string counted(std::uint64_t count, std::string_view one, std::string_view many);
[[nodiscard]] std::string examples(const std::vector<std::string>& texts);

}  // namespace wagetrail::lists
