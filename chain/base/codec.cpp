#include "chain/base/codec.h"

namespace wagetrail {

void Writer::compact_size(std::uint64_t value) {
    if (value < 0xFD) {
        put(static_cast<std::uint8_t>(value));
    } else if (value <= 0xFFFF) {
        put(0xFD);
        little<2>(value);
    } else if (value <= 0xFFFFFFFF) {
        put(0xFE);
        little<4>(value);
    } else {
        put(0xFF);
        little<8>(value);
    }
}

void Reader::varint(std::uint64_t& value) {
    constexpr std::size_t kLongest = 10;  // bytes
    // Looked for once, not at each byte: rows are mostly such numbers.
    const std::size_t most = left() < kLongest ? left() : kLongest;
    value = 0;
    for (std::size_t i = 0; i < most; ++i) {
        const std::uint8_t part = bytes_[at_ + i];
        const std::uint64_t bits = part & 0x7FU;
        if (i == kLongest - 1 && bits > 1) break;  // would not fit 64 bits
        value |= bits << (7 * i);
        if ((part & 0x80U) != 0) continue;
        at_ += i + 1;
        return;
    }
    value = 0;
    at_ += most;
    if (most < kLongest) return fail_all();
    fail_all("a number does not fit 64 bits");
}

std::uint64_t Reader::compact_size() {
    const std::uint8_t first = byte();
    std::uint64_t value = first;
    std::uint64_t least = 0;
    if (first == 0xFD) {
        little<2>(value);
        least = 0xFD;
    } else if (first == 0xFE) {
        little<4>(value);
        least = 0x10000;
    } else if (first == 0xFF) {
        little<8>(value);
        least = 0x100000000;
    }
    if (value < least) fail_all("a length is not in its shortest form");
    return ok() ? value : 0;
}

std::size_t Reader::count(std::size_t min_bytes) {
    const std::uint64_t value = compact_size();
    if (value <= left() / min_bytes) return value;
    fail_all("a count is larger than the bytes behind it can hold");
    return 0;
}

}  // namespace wagetrail
