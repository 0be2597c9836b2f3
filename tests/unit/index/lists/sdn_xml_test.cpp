#include "index/lists/sdn_xml.h"

#include "index/lists/import.h"
#include "index/lists/list_diff.h"

#include "tests/unit/index/lists/list_folder.h"
#include "tests/unit/index/lists/ofac_document.h"
#include "tests/unit/index/lists/parse_pieces.h"

#include <catch2/catch.hpp>

namespace wagetrail::lists {
namespace {

constexpr const char* kEth = "0x4f47bc496083c727c5fbe3ce9cdf2b0f6496270c";

struct Sdn {
    std::string date = "10/14/2025";
    std::string records = "2";
    std::string number = kEth;

    [[nodiscard]] std::string text() const {
        return "<?xml version=\"1.0\" standalone=\"yes\"?>\n"
               "<sdnList xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
               "xmlns=\"https://example.org/XML\">\n<publshInformation><Publish_Date>" +
               date + "</Publish_Date><Record_Count>" + records +
               "</Record_Count></publshInformation>\n"
               "<sdnEntry><uid>42498</uid><firstName>Hyon Sop</firstName><lastName>SIM</lastName>"
               "<sdnType>Individual</sdnType><programList><program>NPWMD</program>"
               "<program>DPRK3</program></programList><idList><id><uid>1</uid>"
               "<idType>Passport</idType><idNumber>109484100</idNumber></id><id><uid>2</uid>"
               "<idType>Digital Currency Address - ETH</idType><idNumber>" +
               number +
               "</idNumber></id></idList><akaList><aka><uid>3</uid><type>a.k.a.</type>"
               "<category>strong</category><lastName>SIM</lastName><firstName>Ali</firstName>"
               "</aka></akaList><addressList><address><uid>4</uid><country>China</country>"
               "</address></addressList></sdnEntry>\n"
               "<sdnEntry><uid>36</uid><lastName>AEROCARIBBEAN AIRLINES</lastName></sdnEntry>\n"
               "</sdnList>\n";
    }
};

}  // namespace

TEST_CASE("sdn.xml: parties, addresses, programs and other names come out", "[lists][sdn]") {
    for (const std::size_t piece : {1U, 17U, 100'000U}) {
        const auto file = parse_pieces<SdnXmlParser>(Sdn().text(), piece);
        REQUIRE(file);
        REQUIRE(file->published == at("2025-10-14"));
        REQUIRE(file->xml_namespace == "https://example.org/XML");
        REQUIRE(file->party_count == 2);
        REQUIRE(file->parties.size() == 1);
        REQUIRE(file->parties[0].id == "42498");
        REQUIRE(file->parties[0].name == "SIM Hyon Sop");
        REQUIRE(file->parties[0].programs == std::vector<std::string>{"DPRK3", "NPWMD"});
        REQUIRE(file->parties[0].designation == Designation::missing);
        REQUIRE(file->aliases.at(0) == std::vector<std::string>{"SIM Ali"});
        REQUIRE(file->entries.size() == 1);
        REQUIRE(file->entries[0].text == kEth);
        REQUIRE(file->entries[0].ticker == "ETH");
        REQUIRE_THAT(file->warnings.at(0), Catch::Contains("does not say when its parties"));
    }
}

TEST_CASE("sdn.xml: it is the same list as the advanced file", "[lists][sdn]") {
    const ListFolder folder;
    Registry registry = folder.registry();
    ImportRequest request{.list = "ofac-sdn", .file = {}, .known_from = at("2026-01-01")};
    OfacDocument advanced{
        .issued = "2025-10-13",
        .parties = {{.id = "42498",
                     .name = "SIM Hyon Sop",
                     .designated = "2023-04-24",
                     .addresses = {{"ETH", kEth}}},
                    {.id = "36", .name = "X", .designated = "", .addresses = {}}}};
    request.file = folder.write("advanced.xml", advanced.text());
    static_cast<void>(imported(registry, request));
    request.file = folder.write("sdn.xml", Sdn().text());
    const auto summary = imported(registry, request);
    REQUIRE(summary.snapshot.kind == FileKind::sdn_xml);
    REQUIRE(summary.diff.added.empty());
    REQUIRE(summary.diff.removed.empty());
}

TEST_CASE("sdn.xml: a cut file, another number of records or date is refused", "[lists][sdn]") {
    const std::string whole = Sdn().text();
    REQUIRE_THAT(parse_error<SdnXmlParser>(whole.substr(0, whole.size() - 20)),
                 Catch::Contains("line "));
    REQUIRE_THAT(parse_error<SdnXmlParser>(Sdn{.date = "10/14/2025", .records = "3"}.text()),
                 Catch::Contains("states 3 records and has 2; it is not complete"));
    REQUIRE_THAT(parse_error<SdnXmlParser>(Sdn{.date = "14/10/2025"}.text()),
                 Catch::Contains("Publish_Date: \"14/10/2025\" is not a date such as 03/21/2025"));
    REQUIRE_THAT(parse_error<SdnXmlParser>(Sdn{.date = "10/14/2025", .records = "two"}.text()),
                 Catch::Contains("Record_Count is not a number"));
    REQUIRE_THAT(parse_error<SdnXmlParser>("<Sanctions/>"),
                 Catch::Contains("this is not OFAC's sdn.xml"));
    REQUIRE_THAT(parse_error<SdnXmlParser>("<sdnList/>"), Catch::Contains("no party at all"));
    REQUIRE_THAT(
        parse_error<SdnXmlParser>(
            Sdn{.date = "10/14/2025", .records = "2", .number = std::string(300, 'x')}.text()),
        Catch::Contains("longer than 256 bytes"));
}

TEST_CASE("sdn.xml: it is told from the advanced file by its root, whatever stands before",
          "[lists][sdn]") {
    REQUIRE(detect_kind(Sdn().text()) == FileKind::sdn_xml);
    REQUIRE(detect_kind("<!-- <Sanctions> --><?pi?><x:sdnList xmlns:x='y'>") == FileKind::sdn_xml);
    REQUIRE(detect_kind("<?xml version='1.0'?><Sanctions>") == FileKind::ofac_advanced);
    REQUIRE(detect_kind("<") == FileKind::ofac_advanced);
}

}  // namespace wagetrail::lists
