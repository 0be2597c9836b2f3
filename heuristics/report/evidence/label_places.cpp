#include "heuristics/report/evidence/label_places.h"

#include <algorithm>

namespace wagetrail::report {
namespace {

constexpr std::size_t kCharacterWidth = 5;
constexpr std::size_t kAscent = 8;
constexpr std::size_t kDescent = 2;

/// nullopt: it would begin outside of the drawing.
std::optional<DrawnBox> box_of(const DrawnPoint& at, std::size_t characters) {
    const std::size_t half = (characters * kCharacterWidth + 1) / 2;
    if (at.x < half || at.y < kAscent) return std::nullopt;
    return DrawnBox{at.x - half, at.y - kAscent, at.x + half, at.y + kDescent};
}

bool meet(const DrawnBox& a, const DrawnBox& b) {
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

}  // namespace

std::optional<DrawnPoint> LabelPlaces::place(std::span<const DrawnPoint> wished,
                                             std::size_t characters) {
    for (const DrawnPoint& at : wished) {
        const auto box = box_of(at, characters);
        if (!box ||
            std::ranges::any_of(taken_, [&](const DrawnBox& one) { return meet(*box, one); }))
            continue;
        taken_.push_back(*box);
        return at;
    }
    return std::nullopt;
}

std::vector<DrawnPoint> along(const DrawnPoint& from, const DrawnPoint& to) {
    constexpr std::size_t kParts = 12;
    constexpr std::size_t kAbove = 3;  // the line must not strike it through
    constexpr std::size_t kBelow = 11;
    std::vector<DrawnPoint> points;
    for (const std::size_t part : {6U, 5U, 7U, 4U, 8U, 3U, 9U, 2U, 10U}) {
        // A smooth step, as the curve goes: 3t^2 - 2t^3.
        const std::size_t smooth = part * part * (3 * kParts - 2 * part);
        const std::size_t whole = kParts * kParts * kParts;
        const std::size_t x = (from.x * (kParts - part) + to.x * part) / kParts;
        const std::size_t y = (from.y * (whole - smooth) + to.y * smooth) / whole;
        points.push_back({x, y - std::min(y, kAbove)});
        points.push_back({x, y + kBelow});
    }
    return points;
}

}  // namespace wagetrail::report
