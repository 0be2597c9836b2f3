#include "chain/base58.h"

#include "chain/base/sha256.h"

#include <array>
#include <vector>

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

constexpr std::uint64_t kFiveDigits = 58ULL * 58 * 58 * 58 * 58;
constexpr std::uint64_t kFourBytes = 1ULL << 32U;

/// One step of long multiplication: number = number * factor + carry, least significant place
/// first. Places of many digits: addresses are read and printed by the thousand.
template <std::uint64_t kBase>
void multiply_add(std::vector<std::uint64_t>& places, std::uint64_t factor, std::uint64_t carry) {
    for (std::uint64_t& place : places) {
        carry += place * factor;
        place = carry % kBase;
        carry /= kBase;
    }
    if (carry > 0) places.push_back(carry);
}

/// The digits of the places, most significant first, without leading zeros.
template <class Digits, class DigitOf>
void append_digits(Digits& to,
                   const std::vector<std::uint64_t>& places,
                   std::uint64_t base,
                   std::uint64_t top,
                   const DigitOf& digit_of) {
    bool leading = true;
    for (std::size_t i = places.size(); i-- > 0;)
        for (std::uint64_t unit = top; unit > 0; unit /= base) {
            const std::uint64_t one = places[i] / unit % base;
            leading = leading && one == 0;
            if (!leading) to.push_back(digit_of(one));
        }
}

}  // namespace

std::string encode_base58(ByteView bytes) {
    std::size_t zeros = 0;
    while (zeros < bytes.size() && bytes[zeros] == 0) ++zeros;
    std::vector<std::uint64_t> places;
    for (const std::uint8_t byte : bytes.subspan(zeros))
        multiply_add<kFiveDigits>(places, 256, byte);
    std::string text(zeros, kAlphabet[0]);
    append_digits(text, places, 58, kFiveDigits / 58,
                  [](std::uint64_t one) { return kAlphabet[one]; });
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
    std::vector<std::uint64_t> places;
    for (const char c : text.substr(zeros)) multiply_add<kFourBytes>(places, 58, digit(c));
    Bytes bytes(zeros, 0);
    append_digits(bytes, places, 256, kFourBytes / 256,
                  [](std::uint64_t one) { return static_cast<std::uint8_t>(one); });
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
