// A home of its own for each test, with the server's file in it.
#pragma once

#include "server/state/state_file.h"
#include "tests/unit/chain/test_blocks.h"

#include <string>

namespace wagetrail::server {

class StateHome {
  public:
    [[nodiscard]] std::string folder() const { return folder_.path(); }
    [[nodiscard]] lists::Sqlite open() const { return open_state(folder()).value(); }

  private:
    TempFolder folder_;
};

}  // namespace wagetrail::server
