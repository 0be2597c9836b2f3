#include "chain/source/json_rpc.h"

#include "chain/bitcoin/block.h"

#include "tests/unit/chain/test_blocks.h"
#include "tests/unit/shared_data.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace wagetrail {

TEST_CASE("json-rpc: a batch is numbered from 0", "[chain][source][rpc]") {
    const std::vector<RpcCall> calls{{"getblockhash", {std::uint64_t{7}}},
                                     {"getblock", {std::string("ab\"c"), std::uint64_t{0}}}};
    REQUIRE(nlohmann::json::parse(encode_batch(calls)) == nlohmann::json::parse(R"([
        {"jsonrpc": "1.0", "id": 0, "method": "getblockhash", "params": [7]},
        {"jsonrpc": "1.0", "id": 1, "method": "getblock", "params": ["ab\"c", 0]}])"));
    REQUIRE(encode_batch({}) == "[]");
}

TEST_CASE("json-rpc: answers are matched by their ids", "[chain][source][rpc]") {
    const auto answers = parse_batch(
        R"([{"id":2,"result":{"a":1,"b":"x","c":true,"d":[1],"e":1e3}},
            {"id":0,"result":"text","error":null},
            {"id":1,"result":null,"error":{"code":-8,"message":"no"}},
            {"id":3,"result":17}])",
        4);
    REQUIRE(answers.has_value());
    REQUIRE((*answers)[0].text == "text");
    REQUIRE((*answers)[1].error->code == -8);
    REQUIRE((*answers)[1].error->message == "no");
    REQUIRE((*answers)[2].fields == std::map<std::string, std::string>{
                                        {"a", "1"}, {"b", "x"}, {"c", "true"}, {"e", "1000.0"}});
    REQUIRE((*answers)[3].text == "17");
    REQUIRE_FALSE((*answers)[3].error.has_value());
}

TEST_CASE("json-rpc: an error in place of a batch answers every call", "[chain][source][rpc]") {
    const auto answers =
        parse_batch(R"({"result":null,"error":{"code":-28,"message":"Starting"},"id":null})", 3);
    REQUIRE(answers.has_value());
    REQUIRE(answers->size() == 3);
    for (const RpcAnswer& answer : *answers) REQUIRE(answer.error->code == kRpcWarmUp);
}

TEST_CASE("json-rpc: what is no answer is refused", "[chain][source][rpc]") {
    for (const char* body :
         {"", "x", "[", "1", "null", "[1,2]", "{}x", R"([{"id":0,"result":1}])",
          R"([{"id":0,"result":1},{"id":0,"result":1}])",
          R"([{"id":0,"result":1},{"id":2,"result":1}])",
          R"([{"id":0,"result":1},{"id":-1,"result":1}])",
          R"([{"id":0,"result":1},{"id":"1","result":1}])", R"([{"id":0,"result":1},{"result":1}])",
          R"([{"id":0,"result":1},{"id":1,"result":1},{"id":1,"result":1}])",
          R"({"id":0,"result":1})", "[{\"id\":0,\"result\":\"\xFF\"},{\"id\":1,\"result\":1}]"}) {
        CAPTURE(body);
        const auto answers = parse_batch(body, 2);
        REQUIRE_FALSE(answers.has_value());
        REQUIRE(answers.error().code == ErrorCode::corrupt);
    }
    for (const char* error : {"1", "{}", "[]", R"({"code":"x","message":3})", "1e99"}) {
        CAPTURE(error);
        const auto answers = parse_batch(R"([{"id":0,"error":)" + std::string(error) + "}]", 1);
        REQUIRE(answers.has_value());
        REQUIRE((*answers)[0].error->message == "no reason given");
    }
    REQUIRE((*parse_batch(R"([{"id":0}])", 1))[0].error.has_value());
}

TEST_CASE("json-rpc: no answer fills the memory", "[chain][source][rpc]") {
    REQUIRE(parse_batch(std::string(1'000'000, '['), 1).error().code == ErrorCode::limit);
    std::string many = "[0";
    for (int i = 0; i < 100'000; ++i) many += ",0";
    REQUIRE(parse_batch(many + "]", 1).error().code == ErrorCode::limit);
}

TEST_CASE("json-rpc: answers of a real node are understood", "[chain][source][rpc][data]") {
    const auto data = shared_data("core-regtest");
    if (!data) return;
    const auto file = nlohmann::json::parse(file_text(*data / "rpc-recordings.json"));
    std::map<std::string, std::string> bodies;
    for (const auto& recording : file["recordings"])
        if (recording["response"].contains("body"))
            bodies[recording["title"].get<std::string>()] =
                recording["response"]["body"].get<std::string>();
    const auto answer = [&](const std::string& title) {
        CAPTURE(title);
        const auto answers = parse_batch(bodies.at(title), 1);
        if (!answers) FAIL(answers.error().what);
        return answers->front();
    };
    const std::string hash = answer("getblockhash").text;
    REQUIRE(hash.size() == 64);
    auto block = decode_block(regtest(), from_hex(answer("getblock verbosity 0").text).value());
    REQUIRE(block.has_value());
    REQUIRE(text(block->hash) == hash);
    const auto info = answer("getblockchaininfo").fields;
    REQUIRE(info.at("blocks") == "661");
    REQUIRE(info.at("bestblockhash") == answer("getbestblockhash").text);
    REQUIRE(info.at("pruned") == "false");
    REQUIRE(answer("while the node is starting: error -28 (retry later)").error->code ==
            kRpcWarmUp);
    REQUIRE(answer("error -8: height out of range (1.0: HTTP 500)").error->code == kRpcOutOfRange);
    REQUIRE(answer("error -5: unknown block").error->code == kRpcUnknownBlock);
    for (const auto& [title, body] : bodies) {
        CAPTURE(title);
        const auto answers = parse_batch(body, 1);  // whatever it is
        if (!answers) REQUIRE_FALSE(answers.error().what.empty());
    }
}

}  // namespace wagetrail
