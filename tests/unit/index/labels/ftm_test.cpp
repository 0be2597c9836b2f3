#include "index/labels/ftm.h"

#include "index/labels/label_store.h"
#include "index/labels/label_view.h"

#include "tests/unit/index/lists/list_folder.h"

#include <catch2/catch.hpp>

namespace wagetrail::labels {
namespace {

constexpr const char* kEntities =
    R"({"id":"NK-1","caption":"Lazarus Group","schema":"Organization","properties":{"topics":["sanction"]},"datasets":["us_ofac_sdn"]}
{"id":"w-1","caption":"a wallet","schema":"CryptoWallet","properties":{"publicKey":["12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h"],"currency":["BTC"],"holder":["NK-1"]},"last_change":"2024-05-01T00:00:00"}

{"id":"w-2","caption":"Thief","schema":"CryptoWallet","properties":{"publicKey":["13f59kUM5FU8MfTG7DCEugYarDhSD7XCoC"],"topics":["crime.theft"]}}
)";

std::string error_of(std::string_view text) {
    const auto pack = read_ftm(text);
    REQUIRE_FALSE(pack);
    return pack.error().what;
}

}  // namespace

TEST_CASE("ftm: a wallet is named after its holder, with the holder's topics", "[labels]") {
    REQUIRE(looks_like_ftm(kEntities));
    const auto pack = read_ftm(kEntities);
    REQUIRE(pack);
    CHECK(pack->title == "us_ofac_sdn");
    REQUIRE(pack->tags.size() == 2);
    const Tag& first = pack->tags[0];
    CHECK(first.label == "Lazarus Group");
    CHECK(first.category == Category::sanction);
    CHECK(first.currency == "BTC");
    CHECK(first.confidence == 60);
    CHECK(first.date == "2024-05-01T00:00:00");
    CHECK(pack->tags[1].label == "Thief");
    CHECK(pack->tags[1].category == Category::hack);
}

TEST_CASE("ftm: nothing is lost, and it comes out as a TagPack", "[labels]") {
    const auto pack = read_ftm(kEntities);
    REQUIRE(pack);
    const auto again = read_tag_pack(write_tag_pack(*pack));
    REQUIRE(again);
    REQUIRE(again->tags.size() == 2);
    CHECK(again->tags[0].label == "Lazarus Group");
    CHECK(again->tags[0].category == Category::sanction);
    const YamlNode* const whole = again->tags[0].body.find("ftm");
    REQUIRE(whole != nullptr);
    CHECK(whole->text.find("\"holder\":[\"NK-1\"]") != std::string::npos);
}

TEST_CASE("ftm: imported, it labels addresses", "[labels]") {
    const lists::ListFolder folder;
    lists::Registry registry = folder.registry();
    const auto file = folder.write("entities.ftm.json", kEntities);
    REQUIRE(import_pack(registry, {.name = "opensanctions", .file = file, .known_from = {}}));
    const auto view = LabelView::load(registry, std::nullopt);
    REQUIRE(view);
    const auto address = parse_address(LedgerId::btc, "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h");
    REQUIRE(address);
    const auto labels = view->of(*address);
    REQUIRE(labels);
    REQUIRE(labels->size() == 1);
    CHECK(labels->front().label == "Lazarus Group");
    CHECK(labels->front().by == "OpenSanctions, us_ofac_sdn");
}

TEST_CASE("ftm: what is none says where", "[labels]") {
    CHECK(error_of("{\"id\":\"a\",\"schema\":\"Person\"}\nnonsense\n").starts_with("line 2: "));
    CHECK(error_of("{\"schema\":\"Person\"}\n").find("no id") != std::string::npos);
    CHECK(error_of("{\"id\":\"a\",\"schema\":\"Person\"}\n").find("no crypto wallet") !=
          std::string::npos);
    CHECK(error_of(std::string(100, '[')).find("nests deeper") != std::string::npos);
    CHECK_FALSE(looks_like_ftm("title: a pack\n"));
    CHECK_FALSE(looks_like_ftm("{}"));
}

}  // namespace wagetrail::labels
