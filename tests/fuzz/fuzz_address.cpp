// Any text as an address of every ledger, and as the encodings that addresses are made of.
#include "chain/address.h"
#include "chain/base58.h"
#include "chain/bech32.h"

#include <algorithm>

namespace wagetrail {
namespace {

std::string lower_case(std::string_view text) {
    std::string lowered(text);
    for (char& c : lowered)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lowered;
}

void check_encodings(std::string_view text) {
    if (const auto bytes = decode_base58(text)) CHECK(encode_base58(*bytes) == text);
    if (const auto bytes = decode_base58check(text)) CHECK(encode_base58check(*bytes) == text);
    if (const auto parts = decode_bech32(text)) CHECK(encode_bech32(*parts) == lower_case(text));
    if (const auto parts = decode_witness_program(text))
        CHECK(encode_witness_program(bech32_prefix(text), parts->version, parts->program) ==
              lower_case(text));
}

void check(std::string_view input) {
    check_encodings(input);
    const std::vector<Address> recognised = recognise_address(input);
    for (const LedgerParams& ledger : all_ledgers()) {
        const auto address = parse_address(ledger.id, input);
        const bool listed =
            std::any_of(recognised.begin(), recognised.end(),
                        [&](const Address& each) { return each.ledger == ledger.id; });
        CHECK(address.has_value() == listed);
        if (!address) {
            CHECK(address.error().code == ErrorCode::invalid && !address.error().what.empty());
            continue;
        }
        CHECK(address->ledger == ledger.id);
        CHECK(address_of_script(ledger.id, script_of(*address)) == *address);
        CHECK(parse_address(ledger.id, text(*address)) == *address);
    }
}

}  // namespace
}  // namespace wagetrail

// The name is libFuzzer's. NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    wagetrail::check(std::string(data, data + size));
    return 0;
}
