// Who can be paid: an output script in normal form. Every script has exactly one Address and every
// Address exactly one script, so "address" below covers scripts without an address string too.
//
// Text forms: base58check (BIP13), bech32 (BIP173) and bech32m (BIP350) where the ledger has one;
// otherwise an output descriptor, "pk(KEYHEX)" or "raw(SCRIPTHEX)" (BIP381, BIP385).
#pragma once

#include "chain/base/bytes.h"
#include "chain/base/expected.h"
#include "chain/ledger.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail {

// Numbers are stored in databases: never renumber.
enum class AddressKind : std::uint8_t {
    p2pk = 0,         // payload: the 33- or 65-byte key push, whether or not it is a point
    p2pkh = 1,        // 20-byte hash160 of a key
    p2sh = 2,         // 20-byte hash160 of a script (BIP16)
    p2wpkh = 3,       // 20 bytes (BIP141)
    p2wsh = 4,        // 32 bytes (BIP141)
    p2tr = 5,         // 32-byte output key (BIP341), whether or not it is a point
    multisig = 6,     // bare multisig; payload: the whole script
    op_return = 7,    // unspendable data carrier; payload: the whole script
    witness = 8,      // any other program, version 1-16; payload: version byte, then 2-40 bytes
    nonstandard = 9,  // payload: the whole script, possibly empty
};

[[nodiscard]] std::string_view name(AddressKind kind);

struct Address {
    LedgerId ledger = LedgerId::btc;
    AddressKind kind = AddressKind::nonstandard;
    Bytes payload;

    friend auto operator<=>(const Address&, const Address&) = default;
    friend bool operator==(const Address&, const Address&) = default;
};

/// Classifies any output script. Never fails: what fits no template is nonstandard.
[[nodiscard]] Address address_of_script(LedgerId ledger, ByteView script);
/// The inverse: address_of_script(ledger, script_of(a)) == a.
[[nodiscard]] Bytes script_of(const Address& address);

/// True for OP_RETURN outputs and scripts beyond 10,000 bytes: no input can ever spend them.
[[nodiscard]] bool is_unspendable(const Address& address);
/// True for the two witness programs by which coins enter Litecoin's extension block (LIP3):
/// version 8 (HogEx) and 9 (peg-in), 32 bytes each, on a ledger with MWEB.
[[nodiscard]] bool is_mweb(const Address& address);

/// The text users know, always parseable by parse_address.
[[nodiscard]] std::string text(const Address& address);

/// Reads any text form. The error tells apart: wrong checksum (with the position for bech32 where
/// it can be told), an address of another network (which one, as far as a prefix tells), mixed
/// case, wrong length, bech32 in place of bech32m, and text that is no address at all. It never
/// repeats the text, which might be a private key.
[[nodiscard]] Expected<Address> parse_address(LedgerId ledger, std::string_view text);

/// Every ledger on which the text is an address, in the order of all_ledgers(); usually one or
/// none, but "3..." is btc's and an old form of ltc's, and pk() and raw() fit everywhere.
[[nodiscard]] std::vector<Address> recognise_address(std::string_view text);

}  // namespace wagetrail
