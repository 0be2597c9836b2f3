// The files of the explorer, as they were built into the program.
#pragma once

#include <span>
#include <string_view>

namespace wagetrail::server {

struct WebFile {
    std::string_view path;  // "index.html", "assets/index-4f2a.js"
    std::string_view bytes;
    std::string_view gzip;  // the same, compressed
};

/// Empty when the program was built without them.
[[nodiscard]] std::span<const WebFile> web_files();

}  // namespace wagetrail::server
