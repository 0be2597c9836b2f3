#include "server/routes/picture_body.h"

#include <utility>

namespace wagetrail::server {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kOpenedMax = 500;
constexpr std::size_t kAroundMax = 100;
constexpr std::uint64_t kNodesMax = 10'000;
constexpr std::uint64_t kBesideMax = 1'000;

Result<question::OpenedNode> opened_node(const Json& json) {
    auto fields = TRY(BodyFields::of(json));
    question::OpenedNode opened;
    std::string what = "traced";
    std::string side = "out";
    fields.read("id", opened.id);
    fields.read("what", what);
    fields.read("direction", side);
    fields.read_number("first", 1, kBesideMax, opened.first);
    if (opened.id.empty()) fields.wrong("id", "is missing");
    if (what != "traced" && what != "contacts") fields.wrong("what", "is not traced or contacts");
    if (side != "in" && side != "out") fields.wrong("direction", "is not in or out");
    TRY(fields.done());
    if (what == "contacts") opened.what = question::OpenedNode::What::contacts;
    opened.side = side == "in" ? NeighborSide::in : NeighborSide::out;
    return opened;
}

void read_opened(BodyFields& body, std::vector<question::OpenedNode>& into) {
    const Json* const json = body.take("open");
    if (json == nullptr) return;
    if (!json->is_array() || json->size() > kOpenedMax) {
        body.wrong("open", "is no array of at most 500 objects");
        return;
    }
    for (const Json& each : *json) {
        auto opened = opened_node(each);
        if (!opened) {
            body.wrong("open", "has an entry of which " + opened.error().message);
            return;
        }
        into.push_back(*std::move(opened));
    }
}

}  // namespace

void read_picture(BodyFields& body, question::PictureOptions& options) {
    body.read("around", options.around);
    if (options.around.size() > kAroundMax) body.wrong("around", "has more than 100 names");
    body.read("show", options.level);
    body.read("across", options.across);
    body.read_number("nodes", 1, kNodesMax, options.nodes);
    body.read_number("beside_each", 1, kBesideMax, options.beside_each);
    read_opened(body, options.opened);
}

}  // namespace wagetrail::server
