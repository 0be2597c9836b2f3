#include "chain/source/node_client.h"

#include "tests/unit/chain/served_node.h"

#include <catch2/catch.hpp>

namespace wagetrail {

TEST_CASE("rpc: refused credentials are named, never the password", "[chain][source][rpc]") {
    ServedNode served(3);
    served.before = first_times(100, {.status = 401});
    SECTION("of the URL") {
        ServedClient client(with_login(served.server.url(), "alice:sesame%2Fopen"));
        const Error error = client.tip_failure();
        REQUIRE(error.code == ErrorCode::invalid);
        REQUIRE_THAT(error.what, Catch::Contains("401") && Catch::Contains("user \"alice\"") &&
                                     Catch::Contains("--rpc-cookie") &&
                                     Catch::Contains("WAGETRAIL_RPC_PASSWORD") &&
                                     !Catch::Contains("sesame"));
        REQUIRE(served.server.requests() == 1);
        REQUIRE_THAT(client.source->name(), !Catch::Contains("alice"));
    }
    SECTION("none at all") {
        ServedClient client(served.server.url());
        REQUIRE_THAT(client.tip_failure().what, Catch::Contains("refuses no user"));
    }
    SECTION("of a cookie, which is read anew for each try") {
        const TempFolder folder;
        folder.write(".cookie", as_bytes("__cookie__:0123456789abcdef"));
        const std::string path = folder.path() + "/.cookie";
        ServedClient client(served.server.url(),
                            {.rpc_user = {}, .rpc_password = {}, .cookie_file = path});
        const Error error = client.tip_failure();
        REQUIRE_THAT(error.what, Catch::Contains(path) && !Catch::Contains("0123456789abcdef"));
        REQUIRE(served.server.requests() > 1);
        for (const std::string& notice : client.notices)
            REQUIRE_THAT(notice, !Catch::Contains("0123456789abcdef"));
    }
}

TEST_CASE("rpc: credentials come from settings, the URL or a cookie", "[chain][source][rpc]") {
    ServedNode served(1);
    std::string login;
    served.before = [&](const TestRequest& request) -> std::optional<TestReply> {
        login = request.login;
        return std::nullopt;
    };
    const TempFolder folder;
    folder.write(".cookie", as_bytes("__cookie__:cafe\n"));
    const std::string cookie = folder.path() + "/.cookie";
    const auto used = [&](const std::string& url, const SourceSecrets& secrets) {
        ServedClient client(url, secrets);
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
    ServedNode served(1);
    served.before = [](const TestRequest& request) -> std::optional<TestReply> {
        if (request.login == "__cookie__:new") return std::nullopt;
        return TestReply{.status = 401};
    };
    const TempFolder folder;
    ServedClient client(served.server.url(), {"", "", folder.path() + "/.cookie"});
    SECTION("after an old one") {
        folder.write(".cookie", as_bytes("__cookie__:old"));
    }
    SECTION("where there was none yet") {}
    client.on_sleep = [&] { folder.write(".cookie", as_bytes("__cookie__:new")); };
    REQUIRE(client.source->tip().has_value());
    REQUIRE(client.sleeps == std::vector{milliseconds(250)});
}

TEST_CASE("rpc: a cookie file that stays away is an error with its path", "[chain][source][rpc]") {
    ServedNode served(1);
    ServedClient client(served.server.url(), {"", "", "/nowhere/.cookie"});
    const Error error = client.tip_failure();
    REQUIRE(error.code == ErrorCode::io);
    REQUIRE_THAT(error.what, Catch::Contains("no cookie of a node in /nowhere/.cookie"));
    REQUIRE(served.server.requests() == 0);
}

TEST_CASE("rpc: a refused machine is told what to change", "[chain][source][rpc]") {
    ServedNode served(1);
    served.before = first_times(100, {.status = 403});
    ServedClient client(served.server.url());
    REQUIRE(client.tip_failure().code == ErrorCode::invalid);
    REQUIRE_THAT(client.tip_failure().what, Catch::Contains("rpcallowip"));
    REQUIRE(served.server.requests() == 2);
}

TEST_CASE("rpc: a node that starts is waited for", "[chain][source][rpc]") {
    ServedNode served(2);
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
    ServedClient client(served.server.url());
    REQUIRE(client.source->tip().has_value());
    REQUIRE(client.sleeps == std::vector(4, milliseconds(2000)));
    REQUIRE(client.notices.size() == 4);
    REQUIRE_THAT(client.notices[0], Catch::Contains("is starting: Loading block index"));
}

TEST_CASE("rpc: waiting for a node that starts ends", "[chain][source][rpc]") {
    ServedNode served(1);
    served.node.intercept = [](const std::string&, const nlohmann::json&) {
        return std::optional(rpc_failure(-28, "Verifying blocks…"));
    };
    ServedClient client(served.server.url());
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
        const ServedNode gone(1);
        url = gone.server.url();
    }
    ServedClient client(url);
    const Error error = client.tip_failure();
    REQUIRE(error.code == ErrorCode::io);
    REQUIRE_THAT(error.what, Catch::Contains(url + " refuses the connection") &&
                                 Catch::Contains("tried 3 times"));
    REQUIRE(client.sleeps == std::vector{milliseconds(250), milliseconds(500)});
    REQUIRE(client.notices.size() == 2);
}

TEST_CASE("rpc: a node that was there before is waited for longer", "[chain][source][rpc]") {
    auto served = std::make_unique<ServedNode>(1);
    ServedClient client(served->server.url());
    REQUIRE(client.source->tip().has_value());
    served.reset();
    REQUIRE_THAT(client.tip_failure().what, Catch::Contains("tried 8 times"));
    REQUIRE(client.sleeps.size() == 7);
    REQUIRE(client.sleeps.back() == milliseconds(8000));
}

TEST_CASE("rpc: a node that does not answer in time is tried again", "[chain][source][rpc]") {
    ServedNode served(1);
    served.before = first_times(1, {.hang = true});
    ServedClient client(served.server.url(), {}, {.answer = milliseconds(200)});
    REQUIRE(client.source->tip().has_value());
    REQUIRE(client.notices.size() == 1);
    REQUIRE_THAT(client.notices[0], Catch::Contains("did not answer in time"));
}

TEST_CASE("rpc: an answer that ends early is tried again", "[chain][source][rpc]") {
    ServedNode served(1);
    served.before =
        first_times(1, {.raw = "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n[{\"result\":"});
    ServedClient client(served.server.url());
    REQUIRE(client.source->tip().has_value());
    REQUIRE_THAT(client.notices.at(0), Catch::Contains("before its answer ended"));
}

TEST_CASE("rpc: a busy node is tried again", "[chain][source][rpc]") {
    ServedNode served(1);
    served.before = first_times(2, {.status = 503, .body = "Work queue depth exceeded"});
    ServedClient client(served.server.url());
    REQUIRE(client.source->tip().has_value());
    REQUIRE_THAT(client.notices.at(1), Catch::Contains("rpcworkqueue"));
}

TEST_CASE("rpc: connections the node closes between requests are no failures",
          "[chain][source][rpc]") {
    ServedNode served(60);
    served.before = [&](const TestRequest& request) -> std::optional<TestReply> {
        TestReply reply = served.node.answer(request);
        reply.close = true;
        return reply;
    };
    ServedClient client(served.server.url());
    REQUIRE(client.source->tip().has_value());
    REQUIRE(client.read(0, 60).value() == served.node.blocks);
    REQUIRE(client.notices.empty());
}

TEST_CASE("rpc: what is no node is said", "[chain][source][rpc]") {
    ServedNode served(1);
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
    ServedClient client(served.server.url());
    const Error error = client.tip_failure();
    REQUIRE(error.code == ErrorCode::corrupt);
    REQUIRE_THAT(error.what, Catch::Contains("is no JSON-RPC") &&
                                 Catch::Contains("HTTP " + std::to_string(reply.status)));
    REQUIRE(client.sleeps.empty());
}

TEST_CASE("rpc: a port that does not speak HTTP is said", "[chain][source][rpc]") {
    ServedNode served(1);
    served.before =
        first_times(100, {.raw = "\xF9\xBE\xB4\xD9version and more of another protocol"});
    ServedClient client(served.server.url());
    REQUIRE_THAT(client.tip_failure().what, Catch::Contains("does not answer in HTTP"));
}

TEST_CASE("rpc: reading can be stopped while the node is silent", "[chain][source][rpc]") {
    ServedNode served(100);
    ServedClient client(served.server.url());
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

TEST_CASE("rpc: an answer that stops half-way is not waited for longer than all of it",
          "[chain][source][rpc]") {
    ServedNode served(1);
    SECTION("in its header") {
        served.before = first_times(1, {.raw = "HTTP/1.1 200 OK\r\nContent-Le", .hang = true});
    }
    SECTION("in its body") {
        served.before = first_times(
            1, {.raw = "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n[{\"res", .hang = true});
    }
    ServedClient client(served.server.url(), {}, {.answer = milliseconds(200)});
    REQUIRE(client.source->tip().has_value());
    REQUIRE(client.notices.size() == 1);
    REQUIRE_THAT(client.notices[0], Catch::Contains("did not answer in time"));
}

TEST_CASE("rpc: a source at rest keeps no connection, and wakes by itself",
          "[chain][source][rpc]") {
    ServedNode served(100);
    ServedClient client(served.server.url());
    for (int i = 0; i < 2; ++i) {
        REQUIRE(client.source->tip().has_value());
        REQUIRE(client.read(0, 100).value() == served.node.blocks);
        REQUIRE(served.server.connections() > 0);
        client.source->rest();
        REQUIRE(served.server.wait_until_left_alone());
    }
    REQUIRE(client.notices.empty());
}

}  // namespace wagetrail
