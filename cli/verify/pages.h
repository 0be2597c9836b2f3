// What stands beside a bundle for people: the page and the table. The bundle names their SHA-256,
// so that nobody changes a figure on the page and leaves the bundle as it is.
#pragma once

#include "cli/verify/field.h"
#include "cli/verify/verdict.h"

#include <array>
#include <span>
#include <string>
#include <string_view>

namespace wagetrail::verifier {

/// The only names that are looked for: those in a bundle could lead anywhere.
inline constexpr std::array<std::string_view, 2> kPageNames = {"arrivals.csv", "report.html"};

struct Page {
    std::string name;  // of kPageNames
    std::string text;
};

/// absent: none is at hand.
[[nodiscard]] Check check_pages(const Json& document, std::span<const Page> pages);

}  // namespace wagetrail::verifier
