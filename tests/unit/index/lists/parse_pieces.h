// Feeds a text to a parser of lists in pieces.
#pragma once

#include "index/lists/list_file.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace wagetrail::lists {

template <class Parser>
Expected<ListFile> parse_pieces(std::string_view text, std::size_t piece = 1 << 16) {
    Parser parser;
    for (std::size_t from = 0; from < text.size(); from += piece)
        TRY(parser.feed(text.substr(from, piece)));
    return parser.finish();
}

/// Empty when there is none.
template <class Parser>
std::string parse_error(std::string_view text) {
    const auto file = parse_pieces<Parser>(text);
    return file ? "" : file.error().what;
}

}  // namespace wagetrail::lists
