// Our answers about scripts, addresses, keys and descriptors beside those of a Bitcoin Core node:
// data/core-regtest/facts.json, whose chain holds nearly every kind of script there is.
#include "chain/address.h"
#include "chain/bitcoin/transaction.h"
#include "chain/descriptor.h"
#include "chain/keys.h"

#include "tests/unit/shared_data.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <map>

namespace wagetrail {
namespace {

using Json = nlohmann::json;

constexpr LedgerId kLedger = LedgerId::btc_regtest;

std::optional<Json> facts() {
    const auto path = shared_data("core-regtest/facts.json.xz");
    if (!path) return std::nullopt;
    return Json::parse(file_text(*path));
}

Bytes hex(const Json& text) {
    const auto bytes = from_hex(text.get<std::string>());
    REQUIRE(bytes.has_value());
    return *bytes;
}

/// How the node names our kinds. It calls OP_RETURN with something else than pushes behind it, and
/// witness programs of version 1 with the two bytes of pay-to-anchor, by names of their own.
std::string node_type(const Address& address, const std::string& told) {
    switch (address.kind) {
        case AddressKind::p2pk:
            return "pubkey";
        case AddressKind::p2pkh:
            return "pubkeyhash";
        case AddressKind::p2sh:
            return "scripthash";
        case AddressKind::p2wpkh:
            return "witness_v0_keyhash";
        case AddressKind::p2wsh:
            return "witness_v0_scripthash";
        case AddressKind::p2tr:
            return "witness_v1_taproot";
        case AddressKind::multisig:
            return "multisig";
        case AddressKind::op_return:
            return told == "nonstandard" ? told : "nulldata";
        case AddressKind::witness:
            return told == "anchor" ? told : "witness_unknown";
        case AddressKind::nonstandard:
            return "nonstandard";
    }
    return {};
}

void check_script(const Bytes& script, const std::string& type, const Json& node_address) {
    const Address address = address_of_script(kLedger, script);
    const std::string printed = text(address);
    CAPTURE(printed);
    CHECK(node_type(address, type) == type);
    CHECK(script_of(address) == script);
    CHECK(parse_address(kLedger, printed).value() == address);
    if (node_address.is_string())
        CHECK(printed == node_address.get<std::string>());
    else
        CHECK(printed.ends_with(')'));
}

/// The kinds in which one key alone owns an address that wallets derive.
bool is_single_key_form(const std::string& kind) {
    return kind == "p2pk_c" || kind == "p2pk_u" || kind == "p2pkh_c" || kind == "p2pkh_u" ||
           kind == "p2wpkh" || kind == "p2sh_p2wpkh" || kind == "p2tr_key";
}

bool is_revealing_form(const std::string& kind) {
    return (is_single_key_form(kind) && kind != "p2tr_key") || kind == "p2pk_hybrid" ||
           kind == "p2wpkh_u" || kind == "p2sh_p2pkh" || kind == "p2wsh_p2pk";
}

}  // namespace

TEST_CASE("address: a node classifies and prints every script as we do", "[chain][real]") {
    const auto known = facts();
    if (!known) return;
    for (const Json& entry : known->at("scripts")) {
        const Bytes script = hex(entry.at("script"));
        check_script(script, entry.at("node_type"), entry.at("address"));
        CHECK(is_unspendable(address_of_script(kLedger, script)) ==
              entry.at("unspendable").get<bool>());
    }
    for (const Json& entry : known->at("scripts_never_on_active_chain"))
        if (entry.at(0).is_string())
            CHECK(text(address_of_script(kLedger, hex(entry.at(1)))) ==
                  entry.at(0).get<std::string>());
    for (const Json& tx : known->at("transactions")) {
        for (const Json& out : tx.at("decoded").at("vout")) {
            const Json& script = out.at("scriptPubKey");
            check_script(hex(script.at("hex")), script.at("type"),
                         script.value("address", Json(nullptr)));
        }
    }
}

TEST_CASE("descriptor: what a node infers for a script expands to it", "[chain][real]") {
    const auto known = facts();
    if (!known) return;
    std::size_t checked = 0;
    for (const Json& tx : known->at("transactions")) {
        for (const Json& out : tx.at("decoded").at("vout")) {
            const Json& script = out.at("scriptPubKey");
            const std::string descriptor = script.at("desc");
            CAPTURE(descriptor);
            REQUIRE(looks_like_descriptor(descriptor));
            const auto addresses = expand_descriptor(kLedger, descriptor, 1);
            if (!addresses) {
                // The node infers multi() from keys it would refuse to read back itself.
                REQUIRE(addresses.error().what == "the public key is no point of the curve");
                REQUIRE(descriptor.starts_with("multi("));
                continue;
            }
            REQUIRE(*addresses == std::vector{address_of_script(kLedger, hex(script.at("hex")))});
            ++checked;
        }
    }
    REQUIRE(checked > 1000);
}

TEST_CASE("keys: every owner's address follows from its key", "[chain][real]") {
    const auto known = facts();
    if (!known) return;
    std::size_t checked = 0;
    for (const Json& made : known->at("owners")) {
        for (const Json& entry : made) {
            const std::string kind = entry.at(0);
            if (!is_single_key_form(kind)) continue;
            const auto index = entry.at(3).at(0).get<std::size_t>();
            const auto key = parse_public_key(hex(known->at("keys").at(index)));
            REQUIRE(key.has_value());
            const Address owned =
                entry.at(1).is_string()
                    ? parse_address(kLedger, entry.at(1).get<std::string>()).value()
                    : address_of_script(kLedger, hex(entry.at(2)));
            const auto addresses = addresses_of(*key, kLedger);
            CAPTURE(kind, text(owned));
            REQUIRE(std::find(addresses.begin(), addresses.end(), owned) != addresses.end());
            ++checked;
        }
    }
    REQUIRE(checked > 5000);
}

TEST_CASE("keys: the chain's inputs reveal the owners' keys and no others", "[chain][real]") {
    const auto known = facts();
    if (!known) return;
    std::map<Bytes, std::pair<std::string, std::size_t>> made;  // script: its kind and first key
    for (const Json& owner : known->at("owners")) {
        for (const Json& entry : owner) {
            if (entry.at(3).empty()) continue;
            const Bytes script =
                entry.at(1).is_string()
                    ? script_of(parse_address(kLedger, entry.at(1).get<std::string>()).value())
                    : hex(entry.at(2));
            made[script] = {entry.at(0), entry.at(3).at(0).get<std::size_t>()};
        }
    }
    std::map<std::string, std::size_t> revealed;
    for (const Json& told : known->at("transactions")) {
        const Bytes raw = hex(told.at("decoded").at("hex"));
        const auto tx = decode_transaction(raw, false);
        REQUIRE(tx.has_value());
        for (std::size_t i = 0; i < tx->inputs.size(); ++i) {
            const Json& in = told.at("decoded").at("vin").at(i);
            if (!in.contains("prevout")) continue;
            const Bytes script = hex(in.at("prevout").at("scriptPubKey").at("hex"));
            const auto key = revealed_key(tx->inputs[i], address_of_script(kLedger, script));
            const auto owner = made.find(script);
            if (owner == made.end()) continue;
            const auto& [kind, index] = owner->second;
            CAPTURE(kind, told.at("decoded").at("txid").get<std::string>(), i);
            REQUIRE(key.has_value() == is_revealing_form(kind));
            if (!key) continue;
            REQUIRE(to_hex(key->compressed) == known->at("keys").at(index).get<std::string>());
            ++revealed[kind];
        }
    }
    for (const char* kind : {"p2pk_c", "p2pk_u", "p2pkh_c", "p2pkh_u", "p2wpkh", "p2sh_p2wpkh",
                             "p2sh_p2pkh", "p2wsh_p2pk"}) {
        CAPTURE(kind);
        CHECK(revealed[kind] > 0);
    }
}

}  // namespace wagetrail
