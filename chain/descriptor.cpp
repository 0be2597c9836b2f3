#include "chain/descriptor.h"

#include "chain/base/sha256.h"
#include "chain/descriptor_key.h"
#include "chain/keys.h"
#include "chain/script.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <numeric>
#include <tuple>

namespace wagetrail {
namespace {

constexpr std::size_t kMaxText = 16'384;
constexpr std::size_t kChecksumSize = 8;
constexpr std::size_t kMaxRedeemScript = 520;  // consensus: an input can push no more
constexpr std::uint64_t kMaxDerivations = 1'000'000;

enum class Function : std::uint8_t { pk, pkh, wpkh, multi, sortedmulti, tr, rawtr, combo, forms };
enum class Wrapper : std::uint8_t { none, sh, wsh, sh_wsh };

/// One descriptor that has keys; addr() and raw() are answered while reading.
struct Descriptor {
    Function function = Function::pk;
    Wrapper wrapper = Wrapper::none;
    KeyForm form = KeyForm::any;  // of a bare extended key
    unsigned required = 1;        // signatures of a multisig
    std::vector<DescriptorKey> keys;
};

struct FunctionName {
    std::string_view text;  // with the opening bracket
    Function function;
    bool top_only;
};

constexpr std::array kFunctions = {
    FunctionName{"pk(", Function::pk, false},
    FunctionName{"pkh(", Function::pkh, false},
    FunctionName{"wpkh(", Function::wpkh, false},
    FunctionName{"multi(", Function::multi, false},
    FunctionName{"sortedmulti(", Function::sortedmulti, false},
    FunctionName{"tr(", Function::tr, true},
    FunctionName{"rawtr(", Function::rawtr, true},
    FunctionName{"combo(", Function::combo, true},
};

std::unexpected<Error> bad(std::string what) {
    return fail(ErrorCode::invalid, std::move(what));
}

std::optional<std::string_view> argument(std::string_view text, std::string_view function) {
    if (!text.starts_with(function) || !text.ends_with(')')) return std::nullopt;
    return text.substr(function.size(), text.size() - function.size() - 1);
}

Expected<std::string_view> without_checksum(std::string_view text) {
    const std::size_t at = text.find('#');
    if (at == std::string_view::npos) return text;
    const std::string_view body = text.substr(0, at);
    if (text.size() - at - 1 != kChecksumSize) return bad("the checksum behind # has 8 characters");
    const auto expected = descriptor_checksum(body);
    if (!expected) return bad("a character cannot stand in a descriptor");
    if (*expected != text.substr(at + 1))
        return bad(
            "wrong checksum: the descriptor is mistyped (or was changed by hand; then leave "
            "out # and what follows)");
    return body;
}

/// What a key may look like depends on where it stands: witness scripts take compressed keys only.
Expected<void> check_key(const Descriptor& descriptor, const DescriptorKey& key) {
    const bool taproot =
        descriptor.function == Function::tr || descriptor.function == Function::rawtr;
    if (key.x_only && !taproot) return bad("a key of 32 bytes stands only inside tr() or rawtr()");
    const bool witness = descriptor.wrapper == Wrapper::wsh ||
                         descriptor.wrapper == Wrapper::sh_wsh ||
                         descriptor.function == Function::wpkh;
    if (key.fixed.size() == 65 && (taproot || witness))
        return bad(
            "an uncompressed key cannot stand in wpkh(), wsh() or tr(): such coins could "
            "never be spent; give the 33-byte form");
    return {};
}

Expected<void> add_key(LedgerId ledger, Descriptor& descriptor, std::string_view text) {
    descriptor.keys.push_back(TRY(parse_descriptor_key(ledger, text)));
    return check_key(descriptor, descriptor.keys.back());
}

Expected<void> add_multisig(LedgerId ledger, Descriptor& descriptor, std::string_view arguments) {
    const std::string count(arguments.substr(0, arguments.find(',')));
    const char* const end = count.data() + count.size();
    const auto number = std::from_chars(count.data(), end, descriptor.required);
    if (number.ec != std::errc() || number.ptr != end)
        return bad("multi() begins with the number of signatures: multi(2,KEY,KEY,KEY)");
    std::string_view rest = arguments.substr(count.size());
    while (rest.starts_with(',')) {
        if (descriptor.keys.size() == kMaxMultisigKeys)
            return bad("a multisig has at most 20 keys");
        rest.remove_prefix(1);
        const std::size_t size = std::min(rest.find(','), rest.size());
        TRY(add_key(ledger, descriptor, rest.substr(0, size)));
        rest.remove_prefix(size);
    }
    if (descriptor.required < 1 || descriptor.required > descriptor.keys.size())
        return bad("a multisig of " + std::to_string(descriptor.keys.size()) +
                   " keys cannot take " + std::to_string(descriptor.required) + " signatures");
    return {};
}

/// Keys move through their choices in step, so the choices must be as many.
Expected<void> check_chains(const Descriptor& descriptor) {
    std::size_t chains = 1;
    for (const DescriptorKey& key : descriptor.keys) {
        if (key.chains() == 1) continue;
        if (chains != 1 && chains != key.chains())
            return bad("the keys' choices of steps <a;b> must all have the same length");
        chains = key.chains();
    }
    return {};
}

Expected<Descriptor> parse_bare_key(LedgerId ledger, std::string_view text) {
    Descriptor descriptor;
    descriptor.function = Function::forms;
    TRY(add_key(ledger, descriptor, text));
    DescriptorKey& key = descriptor.keys.front();
    if (!key.extended)
        return bad(
            "a key alone names no address: write pkh(KEY), wpkh(KEY), tr(KEY) or combo(KEY)");
    descriptor.form = key.extended->version->form;
    if (descriptor.form == KeyForm::multisig)
        return bad(
            "this is one cosigner's key of a multisig wallet: give the whole descriptor, "
            "wsh(sortedmulti(2,KEY/0/*,KEY/0/*,...))");
    if (!key.has_path()) {
        key.choices = {0, 1};
        key.ranged = true;
    }
    return descriptor;
}

Expected<Descriptor> parse_function(LedgerId ledger, Wrapper wrapper, std::string_view text) {
    Descriptor descriptor;
    descriptor.wrapper = wrapper;
    for (const FunctionName& name : kFunctions) {
        const auto inner = argument(text, name.text);
        if (!inner) continue;
        const bool wpkh_nested = name.function == Function::wpkh && wrapper != Wrapper::sh;
        if (wrapper != Wrapper::none && (name.top_only || wpkh_nested))
            return bad(std::string(name.text) + ") cannot stand there inside sh() or wsh()");
        descriptor.function = name.function;
        if (name.function == Function::tr && inner->find(',') != std::string_view::npos)
            return bad("tr() with a script tree is not read yet; only tr(KEY) is");
        if (name.function == Function::multi || name.function == Function::sortedmulti)
            TRY(add_multisig(ledger, descriptor, *inner));
        else
            TRY(add_key(ledger, descriptor, *inner));
        TRY(check_chains(descriptor));
        return descriptor;
    }
    return bad(
        "this is no descriptor we read: pk, pkh, wpkh, multi, sortedmulti, sh, wsh, tr, "
        "rawtr, combo, addr and raw are, with every bracket closed");
}

Expected<Descriptor> parse_descriptor(LedgerId ledger, std::string_view text) {
    if (text.starts_with('[') || looks_like_extended_key(text)) return parse_bare_key(ledger, text);
    if (const auto sh = argument(text, "sh(")) {
        if (const auto wsh = argument(*sh, "wsh("))
            return parse_function(ledger, Wrapper::sh_wsh, *wsh);
        return parse_function(ledger, Wrapper::sh, *sh);
    }
    if (const auto wsh = argument(text, "wsh(")) return parse_function(ledger, Wrapper::wsh, *wsh);
    return parse_function(ledger, Wrapper::none, text);
}

// From keys to scripts.

Bytes of_payload(LedgerId ledger, AddressKind kind, ByteView payload) {
    return script_of({.ledger = ledger, .kind = kind, .payload = to_bytes(payload)});
}

Bytes multisig_script(unsigned required, const std::vector<Bytes>& keys) {
    Bytes script;
    append_count(script, required);
    for (const Bytes& key : keys) append_push(script, key);
    append_count(script, static_cast<unsigned>(keys.size()));
    script.push_back(kOpCheckMultisig);
    return script;
}

Expected<Bytes> taproot_script(LedgerId ledger, Function function, ByteView encoded) {
    const auto key = parse_public_key(encoded);
    if (!key) return bad("the public key is no point of the curve");
    const ByteView x = ByteView(key->compressed).subspan(1);
    if (function == Function::rawtr) return of_payload(ledger, AddressKind::p2tr, x);
    return of_payload(ledger, AddressKind::p2tr, taproot_output_key(*key));
}

Bytes hashed(LedgerId ledger, AddressKind kind, ByteView script) {
    if (kind == AddressKind::p2wsh) return of_payload(ledger, kind, sha256(script).value);
    return of_payload(ledger, kind, hash160(script));
}

Expected<Bytes> wrapped(LedgerId ledger, Wrapper wrapper, const Bytes& script) {
    switch (wrapper) {
        case Wrapper::none:
            return script;
        case Wrapper::sh:
            if (script.size() > kMaxRedeemScript)
                return bad(
                    "the script is too long for sh(): at most 15 compressed keys fit; such "
                    "coins could never be spent");
            return hashed(ledger, AddressKind::p2sh, script);
        case Wrapper::wsh:
            return hashed(ledger, AddressKind::p2wsh, script);
        case Wrapper::sh_wsh:
            return hashed(ledger, AddressKind::p2sh, hashed(ledger, AddressKind::p2wsh, script));
    }
    return script;
}

/// The addresses that wallets make from one key: those of combo(), or of a bare extended key.
Expected<std::vector<Bytes>> key_forms(LedgerId ledger, const Descriptor& what, const Bytes& key) {
    const bool combo = what.function == Function::combo;
    const bool any = !combo && what.form == KeyForm::any;
    const Bytes p2wpkh = hashed(ledger, AddressKind::p2wpkh, key);
    std::vector<Bytes> scripts;
    if (combo) scripts.push_back(of_payload(ledger, AddressKind::p2pk, key));
    if (combo || any) scripts.push_back(hashed(ledger, AddressKind::p2pkh, key));
    if (key.size() == 65) return scripts;
    if (combo) scripts.push_back(p2wpkh);
    if (combo || any || what.form == KeyForm::p2sh)
        scripts.push_back(hashed(ledger, AddressKind::p2sh, p2wpkh));
    if (any || what.form == KeyForm::p2wpkh) scripts.push_back(p2wpkh);
    if (any) scripts.push_back(TRY(taproot_script(ledger, Function::tr, key)));
    return scripts;
}

Expected<std::vector<Bytes>> scripts_of(LedgerId ledger,
                                        const Descriptor& what,
                                        std::vector<Bytes> keys) {
    const Bytes& key = keys.front();
    Bytes script;
    switch (what.function) {
        case Function::combo:
        case Function::forms:
            return key_forms(ledger, what, key);
        case Function::tr:
        case Function::rawtr:
            script = TRY(taproot_script(ledger, what.function, key));
            break;
        case Function::pk:
            script = of_payload(ledger, AddressKind::p2pk, key);
            break;
        case Function::pkh:
            script = hashed(ledger, AddressKind::p2pkh, key);
            break;
        case Function::wpkh:
            script = hashed(ledger, AddressKind::p2wpkh, key);
            break;
        case Function::sortedmulti:
            std::sort(keys.begin(), keys.end());
            [[fallthrough]];
        case Function::multi:
            script = multisig_script(what.required, keys);
            break;
    }
    return std::vector<Bytes>{TRY(wrapped(ledger, what.wrapper, script))};
}

std::vector<Address> without_repeats(std::vector<Address> addresses) {
    std::vector<std::size_t> order(addresses.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return std::tie(addresses[a], a) < std::tie(addresses[b], b);
    });
    std::vector<bool> repeated(addresses.size(), false);
    for (std::size_t i = 1; i < order.size(); ++i)
        repeated[order[i]] = addresses[order[i]] == addresses[order[i - 1]];
    std::vector<Address> unique;
    unique.reserve(addresses.size());
    for (std::size_t i = 0; i < addresses.size(); ++i)
        if (!repeated[i]) unique.push_back(std::move(addresses[i]));
    return unique;
}

/// The work is bounded before it begins.
Expected<void> check_work(const Descriptor& descriptor, std::size_t chains, std::uint32_t indexes) {
    std::uint64_t derivations = 0;
    for (const DescriptorKey& key : descriptor.keys)
        if (key.extended) derivations += chains * (key.path.size() + 1 + indexes);
    if (derivations <= kMaxDerivations) return {};
    return fail(ErrorCode::limit,
                "the descriptor takes " + std::to_string(derivations) +
                    " derivations, at most 1000000 are made; ask for a shorter range");
}

Expected<std::vector<Address>> expand(LedgerId ledger,
                                      const Descriptor& descriptor,
                                      std::uint32_t range_end) {
    std::size_t chains = 1;
    bool ranged = false;
    for (const DescriptorKey& key : descriptor.keys) {
        chains = std::max(chains, key.chains());
        ranged = ranged || key.ranged;
    }
    const std::uint32_t indexes = ranged ? range_end : 1;
    TRY(check_work(descriptor, chains, indexes));
    std::vector<Address> addresses;
    for (std::size_t chain = 0; chain < chains; ++chain) {
        std::vector<KeyChain> key_chains;
        for (const DescriptorKey& key : descriptor.keys)
            key_chains.push_back(TRY(KeyChain::open(key, chain)));
        for (std::uint32_t index = 0; index < indexes; ++index) {
            std::vector<Bytes> keys;
            for (const KeyChain& key : key_chains) keys.push_back(TRY(key.at(index)));
            for (const Bytes& script : TRY(scripts_of(ledger, descriptor, std::move(keys))))
                addresses.push_back(address_of_script(ledger, script));
        }
    }
    return without_repeats(std::move(addresses));
}

}  // namespace

