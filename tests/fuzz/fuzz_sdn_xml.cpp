// Any bytes as OFAC's sdn.xml, whole and in pieces of a size that the first byte chooses: both give
// the same list or fail both.
#include "chain/base/bytes.h"
#include "chain/base/expected.h"

#include "index/lists/sdn_xml.h"

#include "tests/fuzz/list_checks.h"
#include "tests/fuzz/pieces.h"

#include <cstdint>
#include <string_view>

namespace wagetrail::lists {
namespace {

void check(ByteView input) {
    if (input.empty()) return;
    const std::string_view text(reinterpret_cast<const char*>(input.data()) + 1, input.size() - 1);
    const auto whole = fuzz::parse_in_pieces<SdnXmlParser>(text, text.size());
    const auto pieces = fuzz::parse_in_pieces<SdnXmlParser>(text, std::size_t{input[0]} + 1);
    CHECK(whole.has_value() == pieces.has_value());
    if (whole) fuzz::check_list(*whole, *pieces);
}

}  // namespace
}  // namespace wagetrail::lists

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    wagetrail::lists::check({data, size});
    return 0;
}
