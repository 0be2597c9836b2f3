// Any bytes as a signed report, checked against a key that never signed any of the seeds' changes:
// nothing but the exact bytes that were signed is accepted.
#include "chain/base/bytes.h"
#include "chain/base/expected.h"

#include "heuristics/report/signed_report.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace wagetrail::report {
namespace {

void check(std::string_view text) {
    static const auto key =
        SigningKey::parse("0000000000000000000000000000000000000000000000000000000000000003");
    const auto verified = verify_envelope(text, key->signer());
    if (!verified) return;
    CHECK(verified->result_id.size() == 64);
    // Whatever is accepted is a fixed point of signing.
    std::string_view line = text;
    if (line.ends_with('\n')) line.remove_suffix(1);
    CHECK(signed_envelope(std::string(line), *key) == line);
}

}  // namespace
}  // namespace wagetrail::report

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    wagetrail::report::check({reinterpret_cast<const char*>(data), size});
    return 0;
}
