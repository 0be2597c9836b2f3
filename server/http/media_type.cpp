#include "server/http/media_type.h"

#include "server/http/header_fields.h"

#include <algorithm>
#include <array>

namespace wagetrail::server {
namespace {

struct Row {
    MediaType type;
    std::string_view name;
    std::string_view content_type;
};

using enum MediaType;
constexpr std::array kRows{
    Row{json, "application/json", "application/json"},
    Row{ndjson, "application/x-ndjson", "application/x-ndjson"},
    Row{text, "text/plain", "text/plain; charset=utf-8"},
    Row{events, "text/event-stream", "text/event-stream"},
    Row{graphml, "application/graphml+xml", "application/graphml+xml; charset=utf-8"},
    Row{csv, "text/csv", "text/csv; charset=utf-8"},
    Row{dot, "text/vnd.graphviz", "text/vnd.graphviz; charset=utf-8"},
    Row{html, "text/html", "text/html; charset=utf-8"},
    Row{css, "text/css", "text/css; charset=utf-8"},
    Row{javascript, "text/javascript", "text/javascript; charset=utf-8"},
    Row{svg, "image/svg+xml", "image/svg+xml"},
};

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

/// Takes what stands before the next separator off the front.
std::string_view take(std::string_view& list, char separator) {
    const std::string_view part = list.substr(0, list.find(separator));
    list.remove_prefix(std::min(part.size() + 1, list.size()));
    return trimmed(part);
}

/// "0.8" as 800; what is no quality counts as 0, the careful reading.
unsigned thousandths(std::string_view quality) {
    if (quality.empty() || quality.size() > 5 || (quality[0] != '0' && quality[0] != '1')) return 0;
    unsigned sum = quality[0] == '1' ? 1000 : 0;
    if (quality.size() > 1 && quality[1] != '.') return 0;
    unsigned weight = 100;
    for (std::size_t i = 2; i < quality.size(); ++i, weight /= 10) {
        if (quality[i] < '0' || quality[i] > '9') return 0;
        sum += static_cast<unsigned>(quality[i] - '0') * weight;
    }
    return std::min(sum, 1000U);
}

struct Range {
    std::string_view name;  // "text/html", "text/*", "*/*"
    unsigned quality = 1000;
};

Range range_of(std::string_view part) {
    Range range{.name = take(part, ';')};
    while (!part.empty()) {
        const std::string_view parameter = take(part, ';');
        if (parameter.starts_with("q=") || parameter.starts_with("Q="))
            range.quality = thousandths(parameter.substr(2));
    }
    return range;
}

/// 0: does not fit; the larger the more exactly it names the type.
unsigned fit(std::string_view range, std::string_view name) {
    if (equal_without_case(range, name)) return 3;
    if (range.ends_with("/*") && range != "*/*" &&
        equal_without_case(range.substr(0, range.size() - 1), name.substr(0, name.find('/') + 1)))
        return 2;
    return range == "*/*" || range == "*" ? 1 : 0;
}

/// The most exact range decides (RFC 9110 12.5.1).
unsigned quality_of(std::string_view accept, std::string_view name) {
    unsigned best_fit = 0;
    unsigned quality = 0;
    while (!accept.empty()) {
        const Range range = range_of(take(accept, ','));
        const unsigned fits = fit(range.name, name);
        if (fits > best_fit || (fits == best_fit && fits != 0 && range.quality > quality)) {
            best_fit = fits;
            quality = range.quality;
        }
    }
    return quality;
}

const Row& row_of(MediaType type) {
    return kRows.at(static_cast<std::size_t>(type));
}

}  // namespace

std::string_view name_of(MediaType type) {
    return row_of(type).name;
}

std::string_view content_type_of(MediaType type) {
    return row_of(type).content_type;
}

bool is_media_type(std::string_view content_type, MediaType type) {
    if (!equal_without_case(take(content_type, ';'), name_of(type))) return false;
    while (!content_type.empty()) {
        const std::string_view parameter = take(content_type, ';');
        if (parameter.empty()) continue;
        if (!equal_without_case(parameter, "charset=utf-8") &&
            !equal_without_case(parameter, "charset=\"utf-8\""))
            return false;
    }
    return true;
}

std::optional<MediaType> choose(std::string_view accept, std::span<const MediaType> offered) {
    if (trimmed(accept).empty())
        return offered.empty() ? std::nullopt : std::optional(offered.front());
    std::optional<MediaType> best;
    unsigned best_quality = 0;
    for (const MediaType type : offered) {
        const unsigned quality = quality_of(accept, name_of(type));
        if (quality > best_quality) {
            best = type;
            best_quality = quality;
        }
    }
    return best;
}

}  // namespace wagetrail::server
