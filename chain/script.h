// Output scripts by their shape alone: the templates that Bitcoin Core's Solver tells apart, and
// the walk over a script's operations they are built on. Nothing here runs a script.
#pragma once

#include "chain/address.h"

#include <cstdint>
#include <optional>

namespace wagetrail {

constexpr std::uint8_t kOp0 = 0x00;
constexpr std::uint8_t kOpPushData1 = 0x4C;
constexpr std::uint8_t kOpPushData2 = 0x4D;
constexpr std::uint8_t kOpPushData4 = 0x4E;
constexpr std::uint8_t kOp1 = 0x51;  // OP_1 to OP_16 follow one another
constexpr std::uint8_t kOp16 = 0x60;
constexpr std::uint8_t kOpReturn = 0x6A;
constexpr std::uint8_t kOpDup = 0x76;
constexpr std::uint8_t kOpEqual = 0x87;
constexpr std::uint8_t kOpEqualVerify = 0x88;
constexpr std::uint8_t kOpHash160 = 0xA9;
constexpr std::uint8_t kOpCheckSig = 0xAC;
constexpr std::uint8_t kOpCheckMultisig = 0xAE;

constexpr std::size_t kMaxScriptSize = 10'000;  // consensus: a longer one can never be run
constexpr unsigned kMaxMultisigKeys = 20;

struct ScriptOp {
    std::uint8_t opcode = 0;
    ByteView data;  // what a push pushes, borrowed; empty for every other operation
};

/// Walks the operations of a script, which the caller keeps alive.
class ScriptReader {
  public:
    explicit ScriptReader(ByteView script) : rest_(script) {}
    /// nullopt at the end and at a push that runs beyond it; done() tells which.
    [[nodiscard]] std::optional<ScriptOp> next();
    [[nodiscard]] bool done() const { return rest_.empty(); }

  private:
    ByteView rest_;
};

struct ScriptTemplate {
    AddressKind kind = AddressKind::nonstandard;
    std::uint8_t witness_version = 0;  // of the kinds with a witness program
    ByteView payload;                  // as in Address, but without the version byte; borrowed
};

/// Costs no allocation: the form of address_of_script for the hot path.
[[nodiscard]] ScriptTemplate match_template(ByteView script);

/// The size that a public key's first byte announces: 33, 65, or 0 for no key.
[[nodiscard]] std::size_t public_key_size(std::uint8_t first_byte);
/// Of a size that fits its first byte; says nothing about the curve.
[[nodiscard]] bool is_key_shaped(ByteView key);

/// Appends the push of at most 75 bytes.
void append_push(Bytes& script, ByteView data);
/// Appends a number as Script writes the counts of a multisig, 1 to 20.
void append_count(Bytes& script, unsigned count);

}  // namespace wagetrail
