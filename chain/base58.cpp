#include "chain/base58.h"

#include "chain/base/sha256.h"

#include <array>

namespace wagetrail {
namespace {

constexpr std::string_view kAlphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
constexpr std::size_t kChecksumSize = 4;
constexpr std::uint8_t kNoDigit = 0xFF;

constexpr auto kDigits = [] {
    std::array<std::uint8_t, 256> digits{};
    digits.fill(kNoDigit);
    for (std::size_t i = 0; i < kAlphabet.size(); ++i)
        digits[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
    return digits;
}();

std::uint8_t digit(char c) {
    return kDigits[static_cast<unsigned char>(c)];
}

/// One step of long multiplication: number = number * factor + carry, least significant place
/// first.
void multiply_add(Bytes& places, unsigned base, unsigned factor, unsigned carry) {
    for (std::uint8_t& place : places) {
        carry += place * factor;
        place = static_cast<std::uint8_t>(carry % base);
        carry /= base;
    }
    for (; carry > 0; carry /= base) places.push_back(static_cast<std::uint8_t>(carry % base));
}

}  // namespace

std::string encode_base58(ByteView bytes) {
    std::size_t zeros = 0;
    while (zeros < bytes.size() && bytes[zeros] == 0) ++zeros;
    Bytes places;
    for (const std::uint8_t byte : bytes.subspan(zeros)) multiply_add(places, 58, 256, byte);
    std::string text(zeros, kAlphabet[0]);
    for (std::size_t i = places.size(); i-- > 0;) text += kAlphabet[places[i]];
    return text;
}

std::size_t first_not_base58(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i)
        if (digit(text[i]) == kNoDigit) return i;
    return std::string_view::npos;
}

std::optional<Bytes> decode_base58(std::string_view text) {
    if (text.size() > kMaxBase58Text || first_not_base58(text) != std::string_view::npos)
        return std::nullopt;
    std::size_t zeros = 0;
    while (zeros < text.size() && text[zeros] == kAlphabet[0]) ++zeros;
    Bytes places;
    for (const char c : text.substr(zeros)) multiply_add(places, 256, 58, digit(c));
    Bytes bytes(zeros, 0);
    bytes.insert(bytes.end(), places.rbegin(), places.rend());
    return bytes;
}

std::string encode_base58check(ByteView bytes) {
    Bytes checked = to_bytes(bytes);
    append(checked, ByteView(sha256d(bytes)).first(kChecksumSize));
    return encode_base58(checked);
}

std::optional<Bytes> decode_base58check(std::string_view text) {
    auto bytes = decode_base58(text);
    if (!bytes || bytes->size() < kChecksumSize) return std::nullopt;
    const std::size_t size = bytes->size() - kChecksumSize;
    const auto checksum = sha256d(ByteView(*bytes).first(size));
    if (!equal(ByteView(*bytes).subspan(size), ByteView(checksum).first(kChecksumSize)))
        return std::nullopt;
    bytes->resize(size);
    return bytes;
}

}  // namespace wagetrail
