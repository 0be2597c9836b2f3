#include "index/lists/foreign_checksum.h"

#include "chain/base/bytes.h"
#include "chain/base/keccak.h"

#include "index/lists/printable.h"

#include <algorithm>
#include <array>
#include <optional>

namespace wagetrail::lists {
namespace {

constexpr std::string_view kBase58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
constexpr std::string_view kBech32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

std::uint64_t cash_polymod(std::uint64_t sum, std::uint64_t value) {
    constexpr std::array<std::uint64_t, 5> kGenerators = {0x98f2bc8e61, 0x79b76d99e2, 0xf33e5fb3c4,
                                                          0xae2eabe2a8, 0x1e4f43e470};
    const std::uint64_t top = sum >> 35U;
    sum = ((sum & 0x07ffffffffU) << 5U) ^ value;
    for (std::size_t i = 0; i < kGenerators.size(); ++i)
        if (((top >> i) & 1U) != 0) sum ^= kGenerators[i];
    return sum;
}

/// Eleven digits are eight bytes; of the last block, seven are five.
std::optional<Bytes> decode_block(std::string_view digits) {
    const std::size_t size = digits.size() == 11 ? 8 : 5;
    std::uint64_t value = 0;
    for (const char c : digits) {
        const std::size_t digit = kBase58.find(c);
        if (digit == std::string_view::npos) return std::nullopt;
        if (__builtin_mul_overflow(value, std::uint64_t{58}, &value) ||
            __builtin_add_overflow(value, digit, &value))
            return std::nullopt;
    }
    if (size < 8 && (value >> (8 * size)) != 0) return std::nullopt;
    Bytes out(size);
    for (std::size_t i = 0; i < size; ++i)
        out[size - 1 - i] = static_cast<std::uint8_t>(value >> (8 * i));
    return out;
}

bool is_letter(char c, char first, char last) {
    return c >= first && c <= last;
}

}  // namespace

std::string eip55(std::string_view text) {
    std::string out = ascii_lower(text);
    const auto hash = keccak256(as_bytes(std::string_view(out).substr(2)));
    for (std::size_t i = 2; i < out.size(); ++i) {
        const unsigned nibble = (unsigned{hash[(i - 2) / 2]} >> (i % 2 == 0 ? 4U : 0U)) & 0xFU;
        if (nibble >= 8 && is_letter(out[i], 'a', 'f')) out[i] = static_cast<char>(out[i] - 32);
    }
    return out;
}

CapitalsCheck check_capitals(std::string_view text) {
    const std::string_view digits = text.substr(2);
    const bool upper =
        std::any_of(digits.begin(), digits.end(), [](char c) { return is_letter(c, 'A', 'F'); });
    const bool lower =
        std::any_of(digits.begin(), digits.end(), [](char c) { return is_letter(c, 'a', 'f'); });
    if (!upper || !lower) return CapitalsCheck::none;
    return eip55(text) == text ? CapitalsCheck::right : CapitalsCheck::wrong;
}

bool cash_checksum_holds(std::string_view text) {
    std::uint64_t sum = 1;
    for (const char c : std::string_view("bitcoincash"))
        sum = cash_polymod(sum, static_cast<unsigned char>(c) & 0x1FU);
    sum = cash_polymod(sum, 0);
    for (const char c : text) {
        const std::size_t value = kBech32.find(c);
        if (value == std::string_view::npos) return false;
        sum = cash_polymod(sum, value);
    }
    return sum == 1;
}

bool monero_checksum_holds(std::string_view text) {
    if (text.size() != 95 && text.size() != 106) return false;
    Bytes bytes;
    for (; !text.empty(); text.remove_prefix(std::min<std::size_t>(11, text.size()))) {
        const auto block = decode_block(text.substr(0, 11));
        if (!block) return false;
        append(bytes, *block);
    }
    const ByteView all(bytes);
    const auto hash = keccak256(all.first(all.size() - 4));
    return equal(all.last(4), ByteView(hash).first(4));
}

}  // namespace wagetrail::lists
