#include "tests/simulator/ofac_writer.h"

#include "index/lists/ofac_advanced.h"

#include "tests/simulator/scenario.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <sstream>

namespace wagetrail::simulator {
namespace {

Truth simulated(LedgerId ledger) {
    const auto set = parameters_for(ledger, 1, 102);
    REQUIRE(set.has_value());
    return simulate(*set, [](ByteView) {});
}

lists::ListFile imported(const Truth& truth, Time day) {
    std::ostringstream xml;
    write_ofac(xml, truth, day);
    lists::OfacAdvancedParser parser;
    REQUIRE(parser.feed(xml.str()).has_value());
    auto file = parser.finish();
    REQUIRE(file.has_value());
    return *file;
}

}  // namespace

TEST_CASE("simulated list: the importer reads what the simulator means", "[simulator][ofac]") {
    const auto ledger = GENERATE(LedgerId::btc_regtest, LedgerId::ltc_regtest);
    const Truth truth = simulated(ledger);
    const Time day = full_publication(truth);
    const lists::ListFile list = imported(truth, day);
    REQUIRE(list.published == day);
    REQUIRE(list.warnings.empty());
    REQUIRE(list.party_count == truth.parties.size() + 2);
    REQUIRE(list.parties.size() == truth.parties.size());
    for (const ListedParty& party : truth.parties) {
        const auto found = std::find_if(list.parties.begin(), list.parties.end(),
                                        [&](const auto& one) { return one.name == party.name; });
        REQUIRE(found != list.parties.end());
        REQUIRE(found->designated_on == party.designated);
        const auto index = static_cast<std::size_t>(found - list.parties.begin());
        for (const ListedAddress& listed : party.addresses) {
            REQUIRE(std::any_of(list.entries.begin(), list.entries.end(), [&](const auto& entry) {
                return entry.party == index && entry.text == text(listed.address);
            }));
        }
    }
}

TEST_CASE("simulated list: a party keeps its number from one publication to the next",
          "[simulator][ofac]") {
    const Truth truth = simulated(LedgerId::ltc_regtest);
    const Time day = full_publication(truth);
    const lists::ListFile later = imported(truth, day);
    const lists::ListFile earlier = imported(truth, {day.seconds - kDay});
    REQUIRE(earlier.parties.size() == 1);  // who was listed with an address all along
    REQUIRE(std::count(later.parties.begin(), later.parties.end(), earlier.parties.front()) == 1);
}

}  // namespace wagetrail::simulator
