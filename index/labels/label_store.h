// Packs of labels in the registry file, beside the lists and apart from them: what others assert
// about addresses, never a listing. A pack is immutable and named by the SHA-256 of its file;
// importing another one under the same name adds a version, and the newest is the one that counts.
#pragma once

#include "chain/base/expected.h"
#include "chain/base/time.h"

#include "index/labels/tag_pack.h"
#include "index/lists/registry.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail::labels {

struct Pack {
    std::int64_t row = 0;  // in the registry, private to it
    std::string name;
    Sha256Hash sha256;
    PackKind kind = PackKind::tags;
    std::string title;
    std::string creator;
    Time known_from;
    std::uint64_t tags = 0;
    std::uint64_t addresses = 0;     // distinct, by their bytes
    std::uint64_t unrecognised = 0;  // of those: text that fits no form we know

    friend bool operator==(const Pack&, const Pack&) = default;
};

struct PackImport {
    std::string name;  // as lists are called; see valid_list_name
    std::filesystem::path file;
    Time known_from;
};

struct ImportedPack {
    Pack pack;
    bool already_there = false;
};

/// All or nothing. Errors name the file and the line.
Expected<ImportedPack> import_pack(lists::Registry& registry, const PackImport& request);

/// By name, then in the order of import.
Expected<std::vector<Pack>> packs(const lists::Registry& registry);

/// Whether the tables are there, in our format; and the same, made if need be within the caller's
/// transaction. For the files of this folder.
Expected<bool> has_labels(lists::Sqlite& database);
Expected<void> ensure_labels(lists::Sqlite& database);

/// The newest of that name, whole; not_found names those there are.
Expected<TagPack> load_pack(const lists::Registry& registry, std::string_view name);

}  // namespace wagetrail::labels
