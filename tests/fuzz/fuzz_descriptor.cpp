// Any text as a descriptor of every ledger, and as an extended key.
#include "chain/bip32.h"
#include "chain/descriptor.h"

#include <algorithm>

namespace wagetrail {
namespace {

constexpr std::uint32_t kRange = 2;

/// Texts that are allowed to take long: steps times choices, bounded by the library at a million.
bool is_costly(std::string_view input) {
    const auto steps = std::count(input.begin(), input.end(), '/');
    const auto choices = std::count(input.begin(), input.end(), ';');
    return (steps + 1) * (choices + 1) > 2'000;
}

void check_expansion(LedgerId ledger, const std::vector<Address>& addresses) {
    std::vector<Address> sorted = addresses;
    std::sort(sorted.begin(), sorted.end());
    CHECK(std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end());
    for (const Address& address : addresses) {
        CHECK(address.ledger == ledger);
        CHECK(address_of_script(ledger, script_of(address)) == address);
        CHECK(parse_address(ledger, text(address)) == address);
    }
}

void check(std::string_view input) {
    if (is_costly(input)) return;
    if (const auto key = parse_extended_key(input)) CHECK(text(*key) == input);
    for (const LedgerParams& ledger : all_ledgers()) {
        const auto addresses = expand_descriptor(ledger.id, input, kRange);
        if (!addresses) {
            CHECK(!addresses.error().what.empty());
            continue;
        }
        CHECK(looks_like_descriptor(input));
        check_expansion(ledger.id, *addresses);
        if (input.find('#') != std::string_view::npos) continue;
        const auto checksum = descriptor_checksum(input);
        CHECK(checksum.has_value());
        const std::string whole = std::string(input) + "#" + *checksum;
        CHECK(expand_descriptor(ledger.id, whole, kRange) == *addresses);
    }
}

}  // namespace
}  // namespace wagetrail

// The name is libFuzzer's. NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    wagetrail::check(std::string(data, data + size));
    return 0;
}
