#include "chain/source/rpc_source.h"

#include "tests/unit/chain/test_blocks.h"
#include "tests/unit/chain/test_node.h"

#include <catch2/catch.hpp>

#include <algorithm>

namespace wagetrail {
namespace {

using std::chrono::milliseconds;

/// A source on a server, with what it said and how long it would have slept.
class Client {
  public:
    explicit Client(const std::string& url,
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
struct Served {
    explicit Served(std::size_t count) {
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

std::string with_login(const std::string& url, const std::string& login) {
    return "http://" + login + "@" + url.substr(std::string_view("http://").size());
}

std::function<std::optional<TestReply>(const TestRequest&)> first_times(unsigned times,
                                                                        TestReply reply) {
    return [times, reply](const TestRequest&) mutable -> std::optional<TestReply> {
        if (times == 0) return std::nullopt;
        --times;
        return reply;
    };
}

}  // namespace

TEST_CASE("rpc: a node's chain is read in height order", "[chain][source][rpc]") {
    Served served(200);
    served.node.reverse_batches = GENERATE(false, true);
    Client client(served.server.url());
    const auto tip = client.source->tip();
    REQUIRE(tip.has_value());
    REQUIRE(tip->height == Height(200));
    REQUIRE(tip->hash == hash_of_raw(served.node.blocks.back()));
    REQUIRE(client.read(0, 200).value() == served.node.blocks);
    REQUIRE(client.read(37, 37).value() == std::vector<Bytes>{served.node.blocks[37]});
    REQUIRE(client.source->hash_at(Height(99)).value() == hash_of_raw(served.node.blocks[99]));
    REQUIRE(client.source->hash_at(Height(200)).value() == tip->hash);
    REQUIRE(client.source->hash_at(Height(201)).value() == std::nullopt);
    REQUIRE(client.source->name() == "rpc:" + served.server.url());
    REQUIRE(client.sleeps.empty());
}

TEST_CASE("rpc: blocks near the batch's size come one at a time", "[chain][source][rpc]") {
    Served served(0);
    for (std::uint32_t i = 0; i < 6; ++i)
        served.node.blocks.push_back(
            child_of(served.node.blocks.back(), {.salt = i, .script_bytes = 3'000'000}));
    std::size_t most = 0;
    std::size_t blocks_asked = 0;
    served.before = [&](const TestRequest& request) -> std::optional<TestReply> {
        const auto batch = nlohmann::json::parse(request.body);
        if (batch[0]["method"] == "getblock") {
            if (blocks_asked != 0) most = std::max(most, batch.size());
            blocks_asked += batch.size();
        }
        return std::nullopt;
    };
    Client client(served.server.url());
    REQUIRE(client.source->tip().has_value());
    REQUIRE(client.read(0, 2).has_value());
    REQUIRE(client.read(3, 6).has_value());
    REQUIRE(most <= 2);
}

TEST_CASE("rpc: an answer that is too large is asked for in smaller parts",
          "[chain][source][rpc]") {
    Served served(0);
    for (std::uint32_t i = 0; i < 12; ++i)
        served.node.blocks.push_back(
            child_of(served.node.blocks.back(), {.salt = i, .script_bytes = 10'000}));
    SECTION("down to what fits") {
        Client client(served.server.url(), {}, {.body_bytes_max = 50'000});
        REQUIRE(client.source->tip().has_value());
        REQUIRE(client.read(0, 12).value() == served.node.blocks);
    }
    SECTION("and given up when a single block does not fit") {
        Client client(served.server.url(), {}, {.body_bytes_max = 15'000});
        REQUIRE(client.source->tip().has_value());
        const auto read = client.read(0, 12);
        REQUIRE(read.error().code == ErrorCode::limit);
        REQUIRE_THAT(read.error().what, Catch::Contains("more than 15000 bytes"));
    }
}

TEST_CASE("rpc: refused credentials are named, never the password", "[chain][source][rpc]") {
    Served served(3);
    served.before = first_times(100, {.status = 401});
    SECTION("of the URL") {
        Client client(with_login(served.server.url(), "alice:sesame%2Fopen"));
        const Error error = client.tip_failure();
        REQUIRE(error.code == ErrorCode::invalid);
        REQUIRE_THAT(error.what, Catch::Contains("401") && Catch::Contains("user \"alice\"") &&
                                     Catch::Contains("cookie file") && !Catch::Contains("sesame"));
        REQUIRE(served.server.requests() == 1);
        REQUIRE_THAT(client.source->name(), !Catch::Contains("alice"));
    }
    SECTION("none at all") {
        Client client(served.server.url());
        REQUIRE_THAT(client.tip_failure().what, Catch::Contains("refuses no user"));
    }
    SECTION("of a cookie, which is read anew for each try") {
        const TempFolder folder;
        folder.write(".cookie", as_bytes("__cookie__:0123456789abcdef"));
        const std::string path = folder.path() + "/.cookie";
        Client client(served.server.url(),
                      {.rpc_user = {}, .rpc_password = {}, .cookie_file = path});
        const Error error = client.tip_failure();
        REQUIRE_THAT(error.what, Catch::Contains(path) && !Catch::Contains("0123456789abcdef"));
        REQUIRE(served.server.requests() > 1);
        for (const std::string& notice : client.notices)
            REQUIRE_THAT(notice, !Catch::Contains("0123456789abcdef"));
    }
}

TEST_CASE("rpc: credentials come from settings, the URL or a cookie", "[chain][source][rpc]") {
    Served served(1);
    std::string login;
    served.before = [&](const TestRequest& request) -> std::optional<TestReply> {
        login = request.login;
        return std::nullopt;
    };
    const TempFolder folder;
    folder.write(".cookie", as_bytes("__cookie__:cafe\n"));
    const std::string cookie = folder.path() + "/.cookie";
    const auto used = [&](const std::string& url, const SourceSecrets& secrets) {
        Client client(url, secrets);
        REQUIRE(client.source->tip().has_value());
        return login;
    };
    const std::string url = served.server.url();
    const std::string full = with_login(url, "alice:a%3Ab%40c%25");
    REQUIRE(used(url, {}).empty());
    REQUIRE(used(full, {}) == "alice:a:b@c%");
    REQUIRE(used(full, {"bob", "secret", cookie}) == "bob:secret");
    REQUIRE(used(with_login(url, "alice"), {"", "secret", cookie}) == "alice:secret");
    REQUIRE(used(url, {"", "", cookie}) == "__cookie__:cafe");
}

TEST_CASE("rpc: a cookie the node wrote anew is used", "[chain][source][rpc]") {
    Served served(1);
    served.before = [](const TestRequest& request) -> std::optional<TestReply> {
        if (request.login == "__cookie__:new") return std::nullopt;
        return TestReply{.status = 401};
    };
    const TempFolder folder;
    Client client(served.server.url(), {"", "", folder.path() + "/.cookie"});
    SECTION("after an old one") {
        folder.write(".cookie", as_bytes("__cookie__:old"));
    }
    SECTION("where there was none yet") {}
    client.on_sleep = [&] { folder.write(".cookie", as_bytes("__cookie__:new")); };
    REQUIRE(client.source->tip().has_value());
    REQUIRE(client.sleeps == std::vector{milliseconds(250)});
}

TEST_CASE("rpc: a cookie file that stays away is an error with its path", "[chain][source][rpc]") {
    Served served(1);
    Client client(served.server.url(), {"", "", "/nowhere/.cookie"});
    const Error error = client.tip_failure();
    REQUIRE(error.code == ErrorCode::io);
    REQUIRE_THAT(error.what, Catch::Contains("no cookie of a node in /nowhere/.cookie"));
    REQUIRE(served.server.requests() == 0);
}

TEST_CASE("rpc: a refused machine is told what to change", "[chain][source][rpc]") {
    Served served(1);
    served.before = first_times(100, {.status = 403});
    Client client(served.server.url());
    REQUIRE(client.tip_failure().code == ErrorCode::invalid);
    REQUIRE_THAT(client.tip_failure().what, Catch::Contains("rpcallowip"));
    REQUIRE(served.server.requests() == 2);
}

TEST_CASE("rpc: a node that starts is waited for", "[chain][source][rpc]") {
    Served served(2);
    SECTION("by an error for the whole request") {
        served.before = first_times(
            4,
            {.status = 500,
             .body =
                 R"({"result":null,"error":{"code":-28,"message":"Loading block index…"},"id":0})"});
    }
    SECTION("by an error for each call") {
        served.node.intercept =
            [left = 4](const std::string&,
                       const nlohmann::json&) mutable -> std::optional<nlohmann::json> {
            if (left == 0) return std::nullopt;
            --left;
            return rpc_failure(-28, "Loading block index…");
        };
    }
    Client client(served.server.url());
    REQUIRE(client.source->tip().has_value());
    REQUIRE(client.sleeps == std::vector(4, milliseconds(2000)));
    REQUIRE(client.notices.size() == 4);
    REQUIRE_THAT(client.notices[0], Catch::Contains("is starting: Loading block index"));
}

TEST_CASE("rpc: waiting for a node that starts ends", "[chain][source][rpc]") {
    Served served(1);
    served.node.intercept = [](const std::string&, const nlohmann::json&) {
        return std::optional(rpc_failure(-28, "Verifying blocks…"));
    };
    Client client(served.server.url());
    SECTION("by itself") {
        REQUIRE_THAT(client.tip_failure().what,
                     Catch::Contains("does not come up") && Catch::Contains("Verifying blocks"));
        REQUIRE(client.sleeps.size() == 600);
    }
    SECTION("when it is stopped") {
        client.on_sleep = [&] { client.stop.request_stop(); };
        REQUIRE(client.tip_failure().code == ErrorCode::cancelled);
        REQUIRE(client.sleeps.size() == 1);
    }
}

TEST_CASE("rpc: nobody listening is said after few tries", "[chain][source][rpc]") {
    std::string url;
    {
        const Served gone(1);
        url = gone.server.url();
    }
    Client client(url);
    const Error error = client.tip_failure();
    REQUIRE(error.code == ErrorCode::io);
    REQUIRE_THAT(error.what, Catch::Contains(url + " refuses the connection") &&
                                 Catch::Contains("tried 3 times"));
    REQUIRE(client.sleeps == std::vector{milliseconds(250), milliseconds(500)});
    REQUIRE(client.notices.size() == 2);
}

TEST_CASE("rpc: a node that was there before is waited for longer", "[chain][source][rpc]") {
    auto served = std::make_unique<Served>(1);
    Client client(served->server.url());
    REQUIRE(client.source->tip().has_value());
    served.reset();
    REQUIRE_THAT(client.tip_failure().what, Catch::Contains("tried 8 times"));
    REQUIRE(client.sleeps.size() == 7);
    REQUIRE(client.sleeps.back() == milliseconds(8000));
}

TEST_CASE("rpc: a node that does not answer in time is tried again", "[chain][source][rpc]") {
    Served served(1);
    served.before = first_times(1, {.hang = true});
    Client client(served.server.url(), {}, {.answer = milliseconds(200)});
    REQUIRE(client.source->tip().has_value());
    REQUIRE(client.notices.size() == 1);
    REQUIRE_THAT(client.notices[0], Catch::Contains("did not answer in time"));
}

TEST_CASE("rpc: an answer that ends early is tried again", "[chain][source][rpc]") {
    Served served(1);
    served.before =
        first_times(1, {.raw = "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n[{\"result\":"});
    Client client(served.server.url());
    REQUIRE(client.source->tip().has_value());
    REQUIRE_THAT(client.notices.at(0), Catch::Contains("before its answer ended"));
}

TEST_CASE("rpc: a busy node is tried again", "[chain][source][rpc]") {
    Served served(1);
    served.before = first_times(2, {.status = 503, .body = "Work queue depth exceeded"});
    Client client(served.server.url());
    REQUIRE(client.source->tip().has_value());
    REQUIRE_THAT(client.notices.at(1), Catch::Contains("rpcworkqueue"));
}

TEST_CASE("rpc: connections the node closes between requests are no failures",
          "[chain][source][rpc]") {
    Served served(60);
    served.before = [&](const TestRequest& request) -> std::optional<TestReply> {
        TestReply reply = served.node.answer(request);
        reply.close = true;
        return reply;
    };
    Client client(served.server.url());
    REQUIRE(client.source->tip().has_value());
    REQUIRE(client.read(0, 60).value() == served.node.blocks);
    REQUIRE(client.notices.empty());
}

TEST_CASE("rpc: what is no node is said", "[chain][source][rpc]") {
    Served served(1);
    TestReply reply;
    SECTION("a web page") {
        reply.body = "<html>hello</html>";
    }
    SECTION("half of JSON") {
        reply.body = "[{\"id\":0,\"result\":";
    }
    SECTION("nothing") {
        reply.status = 204;
    }
    SECTION("another method") {
        reply = {.status = 405, .body = "JSONRPC server handles only POST requests"};
    }
    SECTION("JSON of another kind") {
        reply.body = "[[[]]]";
    }
    served.before = first_times(100, reply);
    Client client(served.server.url());
    const Error error = client.tip_failure();
    REQUIRE(error.code == ErrorCode::corrupt);
    REQUIRE_THAT(error.what, Catch::Contains("is no JSON-RPC") &&
                                 Catch::Contains("HTTP " + std::to_string(reply.status)));
    REQUIRE(client.sleeps.empty());
}

TEST_CASE("rpc: a port that does not speak HTTP is said", "[chain][source][rpc]") {
    Served served(1);
    served.before =
        first_times(100, {.raw = "\xF9\xBE\xB4\xD9version and more of another protocol"});
    Client client(served.server.url());
    REQUIRE_THAT(client.tip_failure().what, Catch::Contains("does not answer in HTTP"));
}

TEST_CASE("rpc: a node of another ledger is named", "[chain][source][rpc]") {
    Served served(1);
    SECTION("a known one") {
        Client client(served.server.url(), {}, {}, params(LedgerId::ltc_regtest));
        REQUIRE(client.tip_failure().code == ErrorCode::invalid);
        REQUIRE_THAT(client.tip_failure().what,
                     Catch::Contains("a node of btc-regtest, not of ltc-regtest"));
    }
    SECTION("an unknown one") {
        served.node.blocks = chain_on(regtest_genesis(), 3, 5);
        Client client(served.server.url());
        REQUIRE_THAT(client.tip_failure().what,
                     Catch::Contains("another chain (its genesis block is " +
                                     text(hash_of_raw(served.node.blocks[0]))));
    }
}

TEST_CASE("rpc: pruned blocks need another node", "[chain][source][rpc]") {
    Served served(5);
    served.node.intercept = [](const std::string& method,
                               const nlohmann::json&) -> std::optional<nlohmann::json> {
        if (method != "getblock") return std::nullopt;
        return rpc_failure(-1, "Block not available (pruned data)");
    };
    Client client(served.server.url());
    REQUIRE(client.source->tip().has_value());
    const auto read = client.read(1, 5);
    REQUIRE(read.error().code == ErrorCode::io);
    REQUIRE_THAT(read.error().what, Catch::Contains("block 1 ") && Catch::Contains("prune=0"));
}

TEST_CASE("rpc: any other error of the node is passed on", "[chain][source][rpc]") {
    Served served(5);
    served.node.intercept = [](const std::string& method,
                               const nlohmann::json&) -> std::optional<nlohmann::json> {
        if (method != "getblock") return std::nullopt;
        return rpc_failure(-32603, "Can't read block from disk");
    };
    Client client(served.server.url());
    REQUIRE(client.source->tip().has_value());
    REQUIRE_THAT(client.read(1, 5).error().what,
                 Catch::Contains("Can't read block from disk (error -32603)"));
}

TEST_CASE("rpc: a reorg under the reading is told from failures", "[chain][source][rpc]") {
    Served served(100);
    const auto& blocks = served.node.blocks;
    std::vector<Bytes> other = chain_on(blocks[50], 70, 9);
    other.insert(other.begin(), blocks.begin(), blocks.begin() + 51);
    Client client(served.server.url());
    REQUIRE(client.source->tip().has_value());
    SECTION("another chain between two requests") {
        served.node.intercept = [&](const std::string& method,
                                    const nlohmann::json& params) -> std::optional<nlohmann::json> {
            if (method == "getblockhash" && params[0] == 80) served.node.blocks = other;
            return std::nullopt;
        };
    }
    SECTION("a block that is gone") {
        served.node.intercept = [&](const std::string& method,
                                    const nlohmann::json& params) -> std::optional<nlohmann::json> {
            if (method == "getblock" && params[0] == text(hash_of_raw(blocks[80])))
                return rpc_failure(-5, "Block not found");
            return std::nullopt;
        };
    }
    SECTION("a shorter chain") {
        served.node.intercept = [&](const std::string& method,
                                    const nlohmann::json& params) -> std::optional<nlohmann::json> {
            if (method == "getblockhash" && params[0] >= 80)
                return rpc_failure(-8, "Block height out of range");
            return std::nullopt;
        };
        REQUIRE(client.source->hash_at(Height(90)).value() == std::nullopt);
    }
    const auto read = client.read(0, 100);
    REQUIRE_FALSE(read.has_value());
    REQUIRE(read.error().code == ErrorCode::not_found);
    served.server.change([&] {
        served.node.intercept = nullptr;
        served.node.blocks = other;
    });
    REQUIRE(client.source->tip()->height == Height(120));
    REQUIRE(client.read(51, 120).value() == std::vector<Bytes>(other.begin() + 51, other.end()));
}

TEST_CASE("rpc: a block that is not the one asked for is refused", "[chain][source][rpc]") {
    Served served(5);
    std::string given;
    SECTION("another block") {
        given = to_hex(served.node.blocks[2]);
    }
    SECTION("a damaged block") {
        Bytes damaged = served.node.blocks[3];
        damaged[120] ^= 1U;
        given = to_hex(damaged);
    }
    SECTION("no hexadecimal") {
        given = "xyz";
    }
    SECTION("nothing") {
        given = "";
    }
    served.node.intercept = [&](const std::string& method,
                                const nlohmann::json& params) -> std::optional<nlohmann::json> {
        if (method != "getblock" || params[0] != text(hash_of_raw(served.node.blocks[3])))
            return std::nullopt;
        return nlohmann::json{{"result", given}, {"error", nullptr}};
    };
    Client client(served.server.url());
    REQUIRE(client.source->tip().has_value());
    const auto read = client.read(0, 5);
    REQUIRE(read.error().code == ErrorCode::corrupt);
    REQUIRE_THAT(read.error().what, Catch::Contains("block 3 "));
}

TEST_CASE("rpc: reading can be stopped while the node is silent", "[chain][source][rpc]") {
    Served served(100);
    Client client(served.server.url());
    REQUIRE(client.source->tip().has_value());
    served.server.change([&] {
        served.before = [stop =
                             client.stop](const TestRequest& request) -> std::optional<TestReply> {
            if (request.body.find("getblockhash") != std::string::npos) return std::nullopt;
            stop.request_stop();
            return TestReply{.hang = true};
        };
    });
    REQUIRE(client.read(0, 100).error().code == ErrorCode::cancelled);
}

}  // namespace wagetrail
