// What was answered to requests with an Idempotency-Key, so that a client that asks again after a
// lost connection gets the same bytes (draft-ietf-httpapi-idempotency-key-header). Kept for a day,
// by caller: 10,000 and 64 MiB at most, and none above 256 KiB.
#pragma once

#include "chain/base/time.h"

#include "index/lists/sqlite.h"

#include "server/http/route.h"

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

namespace wagetrail::server {

/// Which request it is.
struct ReplyKey {
    std::string caller;
    std::string key;
    std::string request;  // SHA-256 of what makes it that request
};

/// Any thread.
class ReplyStore {
  public:
    explicit ReplyStore(lists::Sqlite state) : state_(std::move(state)) {}

    /// Those that were being answered when the last server ended can be asked again.
    [[nodiscard]] Expected<void> restart();
    /// The reply of that key; none: it is new, and from now on being answered. key_reused: the key
    /// came with another request; conflict: that request is being answered; limit_met: the caller
    /// has too many.
    [[nodiscard]] Result<std::optional<Answer>> begin(const ReplyKey& key, Time now);
    void keep(const ReplyKey& key, const Answer& answer);
    /// There is no reply worth keeping: it may be asked again.
    void forget(const ReplyKey& key);

  private:
    [[nodiscard]] Expected<void> store(const ReplyKey& key, const Answer& answer);

    std::mutex mutex_;
    lists::Sqlite state_;
};

}  // namespace wagetrail::server
