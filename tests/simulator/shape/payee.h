// Who is paid on a chain without signatures: a key and the form in which its script hides it. What
// an input must show of the key when it spends is right; the signatures are chance of the right
// size. So ids, scripts, revealed keys and sizes are those of a real chain.
#pragma once

#include "chain/address.h"
#include "chain/base/codec.h"

#include "tests/simulator/rng.h"

namespace wagetrail::simulator {

enum class Form : std::uint8_t {
    p2pkh,
    nested,         // P2SH of P2WPKH
    p2sh_multisig,  // 2 of 3; the key is the first of the three
    p2wpkh,
    p2wsh_multisig,  // likewise
    p2tr,            // the key without its parity is the output key
};
inline constexpr std::size_t kFormCount = 6;

struct Payee {
    std::array<std::uint8_t, 33> key{};
    Form form = Form::p2wpkh;
};

[[nodiscard]] AddressKind kind_of(Form form);
/// The output script with its length in front, as an output carries it.
void write_script(Writer& out, const Payee& payee);
[[nodiscard]] Address address_of(LedgerId ledger, const Payee& payee);

/// scriptSig with its length in front.
void write_script_sig(Writer& out, const Payee& spender, Rng& rng);
[[nodiscard]] bool has_witness(Form form);
/// The witness stack, beginning with its count; a single zero where the form has none.
void write_witness(Writer& out, const Payee& spender, Rng& rng);
/// Bytes of an input that spends the form, and of an output that pays it, with everything.
[[nodiscard]] std::uint64_t input_size(Form form);
[[nodiscard]] std::uint64_t output_size(Form form);

}  // namespace wagetrail::simulator
