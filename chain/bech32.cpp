#include "chain/bech32.h"

#include <algorithm>
#include <array>
#include <optional>

namespace wagetrail {
namespace {

constexpr std::string_view kAlphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::size_t kChecksumSize = 6;
constexpr std::size_t kMaxText = 90;
constexpr char kSeparator = '1';
constexpr std::array<std::uint32_t, 5> kGenerator = {0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD,
                                                     0x2A1462B3};

std::uint32_t target(Bech32Variant variant) {
    return variant == Bech32Variant::bech32 ? 1 : 0x2BC830A3;
}

/// One step of the division by the code's generator: state * x + value.
std::uint32_t step(std::uint32_t state, std::uint8_t value) {
    const std::uint32_t top = state >> 25U;
    state = ((state & 0x1FFFFFFU) << 5U) ^ value;
    for (std::size_t i = 0; i < kGenerator.size(); ++i)
        if (((top >> i) & 1U) != 0) state ^= kGenerator[i];
    return state;
}

std::uint32_t remainder(std::string_view prefix, ByteView values) {
    std::uint32_t state = 1;
    for (const char c : prefix) state = step(state, static_cast<unsigned char>(c) >> 5U);
    state = step(state, 0);
    for (const char c : prefix) state = step(state, static_cast<unsigned char>(c) & 31U);
    for (const std::uint8_t value : values) state = step(state, value);
    return state;
}

bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
char lower(char c) {
    return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

std::unexpected<Error> bad(std::string what) {
    return fail(ErrorCode::invalid, std::move(what));
}

std::string at_character(std::size_t index) {
    return "character " + std::to_string(index + 1);
}

/// Index in values of the one character whose change makes the checksum right, when there is one.
/// The code is linear: an error e at a place adds the same to the remainder whatever the rest is,
/// and the code's distance of five leaves at most one candidate for each variant. An address says
/// by its first value (its version) which variant it must have.
std::optional<std::size_t> mistyped_value(std::uint32_t found, ByteView values) {
    for (const Bech32Variant variant : {Bech32Variant::bech32, Bech32Variant::bech32m}) {
        const std::uint32_t wanted = found ^ target(variant);
        for (std::uint8_t error = 1; error < 32; ++error) {
            std::uint32_t effect = error;
            for (std::size_t i = values.size(); i-- > 0; effect = step(effect, 0)) {
                if (effect != wanted) continue;
                const int version = i == 0 ? values[0] ^ error : values[0];
                if ((version == 0) == (variant == Bech32Variant::bech32)) return i;
            }
        }
    }
    return std::nullopt;
}

/// Case, length and the characters of the prefix, which no checksum covers by itself.
Expected<std::string> lower_case(std::string_view text) {
    const bool has_upper = std::any_of(text.begin(), text.end(), is_upper);
    const bool has_lower = std::any_of(text.begin(), text.end(), is_lower);
    if (has_upper && has_lower)
        return bad("mixed case: this form is written all in lower case or all in upper case");
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] < 33 || text[i] > 126)
            return bad(at_character(i) + " cannot stand in an address");
    if (text.size() > kMaxText)
        return bad("wrong length: " + std::to_string(text.size()) + " characters, at most " +
                   std::to_string(kMaxText) + " are possible");
    std::string lowered(text);
    std::transform(lowered.begin(), lowered.end(), lowered.begin(), lower);
    return lowered;
}

/// Regroups five bits to eight; nullopt when the padding is not less than five zero bits.
std::optional<Bytes> to_octets(ByteView values) {
    Bytes octets;
    octets.reserve(values.size() * 5 / 8);
    unsigned bits = 0;
    unsigned held = 0;
    for (const std::uint8_t value : values) {
        bits = ((bits << 5U) | value) & 0xFFFU;
        held += 5;
        if (held < 8) continue;
        held -= 8;
        octets.push_back(static_cast<std::uint8_t>(bits >> held));
    }
    if (held >= 5 || (bits & ((1U << held) - 1)) != 0) return std::nullopt;
    return octets;
}

void append_quintets(Bytes& values, ByteView octets) {
    unsigned bits = 0;
    unsigned held = 0;
    for (const std::uint8_t octet : octets) {
        bits = ((bits << 8U) | octet) & 0xFFFU;
        for (held += 8; held >= 5;) {
            held -= 5;
            values.push_back(static_cast<std::uint8_t>((bits >> held) & 31U));
        }
    }
    if (held > 0) values.push_back(static_cast<std::uint8_t>((bits << (5 - held)) & 31U));
}

}  // namespace

