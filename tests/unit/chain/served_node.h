// A source of our own on a node of straw: what tests of the RPC source and of its client share.
#pragma once

#include "chain/source/rpc_source.h"

#include "tests/unit/chain/test_blocks.h"
#include "tests/unit/chain/test_node.h"

#include <catch2/catch.hpp>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace wagetrail {

using std::chrono::milliseconds;

/// A source on a server, with what it said and how long it would have slept.
class ServedClient {
  public:
    explicit ServedClient(const std::string& url,
                          const SourceSecrets& secrets = {},
                          const HttpLimits& limits = {},
                          const LedgerParams& ledger = regtest()) {
        const SourceHooks hooks{
            .stop = stop.get_token(),
            .notice = [this](const std::string& text) { notices.push_back(text); }};
        const NodePatience patience{.sleep = [this](milliseconds time, const std::stop_token&) {
            const std::scoped_lock lock(mutex_);
            sleeps.push_back(time);
            if (on_sleep) on_sleep();
        }};
        auto opened = RpcSource::open(ledger, url, secrets, hooks, limits, patience);
        if (!opened) FAIL(opened.error().what);
        source = std::move(*opened);
    }

    /// Raw blocks of a range, or the failure.
    Expected<std::vector<Bytes>> read(std::uint32_t from, std::uint32_t to) {
        std::vector<Bytes> blocks;
        TRY(source->read(Height(from), Height(to), stop.get_token(),
                         [&](const SourceBlock& block) -> Expected<void> {
                             REQUIRE(block.height.value == from + blocks.size());
                             REQUIRE_FALSE(block.position.has_value());
                             blocks.push_back(block.block.raw);
                             return {};
                         }));
        return blocks;
    }

    Error tip_failure() {
        const auto tip = source->tip();
        REQUIRE_FALSE(tip.has_value());
        return tip.error();
    }

    std::stop_source stop;
    std::unique_ptr<RpcSource> source;
    std::vector<std::string> notices;
    std::vector<milliseconds> sleeps;
    std::function<void()> on_sleep;

  private:
    std::mutex mutex_;
};

/// A node with the genesis block and so many on it, and its server.
struct ServedNode {
    explicit ServedNode(std::size_t count) {
        node.blocks = chain_on(regtest_genesis(), count, 0);
        node.blocks.insert(node.blocks.begin(), regtest_genesis());
    }

    TestNode node;
    std::function<std::optional<TestReply>(const TestRequest&)> before;  // sees requests first
    TestServer server{[this](const TestRequest& request) {
        if (before)
            if (auto reply = before(request)) return *reply;
        return node.answer(request);
    }};
};

inline std::string with_login(const std::string& url, const std::string& login) {
    return "http://" + login + "@" + url.substr(std::string_view("http://").size());
}

inline std::function<std::optional<TestReply>(const TestRequest&)> first_times(unsigned times,
                                                                               TestReply reply) {
    return [times, reply](const TestRequest&) mutable -> std::optional<TestReply> {
        if (times == 0) return std::nullopt;
        --times;
        return reply;
    };
}

}  // namespace wagetrail
