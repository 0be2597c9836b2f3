#include "index/lists/csv.h"

#include <catch2/catch.hpp>

namespace wagetrail::lists {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Expected<Rows> read(std::string_view text, std::size_t piece) {
    Rows rows;
    CsvReader reader([&rows](const std::vector<CsvField>& row) -> Expected<void> {
        auto& texts = rows.emplace_back();
        for (const CsvField& field : row) texts.push_back(field.text);
        return {};
    });
    for (std::size_t at = 0; at < text.size(); at += piece)
        TRY(reader.feed(text.substr(at, piece)));
    TRY(reader.finish());
    return rows;
}

std::string error_of(std::string_view text) {
    const auto rows = read(text, 1000);
    return rows ? "" : rows.error().what;
}

}  // namespace

TEST_CASE("csv: quotes, line ends and pieces of every size give the same rows", "[lists][csv]") {
    const std::string_view text =
        "a,b,c\r\n1,\"x, \"\"y\"\"\",\r\n\"two\r\nlines\",,\"\"\n\rlast,,z";
    const Rows expected = {
        {"a", "b", "c"}, {"1", "x, \"y\"", ""}, {"two lines", "", ""}, {""}, {"last", "", "z"}};
    for (const std::size_t piece : {1U, 2U, 3U, 7U, 1000U}) {
        CAPTURE(piece);
        const auto rows = read(text, piece);
        REQUIRE(rows);
        REQUIRE(*rows == expected);
    }
}

TEST_CASE("csv: a line end at the end adds no row", "[lists][csv]") {
    for (const std::string_view text : {"a,b", "a,b\n", "a,b\r\n", "a,b\r"})
        REQUIRE(read(text, 1000)->size() == 1);
    REQUIRE(read("", 1)->empty());
    REQUIRE(*read("a,", 1) == Rows{{"a", ""}});
    REQUIRE(*read("\"\"", 1) == Rows{{""}});
}

TEST_CASE("csv: errors name line and column", "[lists][csv]") {
    REQUIRE_THAT(error_of("a,b\nx,y\"z\n"), Catch::StartsWith("line 2, column 4: a quote"));
    REQUIRE_THAT(error_of("a\n\"x\"y"), Catch::StartsWith("line 2, column 4: text after"));
    REQUIRE_THAT(error_of("a\n\"x\n"), Catch::StartsWith("line 3, column 1: the text ends"));
    REQUIRE_THAT(error_of("ok\nfine,b\xFF"
                          "c"),
                 Catch::StartsWith("line 2, column 6: the field"));
    REQUIRE_THAT(error_of("a\tb"), Catch::Contains("control character"));
    REQUIRE_THAT(error_of(std::string("a\0b", 3)), Catch::Contains("control character"));
}

TEST_CASE("csv: what a reader must hold in memory is bounded", "[lists][csv]") {
    REQUIRE_THAT(error_of(std::string(20'000, 'x')), Catch::Contains("longer than"));
    REQUIRE_THAT(error_of("\"" + std::string(20'000, '\n')), Catch::Contains("longer than"));
    REQUIRE_THAT(error_of(std::string(1'000, ',')), Catch::Contains("more than 256 fields"));
}

}  // namespace wagetrail::lists
