// Feeds a text to a parser in pieces, for decoders that must not care where pieces end.
#pragma once

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

}  // namespace wagetrail::fuzz
