// What a signature signs. One function per generation of rules: legacy (before SegWit), version 0
// witness programs (BIP143), taproot (BIP341, tapscript of BIP342). Pure; the caller has found the
// script code (after the last OP_CODESEPARATOR that ran) and removed the signature from it where
// legacy rules ask for that.
#pragma once

#include "chain/bitcoin/transaction.h"

#include <cstdint>
#include <optional>
#include <span>

namespace wagetrail {

using SignatureHash = Hash<struct SignatureHashTag>;  // in the order that is handed to the verifier

/// The byte behind a signature. Legacy and BIP143 accept any value and look at these bits only.
enum SighashFlag : std::uint8_t {
    sighash_default = 0,  // taproot: as all, without a byte behind the signature
    sighash_all = 1,
    sighash_none = 2,
    sighash_single = 3,
    sighash_anyone_can_pay = 0x80,
};

/// Takes all 32 bits of the type because old signatures commit to them. The remaining
/// OP_CODESEPARATORs of script_code are skipped, as consensus does. The "SINGLE bug" (no output at
/// the input's index) is the number one, also returned when there is no such input.
[[nodiscard]] SignatureHash legacy_sighash(const Transaction& tx,
                                           InIndex in,
                                           ByteView script_code,
                                           std::uint32_t hash_type);

/// SHA-256 over parts that every input of a transaction signs alike: computed once per transaction,
/// so that signing or checking n inputs does not cost n * n. BIP143 hashes them once more.
struct SighashParts {
    Sha256Hash prevouts;
    Sha256Hash sequences;
    Sha256Hash outputs;
    Sha256Hash spent_amounts;  // BIP341 only
    Sha256Hash spent_scripts;  // BIP341 only
};
/// spent: the output each input spends, in order; may be empty when only BIP143 is wanted.
[[nodiscard]] SighashParts sighash_parts(const Transaction& tx, std::span<const TxOut> spent);

/// in must be an input of tx. amount: of the spent output.
[[nodiscard]] SignatureHash segwit_sighash(const Transaction& tx,
                                           const SighashParts& parts,
                                           InIndex in,
                                           ByteView script_code,
                                           Amount amount,
                                           std::uint32_t hash_type);

struct TapscriptSpend {
    Sha256Hash leaf_hash;
    std::uint32_t code_separator = 0xFFFFFFFF;  // position of the last one that ran; none: all ones
};
struct TaprootSpend {
    std::uint8_t hash_type = sighash_default;
    std::optional<ByteView> annex = std::nullopt;            // with its leading 0x50
    std::optional<TapscriptSpend> tapscript = std::nullopt;  // absent: key path
};
/// in must be an input of tx, and spent hold one output per input. invalid: a type that BIP341 does
/// not know, or SINGLE without an output at the input's index.
[[nodiscard]] Expected<SignatureHash> taproot_sighash(const Transaction& tx,
                                                      const SighashParts& parts,
                                                      std::span<const TxOut> spent,
                                                      InIndex in,
                                                      const TaprootSpend& spend);

}  // namespace wagetrail
