#include "index/write_file.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace wagetrail::index {

namespace fs = std::filesystem;

Expected<void> write_file(const std::string& path, const std::string& content) {
    const auto failed = [&](const std::string& why) {
        return fail(ErrorCode::io, "cannot write " + path + ": " + why);
    };
    std::error_code error;
    if (const fs::path folder = fs::path(path).parent_path(); !folder.empty())
        fs::create_directories(folder, error);
    if (error) return failed(error.message());
    const std::string fresh = path + ".new";
    errno = 0;
    std::ofstream file(fresh, std::ios::binary | std::ios::trunc);
    file << content;
    file.close();
    if (!file) {
        const std::string why = std::strerror(errno);
        fs::remove(fresh, error);
        return failed(why);
    }
    fs::rename(fresh, path, error);
    if (error) return failed(error.message());
    return {};
}

}  // namespace wagetrail::index
