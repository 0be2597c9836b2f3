#include "heuristics/report/picture/picture.h"

#include <algorithm>
#include <array>
#include <utility>

namespace wagetrail::report {
namespace {

constexpr std::array kLevels{
    std::pair{std::string_view("address"), PictureLevel::address},
    std::pair{std::string_view("entity"), PictureLevel::entity},
    std::pair{std::string_view("transaction"), PictureLevel::transaction},
};

}  // namespace

std::optional<PictureLevel> parse_picture_level(std::string_view word) {
    for (const auto& [name, level] : kLevels)
        if (name == word) return level;
    return std::nullopt;
}

std::string_view name(PictureLevel level) {
    for (const auto& [name, each] : kLevels)
        if (each == level) return name;
    CHECK(false);
}

std::string_view name(NodeKind kind) {
    switch (kind) {
        case NodeKind::address:
            return "address";
        case NodeKind::entity:
            return "entity";
        case NodeKind::transaction:
            return "transaction";
        case NodeKind::rest:
            return "rest";
    }
    CHECK(false);
}

std::string_view name(EdgeKind kind) {
    return kind == EdgeKind::traced ? "traced" : "contact";
}

std::string rest_id(EdgeKind kind, std::string_view side, std::string_view of) {
    return "rest:" + std::string(name(kind)) + ":" + std::string(side) + ":" + std::string(of);
}

void add(Shares& to, const Shares& more) {
    to.resize(std::max(to.size(), more.size()));
    for (std::size_t i = 0; i < more.size(); ++i) to[i] += more[i];
}

Amount largest(const Shares& shares) {
    return shares.empty() ? Amount() : *std::ranges::max_element(shares);
}

std::vector<std::size_t> roots_of(const Picture& picture) {
    const bool forward = picture.direction == Direction::forward;
    std::vector<bool> is_fed(picture.nodes.size(), false);
    for (const PictureEdge& edge : picture.edges) is_fed[forward ? edge.to : edge.from] = true;
    std::vector<std::size_t> roots;
    for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
        const PictureNode& node = picture.nodes[i];
        if ((forward ? node.is_payer : node.is_payee) || !is_fed[i]) roots.push_back(i);
    }
    return roots;
}

}  // namespace wagetrail::report
