#include "index/lists/printable.h"

#include <algorithm>
#include <cstdint>

namespace wagetrail::lists {
namespace {

constexpr std::string_view kWhite = " \t\r\n";

struct Utf8Form {
    std::size_t size;
    char32_t bits;   // of the lead byte
    char32_t least;  // smaller values in this size are overlong
};

std::optional<Utf8Form> form_of(std::uint8_t lead) {
    if (lead < 0x80) return Utf8Form{1, lead, 0};
    if (lead >= 0xC2 && lead < 0xE0) return Utf8Form{2, lead & 0x1FU, 0x80};
    if (lead >= 0xE0 && lead < 0xF0) return Utf8Form{3, lead & 0x0FU, 0x800};
    if (lead >= 0xF0 && lead < 0xF5) return Utf8Form{4, lead & 0x07U, 0x10000};
    return std::nullopt;
}

bool printable(char32_t point) {
    const bool control = point < 0x20 || (point >= 0x7F && point < 0xA0);
    const bool surrogate = point >= 0xD800 && point < 0xE000;
    return !control && !surrogate && point <= 0x10FFFF;
}

}  // namespace

std::optional<std::size_t> first_unprintable(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto form = form_of(static_cast<std::uint8_t>(text[at]));
        if (!form || form->size > text.size() - at) return at;
        char32_t point = form->bits;
        for (std::size_t i = 1; i < form->size; ++i) {
            const auto next = static_cast<std::uint8_t>(text[at + i]);
            if ((next & 0xC0U) != 0x80) return at;
            point = (point << 6U) | (next & 0x3FU);
        }
        if (point < form->least || !printable(point)) return at;
        at += form->size;
    }
    return std::nullopt;
}

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(kWhite);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kWhite) - first + 1);
}

std::string one_line(std::string_view text) {
    std::string out;
    for (const char c : trimmed(text)) {
        const bool white = kWhite.find(c) != std::string_view::npos;
        if (!white)
            out.push_back(c);
        else if (out.back() != ' ')
            out.push_back(' ');
    }
    return out;
}

std::string printable_line(std::string_view text) {
    std::string line = one_line(text);
    for (std::size_t from = 0; from < line.size();) {
        const auto bad = first_unprintable(std::string_view(line).substr(from));
        if (!bad) break;
        from += *bad;
        line[from] = '?';
    }
    return line;
}

std::string ascii_lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

}  // namespace wagetrail::lists
