#include "index/labels/tag_pack.h"

#include "index/lists/list_file.h"
#include "index/lists/printable.h"

#include <utility>

namespace wagetrail::labels {
namespace {

std::unexpected<Error> error_in(const YamlNode& node, const std::string& what) {
    return fail(ErrorCode::invalid, "line " + std::to_string(node.line) + ": " + what);
}

std::string scalar(const YamlNode& mapping, std::string_view key) {
    const YamlNode* const value = mapping.find(key);
    if (value == nullptr || value->kind != YamlKind::scalar) return {};
    return lists::printable_line(value->text);
}

std::string inherited(const YamlNode& tag, const YamlNode& header, std::string_view key) {
    const std::string own = scalar(tag, key);
    return own.empty() ? scalar(header, key) : own;
}

void add_words(const YamlNode* node, std::vector<std::string>& words) {
    if (node == nullptr) return;
    if (node->kind == YamlKind::scalar && !node->text.empty()) words.push_back(node->text);
    if (node->kind != YamlKind::sequence) return;
    for (const YamlNode& item : node->items)
        if (item.kind == YamlKind::scalar) words.push_back(item.text);
}

/// What the tag says of itself goes before what the header says of all.
Category category_of_tag(const YamlNode& tag, const YamlNode& header) {
    for (const YamlNode* node : {&tag, &header}) {
        std::vector<std::string> words;
        for (const std::string_view key : {"abuse", "concepts", "category"})
            add_words(node->find(key), words);
        const Category category = category_of(words);
        if (category != Category::unknown) return category;
    }
    return Category::unknown;
}

Expected<Tag> tag_of(const YamlNode& body, const YamlNode& header) {
    if (body.kind != YamlKind::mapping) return error_in(body, "a tag that is no mapping");
    Tag out{.address = inherited(body, header, "address"),
            .label = inherited(body, header, "label"),
            .currency = inherited(body, header, "currency"),
            .category = category_of_tag(body, header),
            .confidence = confidence_of(inherited(body, header, "confidence")),
            .source = inherited(body, header, "source"),
            .date = inherited(body, header, "lastmod"),
            .body = {}};
    if (out.address.empty() && inherited(body, header, "tx_hash").empty())
        return error_in(body, "a tag with neither an address nor a tx_hash");
    if (out.address.size() > lists::kAddressBytesMax)
        return error_in(body, "an address longer than 256 bytes");
    if (out.label.empty()) return error_in(body, "a tag without a label");
    return out;
}

Expected<Tag> actor_of(const YamlNode& body) {
    if (body.kind != YamlKind::mapping) return error_in(body, "an actor that is no mapping");
    if (scalar(body, "id").empty()) return error_in(body, "an actor without an id");
    Tag out;
    out.label = scalar(body, "label");
    if (out.label.empty()) return error_in(body, "an actor without a label");
    return out;
}

std::string_view key_of(PackKind kind) {
    return kind == PackKind::tags ? "tags" : "actors";
}

YamlNode* sequence_of(YamlNode& root, PackKind kind) {
    auto& items = root.items;
    for (std::size_t i = 0; i + 1 < items.size(); i += 2)
        if (items[i].text == key_of(kind) && items[i + 1].kind == YamlKind::sequence)
            return &items[i + 1];
    return nullptr;
}

}  // namespace

std::string_view text(PackKind kind) {
    return kind == PackKind::tags ? "TagPack" : "ActorPack";
}

Expected<TagPack> read_tag_pack(std::string_view text) {
    TagPack pack;
    pack.header = TRY(read_yaml(text));
    if (pack.header.kind != YamlKind::mapping)
        return fail(ErrorCode::invalid, "a pack begins with title: and creator:");
    pack.kind = pack.header.find("tags") != nullptr ? PackKind::tags : PackKind::actors;
    YamlNode* const sequence = sequence_of(pack.header, pack.kind);
    if (sequence == nullptr)
        return fail(ErrorCode::invalid, "neither a list of tags: nor of actors: is in the file");
    std::vector<YamlNode> bodies = std::move(sequence->items);
    sequence->items.clear();
    if (bodies.size() > kTagsMax) return fail(ErrorCode::limit, "more tags than any pack has");
    pack.title = scalar(pack.header, "title");
    pack.creator = scalar(pack.header, "creator");
    if (pack.title.empty() || pack.creator.empty())
        return fail(ErrorCode::invalid, "a pack without a title or a creator");
    pack.tags.reserve(bodies.size());
    for (YamlNode& body : bodies) {
        Tag tag = TRY(pack.kind == PackKind::tags ? tag_of(body, pack.header) : actor_of(body));
        tag.body = std::move(body);
        pack.tags.push_back(std::move(tag));
    }
    return pack;
}

std::string write_tag_pack(const TagPack& pack) {
    YamlNode root = pack.header;
    YamlNode* const sequence = sequence_of(root, pack.kind);
    CHECK(sequence != nullptr);  // read_tag_pack left it there
    for (const Tag& tag : pack.tags) sequence->items.push_back(tag.body);
    return write_yaml(root);
}

}  // namespace wagetrail::labels