bool looks_like_descriptor(std::string_view text) {
    if (text.starts_with('[') || looks_like_extended_key(text)) return true;
    const std::size_t bracket = text.find('(');
    if (bracket == std::string_view::npos || bracket == 0) return false;
    return std::all_of(
        text.begin(), text.begin() + static_cast<std::ptrdiff_t>(bracket),
        [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

Expected<std::vector<Address>> expand_descriptor(LedgerId ledger,
                                                 std::string_view text,
                                                 std::uint32_t range_end) {
    if (range_end > kMaxDescriptorRange)
        return fail(ErrorCode::limit, "a range of " + std::to_string(range_end) +
                                          " indexes is beyond the limit of " +
                                          std::to_string(kMaxDescriptorRange));
    const std::string_view body = TRY(without_checksum(text));
    const bool hex_key = body.starts_with("pk(") && from_hex(argument(body, "pk(").value_or("x"));
    if (hex_key || body.starts_with("raw("))
        return std::vector<Address>{TRY(parse_address(ledger, body))};
    if (const auto address = argument(body, "addr("))
        return std::vector<Address>{TRY(parse_address(ledger, *address))};
    if (body.size() > kMaxText)
        return fail(ErrorCode::limit, "the descriptor is longer than 16384 characters");
    const Descriptor descriptor = TRY(parse_descriptor(ledger, body));
    return expand(ledger, descriptor, range_end);
}

}  // namespace wagetrail
