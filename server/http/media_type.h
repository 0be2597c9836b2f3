// The media types that the server reads and writes, and the choice among them by Accept.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace wagetrail::server {

enum class MediaType : std::uint8_t {
    json,
    ndjson,
    text,
    events,
    graphml,
    csv,
    dot,
    html,
    css,
    javascript,
    svg,
};

/// "application/json"
[[nodiscard]] std::string_view name_of(MediaType type);
/// As in Content-Type, with the charset where there is one.
[[nodiscard]] std::string_view content_type_of(MediaType type);

/// Whether a Content-Type names that type: its case, a charset=utf-8 and spaces aside.
[[nodiscard]] bool is_media_type(std::string_view content_type, MediaType type);

/// The one of `offered` that Accept likes best, the earlier of equals. An empty Accept takes the
/// first; nullopt when it takes none.
[[nodiscard]] std::optional<MediaType> choose(std::string_view accept,
                                              std::span<const MediaType> offered);

}  // namespace wagetrail::server
