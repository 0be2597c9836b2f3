#include "heuristics/report/markup.h"

#include <catch2/catch.hpp>

namespace wagetrail::report {

TEST_CASE("markup: foreign text cannot become tags, attributes or control", "[report]") {
    CHECK(markup("<b onload='x'>\"&\"") == "&lt;b onload=&#39;x&#39;&gt;&quot;&amp;&quot;");
    CHECK(markup("a\x1b[2Jb\n") == "a\\x1B[2Jb\\x0A");
    CHECK(markup("Сергей") == "Сергей");
    CHECK(markup("\xff") == "\\xFF");
}

TEST_CASE("csv: a cell stays one cell, and no formula", "[report]") {
    CHECK(csv_cell("plain") == "plain");
    CHECK(csv_cell("a,b \"c\"") == "\"a,b \"\"c\"\"\"");
    CHECK(csv_cell("two\nlines") == "two\\x0Alines");
    for (const char* const formula : {"=1+1", "+1", "-1", "@SUM(A1)"})
        CHECK(csv_cell(formula) == "'" + std::string(formula));
    CHECK(csv_cell("=A1,B1") == "\"'=A1,B1\"");
    CHECK(csv_cell("").empty());
}

TEST_CASE("dot: a text stays between its quotes", "[report]") {
    CHECK(dot_text("say \"hi\" \\") == "say \\\"hi\\\" \\\\");
}

}  // namespace wagetrail::report
