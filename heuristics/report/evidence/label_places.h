// Places for words in a drawing, so that none stands on another or on a box. In pixels; widths are
// estimates, since whose font it will be nobody knows. Same order of calls, same places.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace wagetrail::report {

struct DrawnPoint {
    std::size_t x = 0;
    std::size_t y = 0;
    friend bool operator==(const DrawnPoint&, const DrawnPoint&) = default;
};

struct DrawnBox {
    std::size_t left = 0;
    std::size_t top = 0;
    std::size_t right = 0;
    std::size_t bottom = 0;
};

class LabelPlaces {
  public:
    /// Nothing is written here.
    void keep_free(const DrawnBox& box) { taken_.push_back(box); }

    /// The first of the places, each the middle of a base line, where so many characters of 9
    /// pixels are on nothing else, which is then taken. nullopt: there is no room at any.
    [[nodiscard]] std::optional<DrawnPoint> place(std::span<const DrawnPoint> wished,
                                                  std::size_t characters);

  private:
    std::vector<DrawnBox> taken_;
};

/// Points of a line between two boxes, its middle first, then to both sides, each beside others a
/// little above and below.
[[nodiscard]] std::vector<DrawnPoint> along(const DrawnPoint& from, const DrawnPoint& to);

}  // namespace wagetrail::report