std::string encode_bech32(const Bech32& parts) {
    Bytes values = parts.values;
    values.resize(values.size() + kChecksumSize, 0);
    const std::uint32_t checksum = remainder(parts.prefix, values) ^ target(parts.variant);
    std::string text = parts.prefix + kSeparator;
    for (const std::uint8_t value : parts.values) text += kAlphabet[value & 31U];
    for (unsigned i = kChecksumSize; i-- > 0;) text += kAlphabet[(checksum >> (5 * i)) & 31U];
    return text;
}

Expected<Bech32> decode_bech32(std::string_view text) {
    const std::string lowered = TRY(lower_case(text));
    const std::size_t separator = lowered.rfind(kSeparator);
    if (separator == std::string::npos || separator == 0)
        return bad("no prefix: the form is a prefix, then 1, then the data");
    const std::size_t first = separator + 1;
    if (lowered.size() - first < kChecksumSize)
        return bad("wrong length: the text ends before its checksum");
    Bytes values;
    for (std::size_t i = first; i < lowered.size(); ++i) {
        const std::size_t value = kAlphabet.find(lowered[i]);
        if (value == std::string_view::npos)
            return bad(at_character(i) + " cannot stand in an address of this form");
        values.push_back(static_cast<std::uint8_t>(value));
    }
    const std::string prefix = lowered.substr(0, separator);
    const std::uint32_t found = remainder(prefix, values);
    for (const Bech32Variant variant : {Bech32Variant::bech32, Bech32Variant::bech32m}) {
        if (found != target(variant)) continue;
        values.resize(values.size() - kChecksumSize);
        return Bech32{.variant = variant, .prefix = prefix, .values = std::move(values)};
    }
    const auto mistyped = mistyped_value(found, values);
    return bad("wrong checksum: " + (mistyped ? at_character(first + *mistyped) + " is mistyped"
                                              : "the text is mistyped or cut"));
}

std::string bech32_prefix(std::string_view text) {
    const std::size_t separator = text.rfind(kSeparator);
    if (separator == std::string_view::npos) return {};
    std::string prefix(text.substr(0, separator));
    std::transform(prefix.begin(), prefix.end(), prefix.begin(), lower);
    return prefix;
}

std::string encode_witness_program(std::string_view prefix,
                                   std::uint8_t version,
                                   ByteView program) {
    Bech32 parts{.variant = version == 0 ? Bech32Variant::bech32 : Bech32Variant::bech32m,
                 .prefix = std::string(prefix),
                 .values = {version}};
    append_quintets(parts.values, program);
    return encode_bech32(parts);
}

Expected<WitnessProgram> decode_witness_program(std::string_view text) {
    const Bech32 parts = TRY(decode_bech32(text));
    if (parts.values.empty()) return bad("wrong length: there is no witness program");
    const std::uint8_t version = parts.values[0];
    if (version > 16)
        return bad("witness version " + std::to_string(version) + " does not exist (0 to 16 do)");
    auto program = to_octets(ByteView(parts.values).subspan(1));
    if (!program) return bad("wrong length: the data does not end at a whole byte");
    if (program->size() < 2 || program->size() > 40)
        return bad("wrong length: a witness program has 2 to 40 bytes, this one " +
                   std::to_string(program->size()));
    if (version == 0 && program->size() != 20 && program->size() != 32)
        return bad("wrong length: a witness program of version 0 has 20 or 32 bytes, this one " +
                   std::to_string(program->size()));
    const auto expected = version == 0 ? Bech32Variant::bech32 : Bech32Variant::bech32m;
    if (parts.variant != expected)
        return bad(
            version == 0
                ? "wrong variant: version 0 takes the checksum of bech32, not of bech32m"
                : "wrong variant: version 1 and later take the checksum of bech32m (BIP350), "
                  "this one has that of bech32; the sender's software is too old");
    return WitnessProgram{.version = version, .program = std::move(*program)};
}

}  // namespace wagetrail
