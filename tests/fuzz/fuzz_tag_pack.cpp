// Any bytes as a pack of labels: what is accepted comes out with the same meaning, and writing what
// came out changes nothing any more.
#include "chain/base/bytes.h"
#include "chain/base/expected.h"

#include "index/labels/ftm.h"
#include "index/labels/tag_pack.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace wagetrail::labels {
namespace {

/// A plain scalar that cannot be plain in block style is quoted: both are the same text.
bool same_texts(const YamlNode& a, const YamlNode& b) {
    if (a.kind != b.kind || a.text != b.text || a.items.size() != b.items.size()) return false;
    for (std::size_t i = 0; i < a.items.size(); ++i)
        if (!same_texts(a.items[i], b.items[i])) return false;
    return true;
}

/// What is kept of entities is a pack that can be read again.
void check_entities(std::string_view text) {
    const auto entities = read_ftm(text);
    if (!entities) return;
    const auto pack = read_tag_pack(write_tag_pack(*entities));
    CHECK(pack && pack->tags.size() == entities->tags.size());
}

void check(std::string_view text) {
    check_entities(text);
    const auto tree = read_yaml(text);
    if (!tree) return;
    const std::string once = write_yaml(*tree);
    const auto again = read_yaml(once);
    CHECK(again && same_texts(*tree, *again));
    CHECK(write_yaml(*again) == once);
    const auto pack = read_tag_pack(text);
    if (!pack) return;
    for (const Tag& tag : pack->tags) CHECK(!tag.label.empty());
    const auto out = read_yaml(write_tag_pack(*pack));
    CHECK(out && same_texts(*out, *tree));
}

}  // namespace
}  // namespace wagetrail::labels

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    wagetrail::labels::check({reinterpret_cast<const char*>(data), size});
    return 0;
}
