#include "server/http/target.h"

#include "chain/base/bytes.h"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace wagetrail::server {
namespace {

constexpr std::size_t kQueryCountMax = 64;

/// RFC 3986: what may stand in a path or query without an encoding, '%' and '/' aside. '|' and
/// brackets are what browsers send bare.
bool stands_for_itself(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-._~!$'()*,;:@&=+?/[]|").contains(c);
}

std::optional<char> decoded_byte(std::string_view two_digits) {
    const auto bytes = from_hex(two_digits);
    if (!bytes || bytes->size() != 1) return std::nullopt;
    return static_cast<char>(bytes->front());
}

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

/// Whether decoding once more would change it: the mark of a filter that is being evaded.
bool is_encoded_again(std::string_view text) {
    for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1))
        if (decoded_byte(text.substr(at + 1, 2))) return true;
    return false;
}

enum class Plus : std::uint8_t { stays, is_space };

Result<std::string> decoded(std::string_view raw, Plus plus) {
    std::string text;
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] == '+' && plus == Plus::is_space) {
            text += ' ';
        } else if (raw[i] != '%') {
            if (!stands_for_itself(raw[i]))
                return refuse(ProblemCode::bad_target,
                              "the target holds a character that must be percent-encoded");
            text += raw[i];
        } else {
            const auto byte = decoded_byte(raw.substr(i + 1, 2));
            if (!byte)
                return refuse(ProblemCode::bad_target,
                              "a '%' in the target is not followed by two hexadecimal digits");
            text += *byte;
            i += 2;
        }
    }
    if (std::ranges::any_of(text, is_control))
        return refuse(ProblemCode::bad_target, "the target holds an encoded control character");
    if (!is_utf8(text)) return refuse(ProblemCode::bad_target, "the target is not UTF-8");
    return text;
}

Result<std::string> segment_of(std::string_view raw) {
    auto text = decoded(raw, Plus::stays);
    if (!text) return text;
    if (text->empty())
        return refuse(ProblemCode::bad_target, "the path holds an empty segment (two slashes)");
    if (text->find_first_of("/\\") != std::string::npos)
        return refuse(ProblemCode::bad_target, "the path holds an encoded slash or a backslash");
    if (*text == "." || *text == "..")
        return refuse(ProblemCode::bad_target, "the path holds a dot segment",
                      "name the path itself");
    if (is_encoded_again(*text))
        return refuse(ProblemCode::bad_target, "the path is percent-encoded more than once");
    return text;
}

Result<void> read_path(std::string_view path, Target& target) {
    if (path == "/") return {};
    path.remove_prefix(1);
    if (path.ends_with('/')) {
        target.ends_in_slash = true;
        path.remove_suffix(1);
    }
    for (std::size_t begin = 0; begin <= path.size();) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        auto segment = segment_of(path.substr(begin, end - begin));
        if (!segment) return std::unexpected(std::move(segment).error());
        target.segments.push_back(*std::move(segment));
        begin = end + 1;
    }
    return {};
}

Result<void> read_query(std::string_view query, Target& target) {
    while (!query.empty()) {
        const std::string_view part = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(part.size() + 1, query.size()));
        if (part.empty()) continue;
        if (target.query.size() == kQueryCountMax)
            return refuse(ProblemCode::bad_target, "the query has more than 64 parameters");
        const std::size_t equals = std::min(part.find('='), part.size());
        auto name = decoded(part.substr(0, equals), Plus::is_space);
        if (!name) return std::unexpected(std::move(name).error());
        auto text = decoded(part.substr(std::min(equals + 1, part.size())), Plus::is_space);
        if (!text) return std::unexpected(std::move(text).error());
        target.query.emplace_back(*std::move(name), *std::move(text));
    }
    return {};
}

/// How many bytes the sequence that begins here has; 0 for none that is valid (RFC 3629).
std::size_t sequence_length(std::string_view text) {
    const auto at = [&](std::size_t i) -> unsigned {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const auto follows = [&](std::size_t i) { return (at(i) & 0xC0U) == 0x80U; };
    const unsigned first = at(0);
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        const bool overlong = first == 0xE0 && at(1) < 0xA0;
        const bool surrogate = first == 0xED && at(1) >= 0xA0;
        return follows(1) && follows(2) && !overlong && !surrogate ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const bool overlong = first == 0xF0 && at(1) < 0x90;
        const bool beyond = first == 0xF4 && at(1) >= 0x90;
        return follows(1) && follows(2) && follows(3) && !overlong && !beyond ? 4 : 0;
    }
    return 0;
}

}  // namespace

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = sequence_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

Result<Target> parse_target(std::string_view target, std::size_t bytes_max) {
    if (target.size() > bytes_max)
        return refuse(ProblemCode::target_too_long,
                      "the target is longer than " + std::to_string(bytes_max) + " bytes",
                      "send many subjects in a body, with POST");
    if (!target.starts_with('/'))
        return refuse(ProblemCode::bad_target, "the target does not begin with a slash",
                      "send the path alone, without scheme and host");
    const std::size_t question = std::min(target.find('?'), target.size());
    Target parsed;
    if (auto read = read_path(target.substr(0, question), parsed); !read)
        return std::unexpected(std::move(read).error());
    if (question < target.size())
        if (auto read = read_query(target.substr(question + 1), parsed); !read)
            return std::unexpected(std::move(read).error());
    return parsed;
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
            std::string_view("-._~:").contains(c)) {
            encoded += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            encoded += '%';
            encoded += kDigits[byte >> 4U];
            encoded += kDigits[byte & 0xFU];
        }
    }
    return encoded;
}

}  // namespace wagetrail::server
