#include "index/disk_space.h"

#include <string>
#include <system_error>

namespace wagetrail::index {
namespace {

namespace fs = std::filesystem;

std::string mebibytes(std::uint64_t bytes) {
    return std::to_string(bytes >> 20U) + " MiB";
}

std::unexpected<Error> no_space(const fs::path& path, const std::string& figures) {
    return fail(ErrorCode::io, "no space left on the disk of " + path.string() + figures +
                                   "; free some and run the same command again: nothing that was "
                                   "reported as stored is lost");
}

/// The lowest folder of a path that is there.
fs::path existing_part(fs::path path) {
    std::error_code unknown;
    while (path.has_relative_path() && !fs::exists(path, unknown)) path = path.parent_path();
    return path.empty() ? fs::path(".") : path;
}

}  // namespace

Expected<void> require_space(const fs::path& path, std::uint64_t bytes) {
    std::error_code unknown;
    const fs::space_info space = fs::space(existing_part(path), unknown);
    if (unknown || space.available >= bytes) return {};
    return no_space(path, " (" + mebibytes(space.available) + " free, " + mebibytes(bytes) +
                              " needed to go on safely)");
}

std::unexpected<Error> no_space_left(const fs::path& path) {
    return no_space(path, "");
}

Expected<void> make_folder(const fs::path& path) {
    std::error_code error;
    fs::create_directories(path, error);
    if (!error) return {};
    if (error == std::errc::no_space_on_device) return no_space_left(path);
    return fail(ErrorCode::io, "cannot create " + path.string() + ": " + error.message() +
                                   "; check the owner of the folder above it, or name another");
}

}  // namespace wagetrail::index
