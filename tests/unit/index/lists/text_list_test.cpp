#include "index/lists/text_list.h"

#include "index/lists/printable.h"

#include "tests/unit/index/lists/list_folder.h"

#include <catch2/catch.hpp>

namespace wagetrail::lists {
namespace {

template <class Parser>
Expected<ListFile> parse(std::string_view text) {
    Parser parser;
    for (std::size_t from = 0; from < text.size(); from += 5)
        TRY(parser.feed(text.substr(from, 5)));
    return parser.finish();
}

template <class Parser>
std::string error_of(std::string_view text) {
    const auto file = parse<Parser>(text);
    return file ? "" : file.error().what;
}

}  // namespace

TEST_CASE("text list: one address a line, comments and blank lines aside", "[lists][text]") {
    const auto file = parse<TextListParser>(
        "# wallets\r\n\r\n12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h\r\n  bc1qx  # remark\n\nlast");
    REQUIRE(file);
    REQUIRE(file->entries.size() == 3);
    REQUIRE(file->entries[0].text == "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h");
    REQUIRE(file->entries[1].text == "bc1qx");
    REQUIRE(file->entries[2].text == "last");
    REQUIRE(file->party_count == 0);
    REQUIRE(parse<TextListParser>("")->entries.empty());
}

TEST_CASE("text list: a line that is no address is an error with its place", "[lists][text]") {
    REQUIRE_THAT(error_of<TextListParser>("abc\n  two words\n"),
                 Catch::StartsWith("line 2, column 3: \"two words\" is not one address"));
    REQUIRE_THAT(error_of<TextListParser>("abc\nx\x01y\n"), Catch::StartsWith("line 2, column 2:"));
    REQUIRE_THAT(error_of<TextListParser>(std::string(300, 'x')),
                 Catch::StartsWith("line 1, column 1: an address longer"));
    REQUIRE_THAT(error_of<TextListParser>(std::string(40'000, ' ')),
                 Catch::StartsWith("line 1: longer"));
}

TEST_CASE("csv list: columns are found by name in any order", "[lists][text]") {
    const auto file = parse<CsvListParser>(
        "Entity,Programs,wallet, Currency ,listed_on,removed,note\r\n"
        "\"Doe, John\",DPRK3;CYBER2 DPRK3,abc,ETH,2023-04-24,2024-01-01T12:00:00Z,x\r\n"
        "# a comment,,,,,,\n\n"
        "\"Doe, John\",DPRK3;CYBER2,def,,,,\n");
    REQUIRE(file);
    REQUIRE(file->entries.size() == 2);
    REQUIRE(file->parties.size() == 1);
    REQUIRE(file->party_count == 1);
    REQUIRE(file->parties[0].name == "Doe, John");
    REQUIRE(file->parties[0].programs == std::vector<std::string>{"CYBER2", "DPRK3"});
    REQUIRE(file->parties[0].designation == Designation::publication);
    REQUIRE(file->entries[0].ticker == "ETH");
    REQUIRE(file->entries[0].listed_on == at("2023-04-24"));
    REQUIRE(file->entries[0].removed_on == at("2024-01-01T12:00:00Z"));
    REQUIRE_FALSE(file->entries[1].listed_on);
    REQUIRE(file->warnings == std::vector<std::string>{"columns that are not read: note"});
}

TEST_CASE("csv list: a designation column makes a missing date missing", "[lists][text]") {
    const auto file = parse<CsvListParser>("address,name,designated\na,A,2020-01-01\nb,B,\n");
    REQUIRE(file);
    REQUIRE(file->parties[0].designation == Designation::stated);
    REQUIRE(file->parties[0].designated_on == at("2020-01-01"));
    REQUIRE(file->parties[1].designation == Designation::missing);
}

TEST_CASE("csv list: errors name line and column", "[lists][text]") {
    REQUIRE_THAT(error_of<CsvListParser>("who,where\nx,y\n"),
                 Catch::Contains("no column is called"));
    REQUIRE_THAT(error_of<CsvListParser>("address,wallet\n"), Catch::Contains("means the same as"));
    REQUIRE_THAT(error_of<CsvListParser>("address,name\nabc\n"),
                 Catch::StartsWith("line 2, column 1: the row has 1 fields, the header has 2"));
    REQUIRE_THAT(error_of<CsvListParser>("address,listed\nabc,24.04.2023\n"),
                 Catch::StartsWith("line 2, column 5: \"24.04.2023\" is not a time"));
    REQUIRE_THAT(error_of<CsvListParser>("name,address\nx,\n"),
                 Catch::StartsWith("line 2, column 3: no address"));
    REQUIRE_THAT(error_of<CsvListParser>("name,address\nx,a b\n"),
                 Catch::StartsWith("line 2, column 3: \"a b\" is not one address"));
    REQUIRE_THAT(error_of<CsvListParser>("address,listed,removed\na,2024-01-02,2024-01-01\n"),
                 Catch::Contains("removed before it was listed"));
    REQUIRE_THAT(error_of<CsvListParser>("address,first_seen_list_date\n"),
                 Catch::Contains("history of a list"));
    REQUIRE_THAT(error_of<CsvListParser>(""), Catch::Contains("empty"));
}

TEST_CASE("list file: the kind is told by the first bytes", "[lists][text]") {
    REQUIRE(detect_kind("\xEF\xBB\xBF<?xml version") == FileKind::ofac_advanced);
    REQUIRE(detect_kind("\n  <Sanctions>") == FileKind::ofac_advanced);
    REQUIRE(detect_kind("# list\naddress,name\n") == FileKind::csv);
    REQUIRE(detect_kind("Address\nabc\n") == FileKind::csv);
    REQUIRE(detect_kind("abc,def\n") == FileKind::csv);
    REQUIRE(detect_kind("\xEF\xBB\xBF# a, comment\n1abc # b, c\n") == FileKind::text);
    REQUIRE(detect_kind("") == FileKind::text);
}

TEST_CASE("list file: unreadable and foreign files are refused with a reason", "[lists][text]") {
    const ListFolder folder;
    const auto error = [&](const std::string& name) {
        const auto file = load_list_file(folder.path(name), {});
        return file ? "" : file.error().what;
    };
    REQUIRE_THAT(error("absent.txt"), Catch::EndsWith("does not exist"));
    REQUIRE_THAT(error("."), Catch::Contains("not a file"));
    static_cast<void>(folder.write("a.bz2", "BZh91AY"));
    REQUIRE_THAT(error("a.bz2"), Catch::Contains("unpack it first"));
    static_cast<void>(folder.write("utf16.txt", std::string("\xFF\xFE"
                                                            "a\0",
                                                            4)));
    REQUIRE_THAT(error("utf16.txt"), Catch::Contains("UTF-16"));
}

TEST_CASE("list file: the hash is of the bytes, the mark at the start included", "[lists][text]") {
    const ListFolder folder;
    std::uint64_t reported = 0;
    const auto loaded =
        load_list_file(folder.write("a.txt",
                                    "\xEF\xBB\xBF"
                                    "abc\n"),
                       {.progress = [&](std::uint64_t done, std::uint64_t) { reported = done; }});
    REQUIRE(loaded);
    REQUIRE(loaded->content.entries.at(0).text == "abc");
    REQUIRE(sha256_text(loaded->sha256) ==
            "9ef68ea681c2ef5c2d8033a631582afe66a6e128e656cf32c1c28c3b6962dc3f");
    REQUIRE(reported == 7);
}

TEST_CASE("printable: malformed UTF-8 and control characters are found", "[lists][text]") {
    REQUIRE_FALSE(first_unprintable("Plain, 汉字, Ü, \xF0\x9F\x98\x80"));
    REQUIRE(first_unprintable("ab\xC0\xAF") == 2U);        // overlong
    REQUIRE(first_unprintable("a\xED\xA0\x80") == 1U);     // surrogate
    REQUIRE(first_unprintable("\xF4\x90\x80\x80") == 0U);  // beyond Unicode
    REQUIRE(first_unprintable("ab\xE2\x82") == 2U);        // cut
    REQUIRE(first_unprintable("a\x1B[31m") == 1U);         // terminal escape
    REQUIRE(first_unprintable("a\xC2\x9B") == 1U);         // the same in one character
    REQUIRE(printable_line(" a \n\t b\x1B[0m\xFF ") == "a b?[0m?");
}

}  // namespace wagetrail::lists
