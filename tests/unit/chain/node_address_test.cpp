#include "chain/source/node_address.h"

#include <catch2/catch.hpp>

namespace wagetrail {

TEST_CASE("node address: host, port, path and login are taken apart", "[chain][source][rpc]") {
    const auto plain = parse_node_address("http://127.0.0.1:8332");
    REQUIRE(plain.has_value());
    REQUIRE(plain->host == "127.0.0.1");
    REQUIRE(plain->port == 8332);
    REQUIRE(plain->path == "/");
    REQUIRE(plain->user.empty());
    REQUIRE(text(*plain) == "http://127.0.0.1:8332");

    const auto full = parse_node_address("http://al%69ce:p%40ss%3a%2F%25:w@d@[::1]:18443/wallet/a");
    REQUIRE(full.has_value());
    REQUIRE(full->user == "alice");
    REQUIRE(full->password == "p@ss:/%:w@d");
    REQUIRE(full->host == "::1");
    REQUIRE(full->port == 18443);
    REQUIRE(full->path == "/wallet/a");
    REQUIRE(text(*full) == "http://[::1]:18443/wallet/a");
    REQUIRE(host_and_port(*full) == "[::1]:18443");

    const auto user_only = parse_node_address("http://bob@node.example:65535/");
    REQUIRE(user_only.has_value());
    REQUIRE(user_only->user == "bob");
    REQUIRE(user_only->password.empty());
    REQUIRE(user_only->host == "node.example");
}

TEST_CASE("node address: what is none is refused without repeating it", "[chain][source][rpc]") {
    for (const char* url : {"",
                            "secret",
                            "http:",
                            "http://",
                            "http://secret",
                            "http://secret:",
                            "http://secret:x",
                            "http://secret:0",
                            "http://secret:65536",
                            "http://secret:+1",
                            "http://secret: 1",
                            "http://secret:1 ",
                            "http://secret:1\r\nX: y",
                            "http://:1",
                            "http://[::1",
                            "http://[::1]",
                            "http://[::1]x:1",
                            "http://[]:1",
                            "http://::1:1",
                            "http://a:secret@:1",
                            "http://a:secret@h",
                            "http://a:%@h:1",
                            "http://a:%4@h:1",
                            "http://a:%zz@h:1",
                            "http://a:%00@h:1",
                            "http://a%3Ab:secret@h:1",
                            "http://a:sec/secret@h:1",
                            "http://a:sec#secret@h:1",
                            "http://h:1/secret?x",
                            "http://h(x):1",
                            "https://a:secret@h:1",
                            "HTTP://a:secret@h:1"}) {
        CAPTURE(url);
        const auto address = parse_node_address(url);
        REQUIRE_FALSE(address.has_value());
        REQUIRE(address.error().code == ErrorCode::invalid);
        REQUIRE_THAT(address.error().what, !Catch::Contains("secret"));
    }
}

}  // namespace wagetrail
