// Feeds a text to a parser in pieces, for decoders that must not care where pieces end.
#pragma once

#include "chain/base/bytes.h"
#include "chain/base/expected.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace wagetrail::fuzz {

template <class Parser>
auto parse_in_pieces(std::string_view text, std::size_t piece) -> decltype(Parser().finish()) {
    Parser parser;
    for (std::size_t from = 0; from < text.size(); from += std::max<std::size_t>(piece, 1))
        TRY(parser.feed(text.substr(from, std::max<std::size_t>(piece, 1))));
    return parser.finish();
}

/// Parses the bytes behind the first one whole and in pieces of the size that it chooses. Both
/// fail, or compare(whole, pieces) says whether they are the same.
template <class Parser, class Compare>
void check_pieces(ByteView input, const Compare& compare) {
    if (input.empty()) return;
    const std::string_view text(reinterpret_cast<const char*>(input.data()) + 1, input.size() - 1);
    const auto whole = parse_in_pieces<Parser>(text, text.size());
    const auto pieces = parse_in_pieces<Parser>(text, std::size_t{input[0]} + 1);
    CHECK(whole.has_value() == pieces.has_value());
    if (whole) compare(*whole, *pieces);
}

}  // namespace wagetrail::fuzz
