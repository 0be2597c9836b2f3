#include "heuristics/report/evidence/report_log.h"

#include <catch2/catch.hpp>

namespace wagetrail::report {
namespace {

std::string three_lines() {
    std::string log;
    for (int i = 0; i < 3; ++i)
        log += next_line(*read_log(log), Time{1'700'000'000 + i}, std::string(64, 'a'),
                         i == 1 ? std::string(64, 'b') : "");
    return log;
}

}  // namespace

TEST_CASE("log: every line follows from the one before", "[report]") {
    const std::string log = three_lines();
    const auto read = read_log(log);
    REQUIRE(read);
    REQUIRE(read->size() == 3);
    CHECK((*read)[2].number == 3);
    CHECK((*read)[2].at == Time{1'700'000'002});
    CHECK((*read)[1].signer == std::string(64, 'b'));
    CHECK((*read)[0].signer.empty());
    CHECK(read_log("")->empty());
}

TEST_CASE("log: a line that was never finished is as if it were not there", "[report]") {
    const std::string log = three_lines();
    const auto read = read_log(log + "{\"at\":\"20");
    REQUIRE(read);
    CHECK(read->size() == 3);
}

TEST_CASE("log: whatever is changed, taken out or moved shows", "[report]") {
    const std::string log = three_lines();
    const std::size_t first = log.find('\n') + 1;
    const std::size_t second = log.find('\n', first) + 1;
    std::string changed = log;
    changed[log.find("aaaa")] = 'c';
    CHECK_FALSE(read_log(changed));
    CHECK_FALSE(read_log(log.substr(first)));
    CHECK_FALSE(read_log(log.substr(0, first) + log.substr(second)));
    CHECK_FALSE(
        read_log(log.substr(first, second - first) + log.substr(0, first) + log.substr(second)));
    CHECK_FALSE(read_log("nonsense\n"));
    CHECK_FALSE(read_log("{}\n"));
    // What a chain by itself cannot show: lines missing at the end. Its end is printed for that.
    CHECK(read_log(log.substr(0, second)));
}

}  // namespace wagetrail::report
