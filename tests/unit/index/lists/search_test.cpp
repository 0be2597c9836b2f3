#include "index/lists/search.h"

#include "tests/unit/index/lists/list_folder.h"
#include "tests/unit/index/lists/ofac_document.h"

#include <catch2/catch.hpp>

namespace wagetrail::lists {
namespace {

constexpr const char* kEvm = "0x4f47bc496083c727c5fbe3ce9cdf2b0f6496270c";
constexpr const char* kBitcoin = "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h";
constexpr const char* kGone = "3F6bbvS1krsc1qR8FsbTDfYQyvkMm3QvmR";

struct Searched {
    Searched() : registry(folder.registry()) {
        OfacDocument list{.issued = "2025-03-04",
                          .parties = {{.id = "42498",
                                       .name = "Sim Hyon Sop",
                                       .designated = "2023-04-24",
                                       .addresses = {{"ETH", kEvm}, {"ARB", kEvm}}},
                                      {.id = "35",
                                       .name = "SÉMENOV, Roman",
                                       .designated = "2022-08-08",
                                       .addresses = {{"XBT", kGone}}}}};
        import(list);
        list.issued = "2025-03-21";
        list.parties[1].addresses.clear();
        list.parties.push_back({.id = "7",
                                .name = "Simple Trading",
                                .designated = "2024-01-01",
                                .addresses = {{"XBT", kBitcoin}}});
        import(list);
    }
    void import(const OfacDocument& list) {
        static_cast<void>(
            imported(registry, {.list = "ofac",
                                .file = folder.write(list.issued + ".xml", list.text()),
                                .known_from = at("2025-04-01")}));
    }
    [[nodiscard]] std::vector<SearchHit> hits(const std::string& text) const {
        auto found = search(registry, {.text = text});
        if (!found) FAIL(found.error().what);
        return *std::move(found);
    }
    /// The best hit as one line: why, where, whom.
    [[nodiscard]] std::string best(const std::string& text) const {
        const auto found = hits(text);
        if (found.empty()) return "nothing";
        return std::string(wagetrail::lists::text(found[0].kind)) + " of " +
               std::string(wagetrail::lists::text(found[0].field)) + ": " + found[0].party_id;
    }

    ListFolder folder;
    Registry registry;
};

}  // namespace

TEST_CASE("search: a name is found whatever its case, spaces, marks and order", "[lists][search]") {
    const Searched lists;
    CHECK(lists.best("Sim Hyon Sop") == "exact of name: 42498");
    CHECK(lists.best("sim hyon SOP") == "letter case of name: 42498");
    CHECK(lists.best("Sim Hyon-Sop") == "spaces and punctuation of name: 42498");
    CHECK(lists.best("simhyonsop") == "spaces and punctuation of name: 42498");
    CHECK(lists.best("Sim Нyоn Sоp") == "look-alike letters of name: 42498");  // Cyrillic Н, о
    CHECK(lists.best("semenov roman") == "look-alike letters of name: 35");
    CHECK(lists.best("Roman Semenov") == "all words of name: 35");
    CHECK(lists.best("hyon") == "all words of name: 42498");
    CHECK(lists.best("simhy") == "beginning of name: 42498");
    CHECK(lists.best("yons") == "part of name: 42498");
    CHECK(lists.best("Nobody At All") == "nothing");
}

TEST_CASE("search: an alias finds its party", "[lists][search]") {
    const Searched lists;
    const auto hits = lists.hits("an alias");  // of each party of the document
    REQUIRE(hits.size() == 3);
    REQUIRE(hits[0].field == MatchedField::alias);
    REQUIRE(hits[0].matched == "An Alias");
}

TEST_CASE("search: a mistyped address is found, and says how it was mistyped", "[lists][search]") {
    const Searched lists;
    CHECK(lists.best(kEvm) == "exact of address: 42498");
    CHECK(lists.best("0x4F47BC496083C727C5FBE3CE9CDF2B0F6496270C") ==
          "same address, other spelling of address: 42498");
    CHECK(lists.best("0X4F47BC496083C727C5FBE3CE9CDF2B0F6496270C") ==
          "letter case of address: 42498");
    CHECK(lists.best("12qtd5bfwrsdnsazy76uve1xycgntojh9h") == "letter case of address: 7");
    CHECK(lists.best("12QtD5BFwRsd NsAZY76UVE1 xyCGNTojH9h") ==
          "spaces and punctuation of address: 7");
    CHECK(lists.best("l2QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h") == "look-alike letters of address: 7");
    CHECK(lists.best("12QtD5BFwRsdNsAZY76UVE1хyCGNTojH9h") ==  // Cyrillic х: read as meant
          "same address, other spelling of address: 7");
    CHECK(lists.best("12QtD5BFwRsdNsAZY76UVE1xyCGNTojH8h") == "one letter differs of address: 7");
    CHECK(lists.best("12QtD5BFwRsdNsAZY76UVE1xyCGNTojHh") == "one letter differs of address: 7");
    CHECK(lists.best("12QtD5BFwRsdNsAZY76UVE1xyCGNTojHh9") == "one letter differs of address: 7");
    CHECK(lists.best("12QtD5BFw") == "beginning of address: 7");
    CHECK(lists.best("UVE1xyCGN") == "part of address: 7");
}

TEST_CASE("search: what was removed is found, and said to be no longer listed", "[lists][search]") {
    const Searched lists;
    const auto gone = lists.hits(kGone);
    REQUIRE(gone.size() == 1);
    REQUIRE_FALSE(gone[0].listed);
    REQUIRE(gone[0].addresses == std::vector<SearchAddress>{{kGone, "XBT", false}});
    const auto sim = lists.hits("Sim Hyon Sop");
    REQUIRE(sim.at(0).listed);
    REQUIRE(sim[0].addresses ==
            std::vector<SearchAddress>{{kEvm, "ARB", true}, {kEvm, "ETH", true}});
}

TEST_CASE("search: hits come best first and always in the same order", "[lists][search]") {
    const Searched lists;
    const auto hits = lists.hits("sim");
    REQUIRE(hits.size() == 2);
    CHECK(hits[0].kind == MatchKind::all_words);
    CHECK(hits[0].entity == "Sim Hyon Sop");
    CHECK(hits[1].kind == MatchKind::beginning);
    CHECK(hits[1].entity == "Simple Trading");
}

TEST_CASE("search: wrong questions are refused", "[lists][search]") {
    const Searched lists;
    const auto error = [&](const std::string& text, const std::string& list = "") {
        const auto found = search(lists.registry, {.text = text, .list = list});
        return found ? "" : found.error().what;
    };
    CHECK_THAT(error(""), Catch::Contains("three letters"));
    CHECK_THAT(error(" a. "), Catch::Contains("three letters"));
    CHECK_THAT(error(std::string(257, 'a')), Catch::Contains("256 bytes"));
    CHECK_THAT(error("abc\x1B[2J"), Catch::Contains("control characters"));
    CHECK_THAT(error("abc\xFF"), Catch::Contains("not UTF-8"));
    CHECK_THAT(error("abc", "nobody"), Catch::Contains("no list is called \"nobody\""));
}

}  // namespace wagetrail::lists
