#include "index/lists/lookalike.h"

#include "index/lists/printable.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace wagetrail::lists {
namespace {

struct Lookalike {
    std::string_view letter;  // UTF-8
    char latin;               // 0: cannot be seen
};

constexpr std::array kLookalikes = {
    // Cyrillic
    Lookalike{"А", 'A'},
    Lookalike{"В", 'B'},
    Lookalike{"Е", 'E'},
    Lookalike{"З", '3'},
    Lookalike{"І", 'I'},
    Lookalike{"Ј", 'J'},
    Lookalike{"К", 'K'},
    Lookalike{"М", 'M'},
    Lookalike{"Н", 'H'},
    Lookalike{"О", 'O'},
    Lookalike{"Р", 'P'},
    Lookalike{"С", 'C'},
    Lookalike{"Ѕ", 'S'},
    Lookalike{"Т", 'T'},
    Lookalike{"У", 'Y'},
    Lookalike{"Х", 'X'},
    Lookalike{"Ү", 'Y'},
    Lookalike{"а", 'a'},
    Lookalike{"е", 'e'},
    Lookalike{"і", 'i'},
    Lookalike{"ј", 'j'},
    Lookalike{"к", 'k'},
    Lookalike{"о", 'o'},
    Lookalike{"р", 'p'},
    Lookalike{"с", 'c'},
    Lookalike{"ѕ", 's'},
    Lookalike{"у", 'y'},
    Lookalike{"х", 'x'},
    Lookalike{"ԁ", 'd'},
    Lookalike{"һ", 'h'},
    Lookalike{"ԛ", 'q'},
    Lookalike{"ԝ", 'w'},
    Lookalike{"ѵ", 'v'},
    Lookalike{"Ԍ", 'G'},
    // Greek
    Lookalike{"Α", 'A'},
    Lookalike{"Β", 'B'},
    Lookalike{"Ε", 'E'},
    Lookalike{"Ζ", 'Z'},
    Lookalike{"Η", 'H'},
    Lookalike{"Ι", 'I'},
    Lookalike{"Κ", 'K'},
    Lookalike{"Μ", 'M'},
    Lookalike{"Ν", 'N'},
    Lookalike{"Ο", 'O'},
    Lookalike{"Ρ", 'P'},
    Lookalike{"Τ", 'T'},
    Lookalike{"Υ", 'Y'},
    Lookalike{"Χ", 'X'},
    Lookalike{"α", 'a'},
    Lookalike{"ο", 'o'},
    Lookalike{"ν", 'v'},
    Lookalike{"ι", 'i'},
    Lookalike{"υ", 'u'},
    Lookalike{"ρ", 'p'},
    // Not seen: soft hyphen, zero-width ones, direction marks, byte order mark
    Lookalike{"\u00AD", 0},
    Lookalike{"\u200B", 0},
    Lookalike{"\u200C", 0},
    Lookalike{"\u200D", 0},
    Lookalike{"\u200E", 0},
    Lookalike{"\u200F", 0},
    Lookalike{"\u202A", 0},
    Lookalike{"\u202B", 0},
    Lookalike{"\u202C", 0},
    Lookalike{"\u202D", 0},
    Lookalike{"\u202E", 0},
    Lookalike{"\u2060", 0},
    Lookalike{"\uFEFF", 0},
};

// The letters of U+00C0 to U+017F without their marks; "." where there is no single one.
constexpr std::string_view kUnmarked =
    "AAAAAAACEEEEIIIIDNOOOOO.OUUUUY.saaaaaaaceeeeiiiidnooooo.ouuuuy.y"
    "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLlNnNnNnnNnOoOoOoOoRrRrRrSs"
    "SsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

std::size_t length_of(char lead) {
    const auto byte = static_cast<std::uint8_t>(lead);
    return byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

/// U+FF01 to U+FF5E are ASCII in full width.
char full_width(std::string_view letter) {
    if (letter.size() != 3 || letter[0] != '\xEF') return 0;
    const auto second = static_cast<std::uint8_t>(letter[1]);
    const auto third = static_cast<std::uint8_t>(letter[2]);
    const int point = (second & 0x3F) << 6 | (third & 0x3F);
    const int ascii = point - 0xF00 + 0x20;
    return second >= 0xBC && second <= 0xBD && ascii > 0x20 && ascii < 0x7F
               ? static_cast<char>(ascii)
               : '\0';
}

char without_mark(std::string_view letter) {
    if (letter.size() != 2) return 0;
    const auto lead = static_cast<std::uint8_t>(letter[0]);
    const auto next = static_cast<std::uint8_t>(letter[1]);
    const std::size_t point = (lead & 0x1FU) << 6U | (next & 0x3FU);
    if (point < 0xC0 || point - 0xC0 >= kUnmarked.size()) return 0;
    const char plain = kUnmarked[point - 0xC0];
    return plain == '.' ? '\0' : plain;
}

template <class Each>
void each_letter(std::string_view text, const Each& each) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t size = std::min(length_of(text[at]), text.size() - at);
        each(text.substr(at, size));
        at += size;
    }
}

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           (static_cast<unsigned char>(c) & 0x80U) != 0;
}

}  // namespace

std::string unmasked(std::string_view text) {
    std::string out;
    each_letter(text, [&](std::string_view letter) {
        const auto at =
            std::find_if(kLookalikes.begin(), kLookalikes.end(),
                         [&](const Lookalike& known) { return known.letter == letter; });
        if (at != kLookalikes.end()) {
            if (at->latin != 0) out.push_back(at->latin);
        } else if (const char ascii = full_width(letter); ascii != 0) {
            out.push_back(ascii);
        } else {
            out.append(letter);
        }
    });
    return out;
}

std::string name_skeleton(std::string_view text) {
    std::string plain;
    each_letter(unmasked(text), [&](std::string_view letter) {
        const char unmarked = without_mark(letter);
        if (unmarked != 0)
            plain.push_back(unmarked);
        else
            plain.append(letter);
    });
    std::string out;
    for (const char c : ascii_lower(plain)) {
        if (is_word(c))
            out.push_back(c);
        else if (c != '\'' && !out.empty() && out.back() != ' ')  // O'Neil is one word
            out.push_back(' ');
    }
    if (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

std::string address_skeleton(std::string_view text) {
    std::string out;
    for (const char c : ascii_lower(unmasked(text))) {
        if (c == ' ' || c == '\t') continue;
        out.push_back(c == '0' ? 'o' : c == '1' || c == 'i' ? 'l' : c);
    }
    return out;
}

}  // namespace wagetrail::lists
