// Amounts of a drawn flow stood on each other where edges are many, and nobody could read them.
#include "heuristics/report/evidence/flow_svg.h"

#include "heuristics/report/evidence/label_places.h"

#include <catch2/catch.hpp>

#include <cstddef>
#include <cstdlib>
#include <regex>
#include <string>
#include <vector>

namespace wagetrail::report {
namespace {

struct Written {
    int x = 0;
    int y = 0;
    int half = 0;  // of its width
};

std::vector<Written> amounts_of(const std::string& svg) {
    static const std::regex kAmount(
        "<text x=\"([0-9]+)\" y=\"([0-9]+)\" text-anchor=\"middle\" font-size=\"9\" "
        "fill=\"#334\">([^<]*)<");
    std::vector<Written> all;
    for (std::sregex_iterator at(svg.begin(), svg.end(), kAmount), end; at != end; ++at)
        all.push_back({std::stoi((*at)[1]), std::stoi((*at)[2]),
                       static_cast<int>((*at)[3].length()) * 5 / 2});
    return all;
}

std::size_t overlaps(const std::vector<Written>& amounts) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < amounts.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (std::abs(amounts[i].x - amounts[j].x) < amounts[i].half + amounts[j].half &&
                std::abs(amounts[i].y - amounts[j].y) < 10)
                ++count;
    return count;
}

/// Each node of a column pays each of the next.
Flow meshed(std::size_t columns, std::size_t rows) {
    Flow flow;
    for (std::size_t column = 0; column < columns; ++column)
        for (std::size_t row = 0; row < rows; ++row)
            flow.nodes.push_back({.id = "node",
                                  .label = "",
                                  .stop = {},
                                  .tx = {},
                                  .address = "a",
                                  .column = column});
    for (std::size_t from = 0; from + rows < flow.nodes.size(); ++from)
        for (std::size_t row = 0; row < rows; ++row)
            flow.edges.push_back({.from = from,
                                  .to = (from / rows + 1) * rows + row,
                                  .at = {},
                                  .address = "a",
                                  .whole = Amount(500'000'000),
                                  .traced = Amount(100'000'000 + flow.edges.size())});
    return flow;
}

}  // namespace

TEST_CASE("flow svg: amounts do not stand on each other", "[report][evidence]") {
    const DrawnFlow drawn = flow_svg(LedgerId::ltc_regtest, meshed(3, 4), 80);
    const std::vector<Written> amounts = amounts_of(drawn.svg);
    REQUIRE(amounts.size() + drawn.amounts_left_out == 32);
    REQUIRE(amounts.size() >= 24);
    REQUIRE(overlaps(amounts) == 0);
    REQUIRE(flow_svg(LedgerId::ltc_regtest, meshed(3, 4), 80).svg == drawn.svg);
}

TEST_CASE("flow svg: where there is no room the smallest amounts are left out and counted",
          "[report][evidence]") {
    Flow flow = meshed(2, 1);
    while (flow.edges.size() < 40) {
        flow.edges.push_back(flow.edges.front());
        flow.edges.back().traced = Amount(flow.edges.size());
    }
    const DrawnFlow drawn = flow_svg(LedgerId::ltc_regtest, flow, 80);
    REQUIRE(drawn.amounts_left_out > 0);
    REQUIRE(amounts_of(drawn.svg).size() + drawn.amounts_left_out == 40);
    REQUIRE(overlaps(amounts_of(drawn.svg)) == 0);
    REQUIRE(drawn.svg.find(">1.00000000 LTC<") != std::string::npos);
    REQUIRE(drawn.svg.find(">0.00000002 LTC<") == std::string::npos);
}

TEST_CASE("label places: nothing is written on a box or outside of the drawing",
          "[report][evidence]") {
    LabelPlaces places;
    places.keep_free({0, 0, 150, 34});
    const std::vector<DrawnPoint> wished = {{5, 60}, {100, 30}, {100, 60}, {100, 80}};
    REQUIRE(places.place(wished, 10) == DrawnPoint{100, 60});
    REQUIRE(places.place(wished, 10) == DrawnPoint{100, 80});
    REQUIRE_FALSE(places.place(wished, 10));
}

}  // namespace wagetrail::report
