// A folder of list files and one registry, gone with the test.
#pragma once

#include "index/lists/import.h"
#include "index/lists/registry.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace wagetrail::lists {

class ListFolder {
  public:
    ListFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "lists-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        folder_ = name;
    }
    ListFolder(const ListFolder&) = delete;
    ListFolder& operator=(const ListFolder&) = delete;
    ListFolder(ListFolder&&) = delete;
    ListFolder& operator=(ListFolder&&) = delete;
    ~ListFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    [[nodiscard]] std::filesystem::path path(const std::string& name) const {
        return folder_ / name;
    }
    [[nodiscard]] std::filesystem::path registry_path() const { return path("registry.sqlite"); }
    [[nodiscard]] std::filesystem::path write(const std::string& name,
                                              const std::string& content) const {
        std::ofstream out(path(name), std::ios::binary);
        out << content;
        REQUIRE(out.good());
        return path(name);
    }
    [[nodiscard]] Registry registry() const {
        auto opened = Registry::open(registry_path(), Access::write);
        if (!opened) FAIL(opened.error().what);
        return *std::move(opened);
    }

  private:
    std::filesystem::path folder_;
};

/// A date or time that the test wrote itself.
inline Time at(std::string_view text) {
    const auto time = parse_time(text);
    REQUIRE(time);
    return *time;
}

inline ImportSummary imported(Registry& registry, const ImportRequest& request) {
    auto summary = import_list(registry, request);
    if (!summary) FAIL(summary.error().what);
    return *std::move(summary);
}

}  // namespace wagetrail::lists
