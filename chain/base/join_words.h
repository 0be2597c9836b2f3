// "fifo, lifo, haircut": words of a range in one line, for people.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace wagetrail {

/// word_of: what of each element stands in the line. Nothing comes before the first word that is
/// not empty.
template <class Range, class WordOf = std::identity>
[[nodiscard]] std::string join_words(const Range& range,
                                     std::string_view between = ", ",
                                     const WordOf& word_of = {}) {
    std::string line;
    for (const auto& each : range) {
        if (!line.empty()) line += between;
        line += std::invoke(word_of, each);
    }
    return line;
}

}  // namespace wagetrail
