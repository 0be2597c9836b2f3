#include "chain/bip32.h"

#include "chain/base/codec.h"
#include "chain/base/sha256.h"
#include "chain/base58.h"
#include "chain/foreign_form.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>

namespace wagetrail {
namespace {

constexpr std::size_t kSerialisedSize = 78;
constexpr std::uint8_t kMaxDepth = 255;

constexpr std::array kVersions = {
    KeyVersion{{0x04, 0x88, 0xB2, 0x1E}, "xpub", KeyNetwork::main, KeyForm::any},
    KeyVersion{{0x04, 0x9D, 0x7C, 0xB2}, "ypub", KeyNetwork::main, KeyForm::p2sh},
    KeyVersion{{0x04, 0xB2, 0x47, 0x46}, "zpub", KeyNetwork::main, KeyForm::p2wpkh},
    KeyVersion{{0x02, 0x95, 0xB4, 0x3F}, "Ypub", KeyNetwork::main, KeyForm::multisig},
    KeyVersion{{0x02, 0xAA, 0x7E, 0xD3}, "Zpub", KeyNetwork::main, KeyForm::multisig},
    KeyVersion{{0x04, 0x35, 0x87, 0xCF}, "tpub", KeyNetwork::test, KeyForm::any},
    KeyVersion{{0x04, 0x4A, 0x52, 0x62}, "upub", KeyNetwork::test, KeyForm::p2sh},
    KeyVersion{{0x04, 0x5F, 0x1C, 0xF6}, "vpub", KeyNetwork::test, KeyForm::p2wpkh},
    KeyVersion{{0x02, 0x42, 0x89, 0xEF}, "Upub", KeyNetwork::test, KeyForm::multisig},
    KeyVersion{{0x02, 0x57, 0x54, 0x83}, "Vpub", KeyNetwork::test, KeyForm::multisig},
    KeyVersion{{0x01, 0x9D, 0xA4, 0x62}, "Ltub", KeyNetwork::ltc_main, KeyForm::any},
    KeyVersion{{0x01, 0xB2, 0x6E, 0xF6}, "Mtub", KeyNetwork::ltc_main, KeyForm::p2sh},
    KeyVersion{{0x04, 0x36, 0xF6, 0xE1}, "ttub", KeyNetwork::ltc_test, KeyForm::any},
};

constexpr std::array<std::string_view, 13> kPrivateNames = {"xprv", "yprv", "zprv", "tprv", "uprv",
                                                            "vprv", "Yprv", "Zprv", "Uprv", "Vprv",
                                                            "Ltpv", "Mtpv", "ttpv"};

std::unexpected<Error> bad(std::string what) {
    return fail(ErrorCode::invalid, std::move(what));
}

bool begins_as_private(std::string_view text) {
    return std::find(kPrivateNames.begin(), kPrivateNames.end(), text.substr(0, 4)) !=
           kPrivateNames.end();
}

std::unexpected<Error> private_key_error() {
    return bad(
        "this is an extended private key: whoever reads it can spend the coins. Give the "
        "extended public key (\"xpub\" and the like) that your wallet shows for the account");
}

const KeyVersion* version_of(ByteView bytes) {
    for (const KeyVersion& version : kVersions)
        if (equal(version.bytes, bytes)) return &version;
    return nullptr;
}

Bytes serialised(const ExtendedKey& key) {
    Writer out;
    out.fixed(key.version->bytes);
    out.put(key.depth);
    out.fixed(key.parent);
    out.big<4>(key.index);
    out.fixed(key.chain_code);
    out.fixed(key.key.compressed);
    return std::move(out).bytes();
}

std::array<std::uint8_t, 64> hmac_sha512(ByteView key, ByteView data) {
    std::array<std::uint8_t, 64> out{};
    unsigned size = 0;
    CHECK(HMAC(EVP_sha512(), key.data(), static_cast<int>(key.size()), data.data(), data.size(),
               out.data(), &size) != nullptr);
    CHECK(size == out.size());
    return out;
}

}  // namespace

bool looks_like_extended_key(std::string_view text) {
    if (begins_as_private(text)) return true;
    return std::any_of(kVersions.begin(), kVersions.end(),
                       [&](const KeyVersion& version) { return text.starts_with(version.name); });
}

Expected<ExtendedKey> parse_extended_key(std::string_view text) {
    const auto decoded = decode_base58check(text);
    if (begins_as_private(text) || (decoded && is_private_key(*decoded)))
        return private_key_error();
    if (!decoded) {
        if (const std::size_t at = first_not_base58(text); at != std::string_view::npos)
            return bad("character " + std::to_string(at + 1) +
                       " cannot stand in an extended public key");
        return bad("wrong checksum: the extended public key is mistyped or cut");
    }
    if (decoded->size() != kSerialisedSize)
        return bad("wrong length: this is no extended public key (78 bytes), it has " +
                   std::to_string(decoded->size()));
    Reader in(*decoded);
    ExtendedKey result;
    result.version = version_of(in.take(4));
    if (result.version == nullptr)
        return bad(
            "an extended public key of an unknown kind; xpub, ypub, zpub, tpub, upub, vpub, "
            "Ltub, Mtub and ttub are read");
    result.depth = in.byte();
    in.fixed(result.parent);
    in.big<4>(result.index);
    in.fixed(result.chain_code);
    const auto key = parse_public_key(in.take(33));
    if (!key) return bad("the extended public key holds no valid public key");
    result.key = *key;
    const bool has_parent = result.parent != std::array<std::uint8_t, 4>{} || result.index != 0;
    if (result.depth == 0 && has_parent)
        return bad("the extended public key contradicts itself: depth 0, but a parent");
    return result;
}

std::string text(const ExtendedKey& key) {
    return encode_base58check(serialised(key));
}

Expected<ExtendedKey> derive(const ExtendedKey& parent, std::uint32_t index) {
    if (index >= kHardened)
        return bad("a hardened step needs the private key; give the extended public key below it");
    if (parent.depth == kMaxDepth) return bad("an extended key has no more than 255 levels");
    Writer data;
    data.fixed(parent.key.compressed);
    data.big<4>(index);
    const auto digest = hmac_sha512(parent.chain_code, data.bytes());
    std::array<std::uint8_t, 32> scalar{};
    std::copy_n(digest.begin(), scalar.size(), scalar.begin());
    const auto key = add_to_key(parent.key, scalar);
    if (!key)
        return bad("index " + std::to_string(index) + " has no key (BIP32); use the next one");
    ExtendedKey child = parent;
    child.depth = static_cast<std::uint8_t>(parent.depth + 1);
    const auto fingerprint = hash160(parent.key.compressed);
    std::copy_n(fingerprint.begin(), child.parent.size(), child.parent.begin());
    child.index = index;
    std::copy_n(digest.begin() + 32, child.chain_code.size(), child.chain_code.begin());
    child.key = *key;
    return child;
}

bool fits_ledger(const KeyVersion& version, LedgerId ledger) {
    const bool main = params(ledger).xpub_version == kVersions.front().bytes;
    const bool ltc = ledger == LedgerId::ltc || ledger == LedgerId::ltc_regtest;
    switch (version.network) {
        case KeyNetwork::main:
            return main;
        case KeyNetwork::test:
            return !main;
        case KeyNetwork::ltc_main:
            return main && ltc;
        case KeyNetwork::ltc_test:
            return !main && ltc;
    }
    return false;
}

}  // namespace wagetrail
