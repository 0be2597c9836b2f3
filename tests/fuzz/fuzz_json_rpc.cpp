// Any bytes as the answer of a node to a batch. The first byte says how many calls there were; as
// many answers come out, or an error.
#include "chain/base/expected.h"
#include "chain/source/json_rpc.h"

#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::size_t calls = data[0] % 8 + 1;
    const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto answers = wagetrail::parse_batch(body, calls);
    if (answers) CHECK(answers->size() == calls);
    return 0;
}
