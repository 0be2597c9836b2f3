#include "chain/address.h"

#include "chain/base58.h"
#include "chain/bech32.h"
#include "chain/foreign_form.h"
#include "chain/script.h"

namespace wagetrail {
namespace {

constexpr std::size_t kHashSize = 20;
constexpr std::size_t kBase58AddressMin =
    26;  // version, 20 bytes and checksum: 26 to 35 characters
constexpr std::size_t kBase58AddressMax = 35;
constexpr std::uint8_t kHogExVersion = 8;
constexpr std::uint8_t kPegInVersion = 9;

std::unexpected<Error> bad(std::string what) {
    return fail(ErrorCode::invalid, std::move(what));
}

std::string base58_text(std::uint8_t prefix, ByteView hash) {
    Bytes bytes = {prefix};
    append(bytes, hash);
    return encode_base58check(bytes);
}

std::uint8_t witness_version(const Address& address) {
    if (address.kind == AddressKind::witness && !address.payload.empty()) return address.payload[0];
    return address.kind == AddressKind::p2tr ? 1 : 0;
}

ByteView witness_program(const Address& address) {
    const ByteView payload = address.payload;
    if (address.kind == AddressKind::witness && !payload.empty()) return payload.subspan(1);
    return payload;
}

Bytes script_of_program(std::uint8_t version, ByteView program) {
    Bytes script = {version == 0 ? kOp0 : static_cast<std::uint8_t>(kOp1 + version - 1)};
    script.push_back(static_cast<std::uint8_t>(program.size()));
    append(script, program);
    return script;
}

Address address_of_hash(LedgerId ledger, AddressKind kind, ByteView hash) {
    return {.ledger = ledger, .kind = kind, .payload = to_bytes(hash)};
}

/// "bech32 of another owner": names it, and says when it is mistyped on top.
std::unexpected<Error> foreign_bech32(const LedgerParams& own,
                                      std::string_view prefix,
                                      const std::string& owner,
                                      std::string_view text) {
    if (prefix == "ltcmweb" || prefix == "tmweb")
        return bad(
            "this is an address inside Litecoin's extension block (MWEB): it never appears "
            "on the transparent chain, so there is nothing to look up");
    const auto decoded = decode_bech32(text);
    const std::string mistyped = decoded ? "" : " (and mistyped: " + decoded.error().what + ")";
    return bad("another network: this is an address of " + owner + ", not of " +
               std::string(own.name) + mistyped);
}

/// Index of a "1" in the data part of what begins as the ledger's own bech32 addresses do; npos
/// when there is none. Bech32 itself would take everything before it for the prefix.
std::size_t stray_separator(const LedgerParams& own, std::string_view text) {
    const std::size_t first = text.find('1');
    if (first == std::string_view::npos || bech32_prefix(text.substr(0, first + 1)) != own.hrp)
        return std::string_view::npos;
    // A base58 address may begin so in capitals.
    if (text.size() <= kBase58AddressMax && !text.starts_with(own.hrp))
        return std::string_view::npos;
    return text.find('1', first + 1);
}

Expected<Address> parse_witness_address(LedgerId ledger, std::string_view text) {
    const WitnessProgram parts = TRY(decode_witness_program(text));
    return address_of_script(ledger, script_of_program(parts.version, parts.program));
}

Expected<Address> address_of_base58(const LedgerParams& own, ByteView decoded) {
    if (is_private_key(decoded))
        return bad(
            "this is a private key: whoever reads it can spend the coins. Keep it out of "
            "files and command lines, and give its address or public key instead");
    if (decoded.size() == 78)
        return bad(
            "this is an extended public key, not one address; use it where descriptors are "
            "taken");
    if (decoded.size() == 1 + kHashSize) {
        const std::uint8_t prefix = decoded[0];
        const ByteView hash = decoded.subspan(1);
        if (prefix == own.p2pkh_prefix) return address_of_hash(own.id, AddressKind::p2pkh, hash);
        if (prefix == own.p2sh_prefix || prefix == own.p2sh_prefix_old)
            return address_of_hash(own.id, AddressKind::p2sh, hash);
    }
    const std::string owner = base58_owner(decoded);
    if (!owner.empty())
        return bad("another network: this is an address of " + owner + ", not of " +
                   std::string(own.name));
    if (decoded.size() != 1 + kHashSize)
        return bad("wrong length: the checksum fits, but " + std::to_string(decoded.size()) +
                   " bytes are no address (21 are)");
    return bad("another network: no address of " + std::string(own.name) + " has version " +
               std::to_string(decoded[0]));
}

std::unexpected<Error> no_address(const LedgerParams& own, std::string_view text) {
    const std::string name(own.name);
    if (text.empty()) return bad("there is no text where an address of " + name + " should be");
    if (const std::string_view form = form_of(text); !form.empty())
        return bad("this is " + std::string(form) + ", not an address of " + name);
    if (const std::size_t at = first_not_base58(text); at != std::string_view::npos)
        return bad("this is no address of " + name + ": character " + std::to_string(at + 1) +
                   " cannot stand in one");
    if (text.size() < kBase58AddressMin || text.size() > kBase58AddressMax)
        return bad("wrong length: " + std::to_string(text.size()) +
                   " characters; an address in base58 has 26 to 35");
    return bad("wrong checksum: the text is mistyped or cut");
}

std::optional<std::string_view> argument(std::string_view text, std::string_view function) {
    if (!text.starts_with(function) || !text.ends_with(")")) return std::nullopt;
    return text.substr(function.size(), text.size() - function.size() - 1);
}

Expected<Address> parse_pk(LedgerId ledger, std::string_view hex) {
    const auto key = from_hex(hex);
    if (!key || !is_key_shaped(*key))
        return bad(
            "pk() takes one public key in hexadecimal: 33 bytes that begin with 02 or 03, or "
            "65 that begin with 04, 06 or 07");
    return address_of_hash(ledger, AddressKind::p2pk, *key);
}

Expected<Address> parse_raw(LedgerId ledger, std::string_view hex) {
    const auto script = from_hex(hex);
    if (!script) return bad("raw() takes an output script in hexadecimal");
    return address_of_script(ledger, *script);
}

}  // namespace

std::string_view name(AddressKind kind) {
    switch (kind) {
        case AddressKind::p2pk:
            return "p2pk";
        case AddressKind::p2pkh:
            return "p2pkh";
        case AddressKind::p2sh:
            return "p2sh";
        case AddressKind::p2wpkh:
            return "p2wpkh";
        case AddressKind::p2wsh:
            return "p2wsh";
        case AddressKind::p2tr:
            return "p2tr";
        case AddressKind::multisig:
            return "multisig";
        case AddressKind::op_return:
            return "op_return";
        case AddressKind::witness:
            return "witness";
        case AddressKind::nonstandard:
            return "nonstandard";
    }
    return "unknown";
}

Address address_of_script(LedgerId ledger, ByteView script) {
    const ScriptTemplate found = match_template(script);
    Address address{.ledger = ledger, .kind = found.kind, .payload = {}};
    const bool versioned = found.kind == AddressKind::witness;
    address.payload.reserve(found.payload.size() + (versioned ? 1 : 0));
    if (versioned) address.payload.push_back(found.witness_version);
    append(address.payload, found.payload);
    return address;
}

Bytes script_of(const Address& address) {
    const ByteView payload = address.payload;
    Bytes script;
    switch (address.kind) {
        case AddressKind::p2pk:
            script.push_back(static_cast<std::uint8_t>(payload.size()));
            append(script, payload);
            script.push_back(kOpCheckSig);
            return script;
        case AddressKind::p2pkh:
            script = {kOpDup, kOpHash160, kHashSize};
            append(script, payload);
            append(script, std::array{kOpEqualVerify, kOpCheckSig});
            return script;
        case AddressKind::p2sh:
            script = {kOpHash160, kHashSize};
            append(script, payload);
            script.push_back(kOpEqual);
            return script;
        case AddressKind::p2wpkh:
        case AddressKind::p2wsh:
        case AddressKind::p2tr:
        case AddressKind::witness:
            return script_of_program(witness_version(address), witness_program(address));
        case AddressKind::multisig:
        case AddressKind::op_return:
        case AddressKind::nonstandard:
            return address.payload;
    }
    return address.payload;
}

bool is_unspendable(const Address& address) {
    return address.kind == AddressKind::op_return || address.payload.size() > kMaxScriptSize;
}

bool is_mweb(const Address& address) {
    if (address.kind != AddressKind::witness || !params(address.ledger).mweb) return false;
    const std::uint8_t version = witness_version(address);
    return (version == kHogExVersion || version == kPegInVersion) && address.payload.size() == 33;
}

std::string text(const Address& address) {
    const LedgerParams& own = params(address.ledger);
    switch (address.kind) {
        case AddressKind::p2pk:
            return "pk(" + to_hex(address.payload) + ")";
        case AddressKind::p2pkh:
            return base58_text(own.p2pkh_prefix, address.payload);
        case AddressKind::p2sh:
            return base58_text(own.p2sh_prefix, address.payload);
        case AddressKind::p2wpkh:
        case AddressKind::p2wsh:
        case AddressKind::p2tr:
        case AddressKind::witness:
            return encode_witness_program(own.hrp, witness_version(address),
                                          witness_program(address));
        case AddressKind::multisig:
        case AddressKind::op_return:
        case AddressKind::nonstandard:
            return "raw(" + to_hex(address.payload) + ")";
    }
    return {};
}

Expected<Address> parse_address(LedgerId ledger, std::string_view text) {
    if (const auto key = argument(text, "pk(")) return parse_pk(ledger, *key);
    if (const auto script = argument(text, "raw(")) return parse_raw(ledger, *script);
    const LedgerParams& own = params(ledger);
    // First, because a base58 address may begin as a bech32 one does: "LTC1...".
    if (const auto decoded = decode_base58check(text)) return address_of_base58(own, *decoded);
    if (const std::string prefix = bech32_prefix(text); !prefix.empty()) {
        if (prefix == own.hrp) return parse_witness_address(ledger, text);
        const std::string owner = bech32_owner(prefix);
        if (!owner.empty()) return foreign_bech32(own, prefix, owner, text);
    }
    if (const std::size_t stray = stray_separator(own, text); stray != std::string_view::npos)
        return bad("character " + std::to_string(stray + 1) +
                   " is mistyped: \"1\" stands only once in an address of this form, after \"" +
                   std::string(own.hrp) + "\"");
    return no_address(own, text);
}

std::vector<Address> recognise_address(std::string_view text) {
    std::vector<Address> found;
    // A prefix is of one ledger alone, and both checksums cannot fit by chance.
    const std::string prefix = bech32_prefix(text);
    for (const LedgerParams& ledger : all_ledgers())
        if (ledger.hrp == prefix)
            if (auto address = parse_address(ledger.id, text)) return {*std::move(address)};
    for (const LedgerParams& ledger : all_ledgers())
        if (auto address = parse_address(ledger.id, text)) found.push_back(*std::move(address));
    return found;
}

}  // namespace wagetrail
