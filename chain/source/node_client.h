// Calls to one node that survive what nodes do: starting slowly, restarting with another cookie,
// dropping connections. What a user must change is said in a sentence and not tried again.
#pragma once

#include "chain/source/block_source.h"
#include "chain/source/http_client.h"
#include "chain/source/json_rpc.h"

#include <functional>

namespace wagetrail {

/// How long to bear with a node.
struct NodePatience {
    unsigned tries_to_reach = 3;                // before it answered for the first time
    unsigned tries = 8;                         // afterwards
    std::chrono::milliseconds first_wait{250};  // doubles from try to try
    std::chrono::milliseconds wait_max{8'000};
    unsigned warm_up_waits = 600;  // a node that starts may verify its files for long
    std::chrono::milliseconds warm_up_wait{2'000};
    /// Ends early when stop is requested. Empty: really sleeps; tests only note the time.
    std::function<void(std::chrono::milliseconds, const std::stop_token&)> sleep = nullptr;
};

struct NodeSettings {
    NodeAddress address;
    SourceSecrets secrets;
    HttpLimits limits;
    NodePatience patience;
    std::function<void(const std::string&)> notice = nullptr;  // see SourceHooks
};

/// For one thread.
class NodeClient {
  public:
    /// Borrows the settings.
    explicit NodeClient(const NodeSettings& settings);

    /// Makes the calls as one batch; errors of single calls are in their answers. invalid: the node
    /// refuses the credentials or this machine; io: it cannot be reached after all tries; limit:
    /// the answers are too large together; corrupt: it is no node; cancelled.
    [[nodiscard]] Expected<std::vector<RpcAnswer>> call(const std::vector<RpcCall>& calls,
                                                        const std::stop_token& stop);
    /// Closes the connection; the next call opens one.
    void hang_up() { http_.hang_up(); }

  private:
    /// Whether a failure may pass by itself.
    enum class Next : std::uint8_t { give_up, try_again, wait_for_start };
    struct Attempt {
        Expected<std::vector<RpcAnswer>> answers;
        Next next = Next::give_up;
    };

    [[nodiscard]] Attempt attempt(const std::string& batch,
                                  std::size_t calls,
                                  const std::stop_token& stop);
    [[nodiscard]] Attempt judge(const HttpAnswer& answer, std::size_t calls) const;
    void wait(std::chrono::milliseconds time,
              const std::string& why,
              const std::stop_token& stop) const;

    const NodeSettings& settings_;
    HttpClient http_;
    bool reached_ = false;
};

}  // namespace wagetrail
