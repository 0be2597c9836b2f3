// Decides who asks by the key that a request brings: "Authorization: Bearer KEY" or "X-API-Key:
// KEY"
// ("Authorization: KEY" too, as clients of GraphSense send it).
#pragma once

#include "server/http/hooks.h"
#include "server/state/keys.h"

#include <memory>
#include <mutex>

namespace wagetrail::server {

class Doorman {
  public:
    /// needs_key: nobody is let in without one.
    explicit Doorman(bool needs_key) : needs_key_(needs_key) {}

    /// Any thread.
    void use(std::shared_ptr<const KeyRing> keys);
    [[nodiscard]] Result<Caller> admit(const HeaderFields& headers) const;

  private:
    bool needs_key_;
    mutable std::mutex mutex_;  // of keys_
    std::shared_ptr<const KeyRing> keys_ = std::make_shared<const KeyRing>(std::vector<Key>{});
};

}  // namespace wagetrail::server
