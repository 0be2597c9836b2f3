// Bech32 (BIP173) and bech32m (BIP350): the text form of witness programs.
#pragma once

#include "chain/base/bytes.h"
#include "chain/base/expected.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace wagetrail {

enum class Bech32Variant : std::uint8_t { bech32, bech32m };

struct Bech32 {
    Bech32Variant variant = Bech32Variant::bech32;
    std::string prefix;  // the "human-readable part", lower case
    Bytes values;        // five bits each, without the checksum
};

/// prefix in lower case, values below 32.
[[nodiscard]] std::string encode_bech32(const Bech32& parts);

/// Any prefix, at most 90 characters. The error tells mixed case, a character that cannot stand
/// there, and a wrong checksum apart, with the position where one mistyped character explains it.
[[nodiscard]] Expected<Bech32> decode_bech32(std::string_view text);

/// The part before the last "1" in lower case; empty when the text cannot be bech32.
[[nodiscard]] std::string bech32_prefix(std::string_view text);

struct WitnessProgram {
    std::uint8_t version = 0;  // 0 to 16
    Bytes program;             // 2 to 40 bytes; 20 or 32 for version 0

    friend bool operator==(const WitnessProgram&, const WitnessProgram&) = default;
};

[[nodiscard]] std::string encode_witness_program(std::string_view prefix,
                                                 std::uint8_t version,
                                                 ByteView program);
/// Any prefix; the caller looks at it with bech32_prefix. The error adds to those of decode_bech32:
/// wrong length, unknown version, and the wrong one of the two variants.
[[nodiscard]] Expected<WitnessProgram> decode_witness_program(std::string_view text);

}  // namespace wagetrail
