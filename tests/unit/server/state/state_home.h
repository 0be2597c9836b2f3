// A home of its own for each test, with the server's file in it.
#pragma once

#include "server/state/state_file.h"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace wagetrail::server {

class StateHome {
  public:
    StateHome() {
        std::string name = (std::filesystem::temp_directory_path() / "state-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        folder_ = name;
    }
    StateHome(const StateHome&) = delete;
    StateHome& operator=(const StateHome&) = delete;
    StateHome(StateHome&&) = delete;
    StateHome& operator=(StateHome&&) = delete;
    ~StateHome() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    [[nodiscard]] const std::string& folder() const { return folder_; }
    [[nodiscard]] lists::Sqlite open() const { return open_state(folder_).value(); }

  private:
    std::string folder_;
};

}  // namespace wagetrail::server
