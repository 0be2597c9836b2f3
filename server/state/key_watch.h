// The keys in force, as the home has them: read again at each look, so that a key that is revoked
// beside the server is refused within seconds.
#pragma once

#include "server/state/doorman.h"

#include <optional>
#include <string>

namespace wagetrail::server {

class KeyWatch {
  public:
    KeyWatch(std::string home, bool needs_key) : home_(std::move(home)), doorman_(needs_key) {}

    /// One thread at a time. After an error, the keys known before stay in force.
    [[nodiscard]] Expected<void> look();
    [[nodiscard]] bool has_keys() const { return has_keys_; }
    [[nodiscard]] const Doorman& doorman() const { return doorman_; }

  private:
    std::string home_;
    std::optional<lists::Sqlite> state_;
    bool has_keys_ = false;
    Doorman doorman_;
};

}  // namespace wagetrail::server
