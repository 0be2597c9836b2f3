// Answers a request with an Idempotency-Key once, and then again with the same bytes.
#pragma once

#include "server/routes/routes.h"
#include "server/state/replies.h"

namespace wagetrail::server {

/// The route as it was, but for that header. replies: none in a server that keeps nothing, which
/// refuses the header.
[[nodiscard]] Route idempotent(Route route, ReplyStore* replies, Now now);

}  // namespace wagetrail::server
