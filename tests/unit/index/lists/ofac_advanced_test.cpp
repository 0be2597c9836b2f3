#include "index/lists/ofac_advanced.h"

#include "tests/unit/index/lists/list_folder.h"
#include "tests/unit/index/lists/ofac_document.h"
#include "tests/unit/index/lists/parse_pieces.h"

#include <catch2/catch.hpp>

namespace wagetrail::lists {
namespace {

OfacDocument two_parties() {
    return {
        .parties = {{.id = "42498",
                     .name = "Sim  Hyon Sop",
                     .designated = "2023-04-24",
                     .addresses = {{"ETH", "0x4f47bc496083c727c5fbe3ce9cdf2b0f6496270c"},
                                   {"ARB", "0x4f47bc496083c727c5fbe3ce9cdf2b0f6496270c"}}},
                    {.id = "7", .name = "Nobody", .designated = "2020-02-02", .addresses = {}}}};
}

}  // namespace

TEST_CASE("ofac: parties, addresses, programs and dates come out by name", "[lists][ofac]") {
    for (const std::size_t piece : {1U, 13U, 100'000U}) {
        CAPTURE(piece);
        const auto file = parse_pieces<OfacAdvancedParser>(two_parties().text(), piece);
        REQUIRE(file);
        REQUIRE(file->published == at("2025-10-14"));
        REQUIRE(file->party_count == 2);
        REQUIRE(file->parties.size() == 1);
        REQUIRE(file->parties[0].id == "42498");
        REQUIRE(file->parties[0].name == "Sim Hyon Sop");
        REQUIRE(file->parties[0].programs == std::vector<std::string>{"DPRK3"});
        REQUIRE(file->parties[0].designation == Designation::stated);
        REQUIRE(file->parties[0].designated_on == at("2023-04-24"));
        REQUIRE(file->entries.size() == 2);
        REQUIRE(file->entries[1].ticker == "ARB");
        REQUIRE(file->entries[1].text == "0x4f47bc496083c727c5fbe3ce9cdf2b0f6496270c");
        REQUIRE(file->warnings.empty());
    }
}

TEST_CASE("ofac: any namespace, by default or by prefix", "[lists][ofac]") {
    OfacDocument document = two_parties();
    document.xmlns = "http://www.un.org/sanctions/1.0";
    REQUIRE(parse_pieces<OfacAdvancedParser>(document.text())->entries.size() == 2);
    document.prefix = "sdn:";
    REQUIRE(parse_pieces<OfacAdvancedParser>(document.text())->entries.size() == 2);
}

TEST_CASE("ofac: the encoding is the one that the document states", "[lists][ofac]") {
    OfacDocument document = two_parties();
    document.parties[0].name = "M\xFCller";
    REQUIRE_THAT(parse_error<OfacAdvancedParser>(document.text()),
                 Catch::Contains("not well-formed"));
    document.declaration = "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>";
    REQUIRE(parse_pieces<OfacAdvancedParser>(document.text())->parties[0].name == "M\xC3\xBCller");
}

TEST_CASE("ofac: unknown tickers and missing dates are kept and told", "[lists][ofac]") {
    OfacDocument document = two_parties();
    document.parties[0].addresses = {{"XYZ", "abc"}, {"SOL", " def \n"}};
    document.parties[0].designated = "";
    const auto file = parse_pieces<OfacAdvancedParser>(document.text());
    REQUIRE(file);
    REQUIRE(file->entries.at(0).ticker == "XYZ");
    REQUIRE(file->entries.at(1).text == "def");
    REQUIRE(file->parties.at(0).designation == Designation::missing);
    REQUIRE(file->warnings ==
            std::vector<std::string>{"party 42498 (Sim Hyon Sop) has no designation date"});
    REQUIRE(known_ticker("SOL"));
    REQUIRE_FALSE(known_ticker("XYZ"));
}

TEST_CASE("ofac: a file without any digital currency type says so", "[lists][ofac]") {
    OfacDocument document = two_parties();
    document.parties.erase(document.parties.begin());
    const auto file = parse_pieces<OfacAdvancedParser>(document.text());
    REQUIRE(file);
    REQUIRE(file->entries.empty());
    REQUIRE_THAT(file->warnings.at(0), Catch::Contains("no address was read"));
}

TEST_CASE("ofac: text for a terminal cannot come from the file", "[lists][ofac]") {
    OfacDocument document = two_parties();
    document.parties[0].name = "Evil &#x9B;31m &amp; &lt;Co&gt;";
    REQUIRE(parse_pieces<OfacAdvancedParser>(document.text())->parties[0].name ==
            "Evil ??31m & <Co>");
}

TEST_CASE("ofac: a cut file is an error with its place, wherever it is cut", "[lists][ofac]") {
    const std::string whole = two_parties().text();
    for (std::size_t size = 0; size + 1 < whole.size(); size += 7) {
        CAPTURE(size);
        REQUIRE_THAT(parse_error<OfacAdvancedParser>(whole.substr(0, size)),
                     Catch::StartsWith("line 1, column "));
    }
    REQUIRE_THAT(parse_error<OfacAdvancedParser>(whole + "<again/>"),
                 Catch::Contains("junk after document element"));
}

TEST_CASE("ofac: another XML file is refused by name", "[lists][ofac]") {
    REQUIRE_THAT(parse_error<OfacAdvancedParser>("<sdnList><sdnEntry/></sdnList>"),
                 Catch::Contains("the root element is <sdnList>"));
    REQUIRE_THAT(parse_error<OfacAdvancedParser>("<Sanctions/>"),
                 Catch::Contains("no party at all"));
}

TEST_CASE("ofac: a DOCTYPE is refused before any entity can grow", "[lists][ofac]") {
    const std::string laughs =
        "<?xml version=\"1.0\"?><!DOCTYPE Sanctions [<!ENTITY a \"ha\">"
        "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">"
        "]><Sanctions>&c;</Sanctions>";
    REQUIRE_THAT(parse_error<OfacAdvancedParser>(laughs), Catch::Contains("a DOCTYPE"));
    REQUIRE_THAT(
        parse_error<OfacAdvancedParser>("<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><Sanctions/>"),
        Catch::Contains("a DOCTYPE"));
    REQUIRE_THAT(parse_error<OfacAdvancedParser>("<Sanctions>&a;</Sanctions>"),
                 Catch::Contains("undefined entity"));
}

TEST_CASE("ofac: nesting, tags and texts are bounded", "[lists][ofac]") {
    std::string deep = "<Sanctions>";
    for (int i = 0; i < 1000; ++i) deep += "<a>";
    REQUIRE_THAT(parse_error<OfacAdvancedParser>(deep), Catch::Contains("nested deeper than 64"));
    REQUIRE_THAT(parse_error<OfacAdvancedParser>("<Sanctions><a b=\"" + std::string(3 << 20, 'x')),
                 Catch::Contains("longer than 1 MiB"));
    REQUIRE_THAT(parse_error<OfacAdvancedParser>("<Sanctions><a>" + std::string(1 << 17, 'x')),
                 Catch::Contains("longer than 64 KiB"));
    OfacDocument document = two_parties();
    document.parties[0].addresses[0].second = std::string(300, 'x');
    REQUIRE_THAT(parse_error<OfacAdvancedParser>(document.text()),
                 Catch::Contains("longer than 256 bytes"));
}

TEST_CASE("ofac: a date that is none is an error only where the list hangs on it",
          "[lists][ofac]") {
    OfacDocument document = two_parties();
    document.issued = "2025-13-01";
    REQUIRE_THAT(parse_error<OfacAdvancedParser>(document.text()),
                 Catch::Contains("DateOfIssue: \"2025-13-01\""));
    document.issued = "2025-10-14";
    document.parties[0].designated = "2023-02-30";
    const auto file = parse_pieces<OfacAdvancedParser>(document.text());
    REQUIRE(file);
    REQUIRE_THAT(file->warnings.at(0), Catch::Contains("an entry date that is none"));
    REQUIRE(file->parties[0].designated_on == at("2001-01-01"));  // of the other list
}

}  // namespace wagetrail::lists
