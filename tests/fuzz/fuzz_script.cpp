// Any bytes as an output script. The first one chooses the ledger.
#include "chain/address.h"
#include "chain/script.h"

namespace wagetrail {
namespace {

void check_operations(ByteView script) {
    ScriptReader ops(script);
    std::size_t pushed = 0;
    while (const auto op = ops.next()) {
        pushed += 1 + op->data.size();
        CHECK(op->data.empty() || op->opcode <= kOpPushData4);
    }
    CHECK(pushed <= script.size());
}

void check(ByteView input) {
    if (input.empty()) return;
    const LedgerId ledger = all_ledgers()[input[0] % all_ledgers().size()].id;
    const ByteView script = input.subspan(1);
    check_operations(script);
    const Address address = address_of_script(ledger, script);
    CHECK(equal(script_of(address), script));
    CHECK(match_template(script).kind == address.kind);
    CHECK(parse_address(ledger, text(address)) == address);
    CHECK(!is_mweb(address) || address.kind == AddressKind::witness);
    const bool returns = !script.empty() && script[0] == kOpReturn;
    CHECK(is_unspendable(address) == (returns || script.size() > kMaxScriptSize));
}

}  // namespace
}  // namespace wagetrail

// The name is libFuzzer's. NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    wagetrail::check({data, size});
    return 0;
}
