#include "index/labels/ftm.h"

#include "chain/base/json_text.h"

#include "index/lists/list_file.h"
#include "index/lists/printable.h"

#include <nlohmann/json.hpp>

#include <array>
#include <functional>
#include <map>
#include <utility>

namespace wagetrail::labels {
namespace {

using Json = nlohmann::json;

constexpr int kDepthMax = 32;
constexpr std::size_t kLineBytesMax = std::size_t{1} << 20U;
constexpr std::size_t kWalletBytesMax = std::size_t{60} << 10U;  // a scalar of YAML holds it
constexpr std::string_view kConfidence = "authority_data";

/// OpenSanctions' topics, the gravest first: the category that says most.
constexpr std::array kTopics{
    std::pair{std::string_view("sanction"), Category::sanction},
    std::pair{std::string_view("crime.terror"), Category::terrorism},
    std::pair{std::string_view("crime.cyber"), Category::hack},
    std::pair{std::string_view("crime.theft"), Category::hack},
    std::pair{std::string_view("crime.fraud"), Category::scam},
    std::pair{std::string_view("crime.fin"), Category::scam},
    std::pair{std::string_view("crime.traffick"), Category::illicit_trade},
    std::pair{std::string_view("crime"), Category::abuse},
};

/// Who a wallet belongs to.
struct Holder {
    std::string caption;
    std::vector<std::string> topics;
};

std::string text_of(const Json& value) {
    return value.is_string() ? lists::printable_line(value.get<std::string>()) : std::string();
}

std::string member(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found == object.end() ? std::string() : text_of(*found);
}

/// The values of a property of an entity.
std::vector<std::string> values(const Json& entity, const char* property) {
    std::vector<std::string> all;
    const auto properties = entity.find("properties");
    if (properties == entity.end() || !properties->is_object()) return all;
    const auto found = properties->find(property);
    if (found == properties->end() || !found->is_array()) return all;
    for (const Json& value : *found)
        if (std::string one = text_of(value); !one.empty()) all.push_back(std::move(one));
    return all;
}

std::string first(const std::vector<std::string>& all) {
    return all.empty() ? std::string() : all.front();
}

Category category_of_topics(const std::vector<std::string>& topics) {
    for (const auto& [topic, category] : kTopics)
        for (const std::string& one : topics)
            if (one == topic || one.starts_with(std::string(topic) + ".")) return category;
    return Category::unknown;
}

YamlNode scalar(std::string text) {
    YamlNode node;
    node.kind = YamlKind::scalar;
    node.text = std::move(text);
    return node;
}

void put(YamlNode& mapping, const char* key, std::string text) {
    if (text.empty()) return;
    mapping.items.push_back(YamlNode::plain_text(key));
    mapping.items.push_back(scalar(std::move(text)));
}

using Take = std::function<Expected<void>(const Json& entity, std::string_view line)>;

Expected<void> each_entity(std::string_view text, const Take& take) {
    std::size_t number = 0;
    while (!text.empty()) {
        ++number;
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty()) continue;
        const auto refused = [&](const char* what) {
            return fail(ErrorCode::invalid, "line " + std::to_string(number) + ": " + what);
        };
        if (line.size() > kLineBytesMax) return refused("an entity larger than 1 MiB");
        if (nests_deeper(line, kDepthMax)) return refused("it nests deeper than any entity");
        const Json entity = Json::parse(line, nullptr, /*allow_exceptions=*/false);
        if (!entity.is_object()) return refused("no JSON object");
        if (member(entity, "id").empty() || member(entity, "schema").empty())
            return refused("no FollowTheMoney entity: it has no id or no schema");
        auto taken = take(entity, line);
        if (!taken) return refused(taken.error().what.c_str());
    }
    return {};
}

Expected<Tag> tag_of(const Json& entity,
                     std::string_view line,
                     const std::string& address,
                     const std::map<std::string, Holder>& holders) {
    if (address.size() > lists::kAddressBytesMax)
        return fail(ErrorCode::invalid, "an address longer than 256 bytes");
    std::vector<std::string> topics = values(entity, "topics");
    std::string label;
    for (const std::string& id : values(entity, "holder")) {
        const auto holder = holders.find(id);
        if (holder == holders.end()) continue;
        label += (label.empty() ? "" : ", ") + holder->second.caption;
        topics.insert(topics.end(), holder->second.topics.begin(), holder->second.topics.end());
    }
    if (label.empty()) label = member(entity, "caption");
    if (label.empty()) label = address;
    Tag tag{.address = address,
            .label = std::move(label),
            .currency = first(values(entity, "currency")),
            .category = category_of_topics(topics),
            .confidence = confidence_of(kConfidence),
            .source = first(values(entity, "sourceUrl")),
            .date = member(entity, "last_change"),
            .body = {}};
    tag.body.kind = YamlKind::mapping;
    put(tag.body, "address", tag.address);
    put(tag.body, "label", tag.label);
    put(tag.body, "currency", tag.currency);
    put(tag.body, "category", std::string(name(tag.category)));
    put(tag.body, "confidence", std::string(kConfidence));
    put(tag.body, "source", tag.source);
    put(tag.body, "lastmod", tag.date);
    put(tag.body, "ftm", lists::printable_line(line));
    return tag;
}

}  // namespace

bool looks_like_ftm(std::string_view text) {
    const std::size_t at = text.find_first_not_of(" \t\r\n");
    return at != std::string_view::npos && text[at] == '{' &&
           text.substr(at, kLineBytesMax).find("\"schema\"") != std::string_view::npos;
}

Expected<TagPack> read_ftm(std::string_view text) {
    std::map<std::string, Holder> holders;
    std::string dataset;
    TRY(each_entity(text, [&](const Json& entity, std::string_view /*line*/) -> Expected<void> {
        const auto datasets = entity.find("datasets");
        if (dataset.empty() && datasets != entity.end() && datasets->is_array() &&
            !datasets->empty())
            dataset = text_of(datasets->front());
        if (member(entity, "schema") != "CryptoWallet")
            holders[member(entity, "id")] = {member(entity, "caption"), values(entity, "topics")};
        return {};
    }));
    TagPack pack;
    TRY(each_entity(text, [&](const Json& entity, std::string_view line) -> Expected<void> {
        if (member(entity, "schema") != "CryptoWallet") return {};
        if (line.size() > kWalletBytesMax)
            return fail(ErrorCode::invalid, "a wallet of more than 60 KiB");
        for (const std::string& address : values(entity, "publicKey")) {
            if (pack.tags.size() >= kTagsMax)
                return fail(ErrorCode::limit, "more wallets than any file has");
            pack.tags.push_back(TRY(tag_of(entity, line, address, holders)));
        }
        return {};
    }));
    if (pack.tags.empty())
        return fail(ErrorCode::invalid, "no crypto wallet is among the entities");
    pack.title = dataset.empty() ? "FollowTheMoney entities" : dataset;
    pack.creator = dataset.empty() ? "unknown" : "OpenSanctions, " + dataset;
    pack.header.kind = YamlKind::mapping;
    put(pack.header, "title", pack.title);
    put(pack.header, "creator", pack.creator);
    pack.header.items.push_back(YamlNode::plain_text("tags"));
    YamlNode tags;
    tags.kind = YamlKind::sequence;
    pack.header.items.push_back(std::move(tags));
    return pack;
}

}  // namespace wagetrail::labels
