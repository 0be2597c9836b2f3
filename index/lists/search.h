// Finds parties and addresses on the lists by what somebody typed: names, aliases and addresses,
// forgiving case, spaces, marks, look-alike letters and the slips that addresses suffer. OFAC's own
// box finds an address only by its exact letters. Every hit says why it is one; a hit is a hint
// for a person, never a verdict.
#pragma once

#include "chain/base/expected.h"
#include "chain/base/time.h"

#include "index/lists/registry.h"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail::lists {

/// How a text matches, best first. Part of the order of hits.
enum class MatchKind : std::uint8_t {
    exact,
    same_address,  // another spelling of the same address, by its bytes
    letter_case,
    spacing,     // spaces, hyphens and other punctuation apart
    lookalike,   // letters that look alike or have marks; in addresses also 0 O, 1 l I
    one_letter,  // an address with one letter mistyped, left out, too many or swapped
    all_words,   // each word of the question, in another order
    beginning,
    part,
};

/// "look-alike letters": as answers print it.
[[nodiscard]] std::string_view text(MatchKind kind);

/// What of the party matched.
enum class MatchedField : std::uint8_t { name, alias, address };
[[nodiscard]] std::string_view text(MatchedField field);

struct SearchAddress {
    std::string text;
    std::string ticker;
    bool listed = false;  // on the newest snapshot of its list

    friend auto operator<=>(const SearchAddress&, const SearchAddress&) = default;
};

struct SearchHit {
    MatchKind kind = MatchKind::part;
    MatchedField field = MatchedField::name;
    std::string matched;  // the name, alias or address that did
    std::string list;
    std::string entity;
    std::string party_id;
    bool listed = false;                   // the party is on the newest snapshot of its list
    std::vector<SearchAddress> addresses;  // all that the list ever gave the party, sorted
};

struct SearchRequest {
    std::string text;
    std::string list = {};  // empty: all
};

/// Ordered by kind, then list, entity and party. invalid for a question of fewer than three bytes,
/// more than 256, or with characters that cannot be printed; not_found for an unknown list.
Expected<std::vector<SearchHit>> search(const Registry& registry, const SearchRequest& request);

}  // namespace wagetrail::lists
