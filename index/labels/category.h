// What kind of actor or deed a label speaks of: numbered once, named for people, and compatible
// with the concepts of GraphSense's taxonomy (INTERPOL's dark web and virtual assets taxonomy).
#pragma once

#include "chain/base/expected.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace wagetrail::labels {

/// Numbers are stored and given to others: never renumber.
enum class Category : std::uint8_t {
    unknown = 0,
    exchange = 1,
    hosted_wallet = 2,
    payment_processor = 3,
    mixing_service = 4,
    mining_service = 5,
    bridge = 6,
    gambling = 7,
    market = 8,
    shop = 9,
    defi = 10,
    service = 11,
    donation = 20,
    organization = 21,
    user = 22,
    sanction = 30,
    terrorism = 31,
    ransomware = 32,
    hack = 33,
    scam = 34,
    illicit_trade = 35,
    abuse = 39,
};

struct CategoryTraits {
    Category category = Category::unknown;
    std::string_view name;      // "mixing_service"
    std::string_view concepts;  // GraphSense's, each between two spaces
    bool mixes = false;         // value of many people meets there off the chain: a walk ends
};

/// In the order in which they are tried: what is said of deeds goes before what is said of the
/// place they were done at.
[[nodiscard]] std::span<const CategoryTraits> all_categories();
[[nodiscard]] const CategoryTraits& traits(Category category);
[[nodiscard]] std::string_view name(Category category);
[[nodiscard]] std::optional<Category> parse_category(std::string_view word);
/// The same; invalid names those there are.
[[nodiscard]] Expected<Category> category_named(std::string_view word);
/// nullopt: a number that none has.
[[nodiscard]] std::optional<Category> category_of_number(std::int64_t number);
/// The first category with one of these concepts or names; unknown when none has.
[[nodiscard]] Category category_of(std::span<const std::string> concepts);

/// 0 to 100, of GraphSense's words ("ownership" 100, "authority_data" 60, "web_crawl" 20, ...);
/// unknown words are 5, as GraphSense counts "unknown".
[[nodiscard]] unsigned confidence_of(std::string_view word);

}  // namespace wagetrail::labels
