#include "server/state/key_watch.h"

#include "server/state/state_file.h"

namespace wagetrail::server {

Expected<void> KeyWatch::look() {
    if (!state_ && has_state(home_)) state_ = TRY(read_state(home_));
    if (!state_) return {};
    const auto ring = std::make_shared<const KeyRing>(TRY(all_keys(*state_)));
    has_keys_ = !ring->empty();
    doorman_.use(ring);
    return {};
}

}  // namespace wagetrail::server
