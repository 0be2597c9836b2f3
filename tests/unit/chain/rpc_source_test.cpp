#include "chain/source/rpc_source.h"

#include "tests/unit/chain/served_node.h"

#include <catch2/catch.hpp>

#include <algorithm>

namespace wagetrail {

TEST_CASE("rpc: a node's chain is read in height order", "[chain][source][rpc]") {
    ServedNode served(200);
    served.node.reverse_batches = GENERATE(false, true);
    ServedClient client(served.server.url());
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
    ServedNode served(0);
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
    ServedClient client(served.server.url());
    REQUIRE(client.source->tip().has_value());
    REQUIRE(client.read(0, 2).has_value());
    REQUIRE(client.read(3, 6).has_value());
    REQUIRE(most <= 2);
}

TEST_CASE("rpc: an answer that is too large is asked for in smaller parts",
          "[chain][source][rpc]") {
    ServedNode served(0);
    for (std::uint32_t i = 0; i < 12; ++i)
        served.node.blocks.push_back(
            child_of(served.node.blocks.back(), {.salt = i, .script_bytes = 10'000}));
    SECTION("down to what fits") {
        ServedClient client(served.server.url(), {}, {.body_bytes_max = 50'000});
        REQUIRE(client.source->tip().has_value());
        REQUIRE(client.read(0, 12).value() == served.node.blocks);
    }
    SECTION("and given up when a single block does not fit") {
        ServedClient client(served.server.url(), {}, {.body_bytes_max = 15'000});
        REQUIRE(client.source->tip().has_value());
        const auto read = client.read(0, 12);
        REQUIRE(read.error().code == ErrorCode::limit);
        REQUIRE_THAT(read.error().what, Catch::Contains("more than 15000 bytes"));
    }
}

TEST_CASE("rpc: a node of another ledger is named", "[chain][source][rpc]") {
    ServedNode served(1);
    SECTION("a known one") {
        ServedClient client(served.server.url(), {}, {}, params(LedgerId::ltc_regtest));
        REQUIRE(client.tip_failure().code == ErrorCode::invalid);
        REQUIRE_THAT(client.tip_failure().what,
                     Catch::Contains("a node of btc-regtest, not of ltc-regtest"));
    }
    SECTION("an unknown one") {
        served.node.blocks = chain_on(regtest_genesis(), 3, 5);
        ServedClient client(served.server.url());
        REQUIRE_THAT(client.tip_failure().what,
                     Catch::Contains("another chain (its genesis block is " +
                                     text(hash_of_raw(served.node.blocks[0]))));
    }
}

TEST_CASE("rpc: pruned blocks need another node", "[chain][source][rpc]") {
    ServedNode served(5);
    served.node.intercept = [](const std::string& method,
                               const nlohmann::json&) -> std::optional<nlohmann::json> {
        if (method != "getblock") return std::nullopt;
        return rpc_failure(-1, "Block not available (pruned data)");
    };
    ServedClient client(served.server.url());
    REQUIRE(client.source->tip().has_value());
    const auto read = client.read(1, 5);
    REQUIRE(read.error().code == ErrorCode::io);
    REQUIRE_THAT(read.error().what, Catch::Contains("block 1 ") && Catch::Contains("prune=0"));
}

TEST_CASE("rpc: any other error of the node is passed on", "[chain][source][rpc]") {
    ServedNode served(5);
    served.node.intercept = [](const std::string& method,
                               const nlohmann::json&) -> std::optional<nlohmann::json> {
        if (method != "getblock") return std::nullopt;
        return rpc_failure(-32603, "Can't read block from disk");
    };
    ServedClient client(served.server.url());
    REQUIRE(client.source->tip().has_value());
    REQUIRE_THAT(client.read(1, 5).error().what,
                 Catch::Contains("Can't read block from disk (error -32603)"));
}

TEST_CASE("rpc: a reorg under the reading is told from failures", "[chain][source][rpc]") {
    ServedNode served(100);
    const auto& blocks = served.node.blocks;
    std::vector<Bytes> other = chain_on(blocks[50], 70, 9);
    other.insert(other.begin(), blocks.begin(), blocks.begin() + 51);
    ServedClient client(served.server.url());
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
    ServedNode served(5);
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
    ServedClient client(served.server.url());
    REQUIRE(client.source->tip().has_value());
    const auto read = client.read(0, 5);
    REQUIRE(read.error().code == ErrorCode::corrupt);
    REQUIRE_THAT(read.error().what, Catch::Contains("block 3 "));
}

}  // namespace wagetrail
