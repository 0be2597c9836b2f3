// The headers of one request as they came, in order. Names compare without case. Bounded by
// Limits::header_count; values hold no control characters.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wagetrail::server {

/// Of ASCII letters only, as names in HTTP are.
[[nodiscard]] bool equal_without_case(std::string_view a, std::string_view b);

class HeaderFields {
  public:
    void add(std::string_view name, std::string_view text) { rows_.emplace_back(name, text); }
    [[nodiscard]] std::size_t count(std::string_view name) const;
    /// The first one; valid as long as this is.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
    /// All of that name joined by ", ", as lists may be split over several headers.
    [[nodiscard]] std::string joined(std::string_view name) const;

  private:
    std::vector<std::pair<std::string, std::string>> rows_;
};

}  // namespace wagetrail::server
