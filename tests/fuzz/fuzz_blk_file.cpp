// Any bytes as a blk file. The first eight are the key. Records that come out lie inside the file,
// and a scan that goes on from where another one stopped finds nothing it had not.
#include "chain/base/bytes.h"
#include "chain/source/blk_file.h"

#include <algorithm>
#include <cstdint>

namespace wagetrail {
namespace {

void check(ByteView input) {
    if (input.size() < BlkKey::kSize) return;
    BlkKey key;
    std::copy_n(input.begin(), BlkKey::kSize, key.value.begin());
    const ByteView file = input.subspan(BlkKey::kSize);
    const BlkBytes bytes{
        .size = file.size(),
        .read = [file](std::uint64_t offset, std::span<std::uint8_t> into) -> Expected<void> {
            CHECK(offset <= file.size() && into.size() <= file.size() - offset);
            std::copy_n(file.begin() + static_cast<std::ptrdiff_t>(offset), into.size(),
                        into.begin());
            return {};
        }};
    const auto scan = scan_blk(params(LedgerId::btc_regtest), bytes, key, 0);
    if (!scan) return;
    CHECK(scan->resume <= file.size());
    for (const BlkRecord& record : scan->records)
        CHECK(record.offset <= file.size() && record.size <= file.size() - record.offset);
    const auto rest = scan_blk(params(LedgerId::btc_regtest), bytes, key, scan->resume);
    CHECK(rest.has_value() && rest->records.size() <= scan->records.size());
}

}  // namespace
}  // namespace wagetrail

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    wagetrail::check({data, size});
    return 0;
}
