#include "server/http/client_words.h"

#include "server/http/problem.h"

#include <catch2/catch.hpp>

namespace wagetrail::server {

TEST_CASE("client words: a command becomes what a client can do", "[server][problem]") {
    const ClientWords words = client_words("no list is called \"x\"; run wagetrail lists ls");
    CHECK(words.message == "no list is called \"x\"");
    CHECK(words.hint == "GET /v1/lists has those at hand");
    const ClientWords others = client_words(
        "ledger btc is not indexed; run wagetrail sync btc --from files:DIR first, or use --home");
    CHECK(others.message == "ledger btc is not indexed");
    CHECK(others.hint ==
          "GET /v1/status has the ledgers that are indexed; whoever runs the server adds others");
}

TEST_CASE("client words: an option becomes its parameter", "[server][problem]") {
    CHECK(client_words("several ledgers are indexed; say which with --ledger").message ==
          "several ledgers are indexed; say which with ledger");
    CHECK(client_words("paths are ranked under one --policy").message ==
          "paths are ranked under one policy");
    CHECK(client_words("too large; raise --min-value, or --k").message ==
          "too large; raise min_value, or count");
    CHECK(client_words("--to takes lists or addresses, not both at once").message ==
          "to takes lists or addresses, not both at once");
    CHECK(client_words("too large; raise --min-value").hint.empty());
}

TEST_CASE("client words: what the client wrote stays as it is", "[server][problem]") {
    const char* const quoted = "\"a; run wagetrail sync --now\" is no subject; give an address";
    CHECK(client_words(quoted).message == quoted);
    CHECK(client_words(quoted).hint.empty());
    CHECK(client_words("").message.empty());
    CHECK(client_words("a - b -- c").message == "a - b -- c");
}

TEST_CASE("client words: each problem of an error speaks so", "[server][problem]") {
    const Problem damaged(
        Error{ErrorCode::corrupt, "row 7 does not decode; run wagetrail doctor --deep"});
    CHECK(damaged.code == ProblemCode::internal);
    CHECK(damaged.message == "row 7 does not decode");
    CHECK(damaged.hint == "whoever runs the server can mend it");
    const Problem full(
        Error{ErrorCode::io, "no space left; free some and run the same command again: none lost"});
    CHECK(full.code == ProblemCode::disk_trouble);
    CHECK(full.message == "no space left");
    CHECK(full.hint.find("its disk") != std::string::npos);
}

}  // namespace wagetrail::server
