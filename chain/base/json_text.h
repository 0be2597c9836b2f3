// What must be known of a JSON text before it is parsed: parsers recurse, and so does printing.
#pragma once

#include <string_view>

namespace wagetrail {

/// Whether brackets and braces, outside of strings, nest deeper than that anywhere.
[[nodiscard]] inline bool nests_deeper(std::string_view json, int depth_max) {
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        if (quoted && json[i] == '\\')
            ++i;
        else if (json[i] == '"')
            quoted = !quoted;
        else if (!quoted && (json[i] == '{' || json[i] == '['))
            ++depth;
        else if (!quoted && (json[i] == '}' || json[i] == ']'))
            --depth;
        if (depth > depth_max) return true;
    }
    return false;
}

}  // namespace wagetrail
