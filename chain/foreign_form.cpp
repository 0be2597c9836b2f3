#include "chain/foreign_form.h"

#include "chain/base58.h"
#include "chain/ledger.h"
#include "chain/script.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace wagetrail {
namespace {

struct Prefix {
    std::string_view prefix;
    std::string_view owner;
};

// Besides the ledgers of our own table.
constexpr std::array kBech32Owners = {
    Prefix{"tb", "btc testnet or signet"},
    Prefix{"tltc", "ltc testnet"},
    Prefix{"ltcmweb", "ltc's extension block (MWEB)"},
    Prefix{"tmweb", "ltc's extension block (MWEB, test networks)"},
    Prefix{"sp", "btc silent payments (BIP352)"},
    Prefix{"tsp", "btc silent payments (BIP352, test networks)"},
    Prefix{"dgb", "digibyte"},
    Prefix{"vtc", "vertcoin"},
    Prefix{"btg", "bitcoin gold"},
    Prefix{"grs", "groestlcoin"},
    Prefix{"mona", "monacoin"},
    Prefix{"ex", "liquid"},
    Prefix{"lq", "liquid (confidential)"},
    Prefix{"zs", "zec (shielded)"},
    Prefix{"u", "zec (unified)"},
    Prefix{"addr", "cardano"},
    Prefix{"stake", "cardano (stake)"},
    Prefix{"bnb", "binance beacon chain"},
    Prefix{"cosmos", "cosmos"},
    Prefix{"osmo", "osmosis"},
    Prefix{"thor", "thorchain"},
    Prefix{"terra", "terra"},
    Prefix{"inj", "injective"},
    Prefix{"one", "harmony"},
};

struct Version {
    std::uint8_t version;
    std::string_view owner;
};

// Of 21 bytes, besides the ledgers of our own table.
constexpr std::array kBase58Owners = {
    Version{5, "btc or bch"},
    Version{22, "doge"},
    Version{30, "doge"},
    Version{16, "dash"},
    Version{76, "dash"},
    Version{140, "dash testnet"},
    Version{65, "tron"},
    Version{111, "the test networks of btc, ltc and others"},
    Version{196, "the test networks of btc, ltc and others"},
    Version{58, "ltc testnet"},
    Version{113, "doge testnet"},
};

constexpr std::array<std::uint8_t, 6> kWifVersions = {128, 176, 239, 158, 204, 241};

// The four version bytes before xprv, yprv, zprv, tprv, uprv, vprv, Ltpv, Mtpv, Yprv, Zprv, Uprv,
// Vprv, ttpv.
constexpr std::array<std::uint32_t, 13> kPrivateVersions = {
    0x0488ADE4, 0x049D7878, 0x04B2430C, 0x04358394, 0x044A4E28, 0x045F18BC, 0x019D9CFE,
    0x01B26792, 0x0295B005, 0x02AA7A99, 0x024285B5, 0x02575048, 0x0436EF7D};

constexpr std::size_t kHashAddressSize = 21;
constexpr std::size_t kExtendedKeySize = 78;

void add_owner(std::string& owners, std::string_view owner) {
    if (!owners.empty()) owners += " or ";
    owners += owner;
}

bool is_hex(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    });
}

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> prefixes) {
    return std::any_of(prefixes.begin(), prefixes.end(),
                       [&](std::string_view prefix) { return text.starts_with(prefix); });
}

std::string_view hex_form(std::string_view text) {
    if (text.starts_with("0x") && is_hex(text.substr(2))) {
        if (text.size() == 42) return "an EVM address (eth and its kin)";
        if (text.size() == 66) return "an EVM transaction or block hash";
    }
    if (!is_hex(text)) return {};
    if (text.size() == 64) return "a transaction or block hash, or a 32-byte key";
    if (text.size() != 66 && text.size() != 130) return {};
    const auto bytes = from_hex(text);
    return bytes && is_key_shaped(*bytes) ? "a public key; write it as pk(KEY)" : "";
}

std::string_view base58_form(std::string_view text) {
    if (first_not_base58(text) != std::string_view::npos) return {};
    const std::size_t size = text.size();
    if (size == 34 && text[0] == 'T') return "a tron address, mistyped";
    if (size >= 25 && size <= 35 && text[0] == 'r') return "an xrp address";
    if ((size == 95 || size == 106) && (text[0] == '4' || text[0] == '8'))
        return "a monero address";
    if (size == 43 || size == 44) return "a solana address or another 32-byte key";
    if (size == 111 && text.substr(1, 3) == "pub") return "an extended public key, mistyped";
    return {};
}

bool is_cashaddr(std::string_view text) {
    return text.size() == 42 && (text[0] == 'q' || text[0] == 'p') &&
           text.find_first_not_of("qpzry9x8gf2tvdw0s3jn54khce6mua7l") == std::string_view::npos;
}

}  // namespace

std::string bech32_owner(std::string_view prefix) {
    std::string owners;
    for (const LedgerParams& ledger : all_ledgers())
        if (ledger.hrp == prefix) add_owner(owners, ledger.name);
    for (const Prefix& known : kBech32Owners)
        if (known.prefix == prefix) add_owner(owners, known.owner);
    return owners;
}

std::string base58_owner(ByteView decoded) {
    if (decoded.size() == kHashAddressSize + 1 && decoded[0] == 0x1C &&
        (decoded[1] == 0xB8 || decoded[1] == 0xBD))
        return "zec";
    if (decoded.size() != kHashAddressSize) return {};
    std::string owners;
    for (const LedgerParams& ledger : all_ledgers())
        if (ledger.p2pkh_prefix == decoded[0] || ledger.p2sh_prefix == decoded[0])
            add_owner(owners, ledger.name);
    for (const Version& known : kBase58Owners)
        if (known.version == decoded[0] && owners.empty()) add_owner(owners, known.owner);
    return owners;
}

bool is_private_key(ByteView decoded) {
    if (decoded.size() == kExtendedKeySize) {
        std::uint32_t version = 0;
        for (const std::uint8_t byte : decoded.first(4)) version = (version << 8U) | byte;
        return std::find(kPrivateVersions.begin(), kPrivateVersions.end(), version) !=
               kPrivateVersions.end();
    }
    const bool wif_size = decoded.size() == 33 || (decoded.size() == 34 && decoded[33] == 1);
    return wif_size &&
           std::find(kWifVersions.begin(), kWifVersions.end(), decoded[0]) != kWifVersions.end();
}

std::string_view form_of(std::string_view text) {
    if (const auto hex = hex_form(text); !hex.empty()) return hex;
    if (const auto base58 = base58_form(text); !base58.empty()) return base58;
    if (starts_with_any(text, {"bitcoincash:", "bchtest:", "bchreg:"}) || is_cashaddr(text))
        return "a bch address (cashaddr)";
    if (text.starts_with("ecash:")) return "an ecash address";
    if (starts_with_any(text, {"bitcoin:", "litecoin:", "ethereum:", "tron:"}))
        return "a payment link; give the address in it alone";
    if (starts_with_any(text, {"lnbc", "LNBC", "lntb", "lnurl", "LNURL"}))
        return "a lightning invoice";
    if (text.find('(') != std::string_view::npos) return "an output descriptor";
    return {};
}

}  // namespace wagetrail
