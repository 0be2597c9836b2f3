#include "tests/unit/shared_data.h"

#include "chain/base/codec.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

namespace wagetrail {
namespace {

namespace fs = std::filesystem;

fs::path shared_folder() {
    const char* named = std::getenv("WAGETRAIL_SHARED");
    if (named != nullptr) return named;
    return fs::path(__FILE__).parent_path().parent_path().parent_path().parent_path() / "shared";
}

Bytes unpacked(const fs::path& path) {
    const std::string name = path.string();
    REQUIRE(name.find('\'') == std::string::npos);
    std::FILE* pipe = popen(("xz -dc '" + name + "'").c_str(), "r");
    REQUIRE(pipe != nullptr);
    Bytes bytes;
    std::array<std::uint8_t, 1 << 16> part;
    for (std::size_t got = 1; got != 0;) {
        got = std::fread(part.data(), 1, part.size(), pipe);
        append(bytes, ByteView(part).first(got));
    }
    REQUIRE(pclose(pipe) == 0);
    return bytes;
}

std::string text_field(ByteView field) {
    const auto end = std::find(field.begin(), field.end(), std::uint8_t{0});
    return {field.begin(), end};
}

}  // namespace

std::optional<fs::path> shared_data(const std::string& name) {
    fs::path path = shared_folder() / "data" / name;
    if (fs::exists(path)) return path;
    WARN("skipped: there is no " << path << "; set WAGETRAIL_SHARED to the folder with the data");
    return std::nullopt;
}

std::vector<fs::path> files_in(const fs::path& folder, const std::string& suffix) {
    std::vector<fs::path> paths;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().string().ends_with(suffix)) paths.push_back(entry.path());
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

Bytes file_bytes(const fs::path& path) {
    CAPTURE(path);
    if (path.extension() == ".xz") return unpacked(path);
    std::ifstream file(path, std::ios::binary);
    REQUIRE(file.good());
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string file_text(const fs::path& path) {
    const Bytes bytes = file_bytes(path);
    return {bytes.begin(), bytes.end()};
}

std::map<std::string, Bytes> tar_files(const fs::path& path) {
    static constexpr std::size_t kTarBlock = 512;
    const Bytes bytes = file_bytes(path);
    std::map<std::string, Bytes> files;
    Reader reader(bytes);
    while (reader.left() >= kTarBlock) {
        const ByteView header = reader.take(kTarBlock);
        const std::string name = text_field(header.first(100));
        if (name.empty()) break;
        const std::size_t size = std::stoull(text_field(header.subspan(124, 12)), nullptr, 8);
        const ByteView content = reader.take((size + kTarBlock - 1) / kTarBlock * kTarBlock);
        const std::uint8_t kind = header[156];
        if (kind == '0' || kind == 0) files[name] = to_bytes(content.first(size));
    }
    REQUIRE(reader.ok());
    return files;
}

std::vector<std::vector<std::string>> csv_rows(const fs::path& path) {
    std::vector<std::vector<std::string>> rows;
    std::istringstream lines(file_text(path));
    for (std::string line; std::getline(lines, line);) {
        std::istringstream fields(line);
        auto& row = rows.emplace_back();
        for (std::string field; std::getline(fields, field, ',');) row.push_back(field);
    }
    return rows;
}

std::vector<Bytes> block_records(ByteView file, const std::array<std::uint8_t, 4>& magic) {
    std::vector<Bytes> records;
    Reader reader(file);
    while (reader.left() >= 8 && equal(reader.take(4), magic)) {
        std::uint32_t size = 0;
        reader.little<4>(size);
        records.push_back(to_bytes(reader.take(size)));
    }
    REQUIRE(reader.ok());
    return records;
}

}  // namespace wagetrail
