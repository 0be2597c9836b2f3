#include "chain/bitcoin/block_header.h"

#include "chain/base/codec.h"
#include "chain/base/sha256.h"

#include <algorithm>
#include <bit>
#include <string>

namespace wagetrail {
namespace {

struct Target {  // 256 bits
    Work high = 0;
    Work low = 0;

    friend auto operator<=>(const Target&, const Target&) = default;
};

constexpr unsigned kHalf = 128;

Target shifted_left(Target value, unsigned by) {
    if (by == 0) return value;
    if (by >= kHalf) return {.high = value.low << (by - kHalf), .low = 0};
    return {.high = (value.high << by) | (value.low >> (kHalf - by)), .low = value.low << by};
}

/// Zero for what is no target. Bits are a floating-point number of base 256: one byte of exponent,
/// then a sign bit and 23 bits of mantissa.
Target target_of(std::uint32_t bits) {
    const unsigned exponent = bits >> 24U;
    const std::uint32_t mantissa = bits & 0x7FFFFFU;
    if ((bits & 0x800000U) != 0 || mantissa == 0) return {};
    if (exponent <= 3) return {.high = 0, .low = mantissa >> (8 * (3 - exponent))};
    const auto mantissa_bytes = static_cast<unsigned>(std::bit_width(mantissa) + 7) / 8;
    if (mantissa_bytes + exponent - 3 > 32) return {};
    return shifted_left({.high = 0, .low = mantissa}, 8 * (exponent - 3));
}

unsigned bit_width(Work value) {
    const auto high = static_cast<std::uint64_t>(value >> 64U);
    return high != 0 ? 64U + static_cast<unsigned>(std::bit_width(high))
                     : static_cast<unsigned>(std::bit_width(static_cast<std::uint64_t>(value)));
}

/// floor(2^256 / divisor), where the divisor is above 2^128 and the quotient below it: long
/// division, begun where the remainder is first as wide as the divisor.
Work quotient_of_2_256(Target divisor) {
    const unsigned width = kHalf + bit_width(divisor.high);
    Target rest = shifted_left({.high = 0, .low = 1}, width - 1);
    Work quotient = 0;
    bool carry = false;
    for (unsigned left = 2 * kHalf - width + 1;; --left) {
        quotient <<= 1U;
        if (carry || rest >= divisor) {
            rest.high -= divisor.high + (rest.low < divisor.low ? 1 : 0);
            rest.low -= divisor.low;
            quotient |= 1U;
        }
        if (left == 0) return quotient;
        carry = (rest.high >> (kHalf - 1)) != 0;
        rest = shifted_left(rest, 1);
    }
}

}  // namespace

std::array<std::uint8_t, BlockHeader::kSize> encode(const BlockHeader& header) {
    Writer writer;
    BlockHeader::fields(writer, header);
    std::array<std::uint8_t, BlockHeader::kSize> bytes;
    CHECK(writer.size() == bytes.size());
    std::copy(writer.bytes().begin(), writer.bytes().end(), bytes.begin());
    return bytes;
}

Expected<BlockHeader> decode_header(ByteView bytes) {
    if (bytes.size() != BlockHeader::kSize)
        return fail(ErrorCode::corrupt,
                    "block header of " + std::to_string(bytes.size()) + " bytes instead of 80");
    Reader reader(bytes);
    BlockHeader header;
    BlockHeader::fields(reader, header);
    CHECK(reader.done());
    return header;
}

BlockHash hash_of(const BlockHeader& header) {
    return BlockHash{sha256d(encode(header))};
}

Work work_of(const BlockHeader& header) {
    Target divisor = target_of(header.bits);
    if (divisor == Target{}) return 0;
    divisor.low += 1;
    if (divisor.low == 0) divisor.high += 1;
    if (divisor <= Target{.high = 1, .low = 0}) return ~Work{0};
    return quotient_of_2_256(divisor);
}

}  // namespace wagetrail
