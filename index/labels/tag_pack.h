// GraphSense's packs: a TagPack says of addresses what they are (header, and "tags" that inherit
// what they do not say from the header), an ActorPack says who the actors are ("actors"). We use
// the few fields named here; all others are kept as they are and come out again.
#pragma once

#include "chain/base/expected.h"

#include "index/labels/category.h"
#include "index/labels/yaml.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail::labels {

/// Numbers are stored: never renumber.
enum class PackKind : std::uint8_t { tags = 0, actors = 1 };

/// "TagPack", "ActorPack".
[[nodiscard]] std::string_view text(PackKind kind);

/// What we use of a tag or an actor, inherited fields filled in.
struct Tag {
    std::string address;  // empty: an actor, or a tag of a transaction
    std::string label;
    std::string currency;                   // a claim
    Category category = Category::unknown;  // of its concepts, category and abuse
    unsigned confidence = 0;                // 0 to 100
    std::string source;
    std::string date;  // lastmod, as written
    YamlNode body;     // all of it, without what it inherits
};

struct TagPack {
    PackKind kind = PackKind::tags;
    std::string title;
    std::string creator;
    YamlNode header;  // with an empty sequence where the tags stood
    std::vector<Tag> tags;
};

inline constexpr std::size_t kTagsMax = 500'000;

/// invalid, with the line: no YAML that yaml.h accepts; neither "tags" nor "actors"; no title or
/// creator; a tag without address (or tx_hash) or label; an actor without id or label.
Expected<TagPack> read_tag_pack(std::string_view text);
/// The file again.
[[nodiscard]] std::string write_tag_pack(const TagPack& pack);

}  // namespace wagetrail::labels
