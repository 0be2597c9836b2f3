// A node for tests of the RPC source: an HTTP server on a free port of this machine whose answers
// the test decides, and the JSON-RPC of a node that holds a few blocks.
#pragma once

#include "chain/base/bytes.h"
#include "chain/ledger.h"

#include <nlohmann/json.hpp>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace wagetrail {

struct TestRequest {
    std::string body = {};
    std::string login = {};  // "user:password" of the basic authorization; empty without one
};

struct TestReply {
    unsigned status = 200;
    std::string body = {};
    std::string raw = {};  // sent as it stands, in place of all HTTP; then the connection is closed
    bool hang = false;     // nothing, or nothing after raw, until the server ends
    bool close = false;    // close the connection behind the reply without saying so
};

/// Serves every connection on a thread of its own, until destroyed. answer is called by one thread
/// at a time.
class TestServer {
  public:
    explicit TestServer(std::function<TestReply(const TestRequest&)> answer);
    ~TestServer();
    TestServer(const TestServer&) = delete;
    TestServer& operator=(const TestServer&) = delete;
    TestServer(TestServer&&) = delete;
    TestServer& operator=(TestServer&&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    /// "http://127.0.0.1:12345"
    [[nodiscard]] std::string url() const;
    [[nodiscard]] std::size_t requests() const;
    [[nodiscard]] std::size_t connections() const;  // open now
    /// False when some connection is still open after ten seconds.
    [[nodiscard]] bool wait_until_left_alone() const;
    /// Runs action while no request is being answered: a client that gave up may have left some.
    void change(const std::function<void()>& action);

  private:
    class State;
    std::unique_ptr<State> state_;
};

/// What a node with these blocks answers. Once it is served, change it from within intercept or
/// TestServer::change only.
struct TestNode {
    std::vector<Bytes> blocks;  // by height
    /// Sees each call first; a value it returns is the call's answer ({"result", ...} or
    /// {"error", ...}).
    std::function<std::optional<nlohmann::json>(const std::string& method,
                                                const nlohmann::json& params)>
        intercept;
    bool reverse_batches = false;

    [[nodiscard]] TestReply answer(const TestRequest& request) const;

  private:
    [[nodiscard]] nlohmann::json call(const nlohmann::json& request) const;
};

[[nodiscard]] nlohmann::json rpc_failure(int code, const std::string& message);

}  // namespace wagetrail
