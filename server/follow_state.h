// How it stands with the node that an index follows, for whoever watches over the server.
#pragma once

#include "chain/base/time.h"
#include "chain/ledger.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace wagetrail::server {

enum class FollowPhase : std::uint8_t {
    starting,  // nothing was heard of the node yet
    reading,   // blocks come
    at_tip,    // the node was asked a moment ago, and has no more
    failing,   // the last error says why; it is tried again
};

struct FollowState {
    struct Failure {
        std::string what;
        Time at;
    };

    LedgerId ledger = LedgerId::btc;
    FollowPhase phase = FollowPhase::starting;
    Time since;                              // in that phase
    std::optional<Failure> last_error = {};  // kept when it is over
    std::uint64_t errors = 0;                // since the server began
};

/// The answer of /v1/status with "follow" for each ledger in "behind", which is outside of the
/// result_id.
[[nodiscard]] std::string with_follows(const std::string& status,
                                       std::span<const FollowState> follows);

/// Why a ledger may not be indexed yet: the failing ones, one sentence; empty: none is.
[[nodiscard]] std::string failing_words(std::span<const FollowState> follows);

/// For /metrics.
[[nodiscard]] std::string follow_metrics(std::span<const FollowState> follows);

}  // namespace wagetrail::server
