#include "chain/descriptor_key.h"

#include "chain/base58.h"
#include "chain/foreign_form.h"
#include "chain/script.h"

#include <algorithm>
#include <charconv>

namespace wagetrail {
namespace {

constexpr std::size_t kFingerprintDigits = 8;

std::unexpected<Error> bad(std::string what) {
    return fail(ErrorCode::invalid, std::move(what));
}

/// "7", "7'" or "7h": the index with the hardened bit.
std::optional<std::uint32_t> parse_step(std::string_view text) {
    std::uint32_t hardened = 0;
    if (text.ends_with('\'') || text.ends_with('h')) {
        hardened = kHardened;
        text.remove_suffix(1);
    }
    std::uint32_t index = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    if (!whole || index >= kHardened) return std::nullopt;
    return index | hardened;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (std::size_t at = 0;; ++at) {
        const std::size_t end = text.find(separator, at);
        parts.push_back(text.substr(at, end - at));
        if (end == std::string_view::npos) return parts;
        at = end;
    }
}

std::unexpected<Error> bad_step() {
    return bad(
        "a step of a key's path is a number below 2147483648, a choice such as <0;1>, or at "
        "the end *");
}

std::unexpected<Error> hardened_step() {
    return bad(
        "a hardened step (' or h) below an extended public key needs the private key; give "
        "the extended public key of that level, with the steps above it as origin: "
        "[fingerprint/84'/0'/0']xpub.../0/*");
}

/// Drops "[fingerprint/steps]" in front of the key after checking its form.
Expected<std::string_view> without_origin(std::string_view text) {
    if (!text.starts_with('[')) return text;
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return bad("the key's origin has no closing ]");
    const auto parts = split(text.substr(1, end - 1), '/');
    const bool steps_fit = std::all_of(parts.begin() + 1, parts.end(), [](std::string_view step) {
        return parse_step(step).has_value();
    });
    if (parts[0].size() != kFingerprintDigits || !from_hex(parts[0]) || !steps_fit)
        return bad(
            "a key's origin is [fingerprint/steps], the fingerprint with 8 hexadecimal digits");
    return text.substr(end + 1);
}

Expected<std::vector<std::uint32_t>> parse_choices(std::string_view step) {
    if (!step.ends_with('>')) return bad_step();
    std::vector<std::uint32_t> choices;
    for (const std::string_view part : split(step.substr(1, step.size() - 2), ';')) {
        const auto index = parse_step(part);
        if (!index) return bad_step();
        if (*index >= kHardened) return hardened_step();
        choices.push_back(*index);
    }
    std::vector<std::uint32_t> sorted = choices;
    std::sort(sorted.begin(), sorted.end());
    if (choices.size() < 2 || std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end())
        return bad("a choice of steps has two or more different numbers: <0;1>");
    return choices;
}

Expected<void> add_step(DescriptorKey& key, std::string_view step) {
    if (key.ranged) return bad("* must be the last step of a key's path");
    if (step == "*") {
        key.ranged = true;
        return {};
    }
    if (step == "*'" || step == "*h") return hardened_step();
    if (step.starts_with('<')) {
        if (!key.choices.empty()) return bad("a key's path has at most one choice of steps");
        key.choices = TRY(parse_choices(step));
        key.choices_at = key.path.size();
        return {};
    }
    const auto index = parse_step(step);
    if (!index) return bad_step();
    if (*index >= kHardened) return hardened_step();
    key.path.push_back(*index);
    return {};
}

Expected<DescriptorKey> parse_extended(LedgerId ledger, std::string_view text) {
    const auto parts = split(text, '/');
    DescriptorKey key;
    key.extended = TRY(parse_extended_key(parts[0]));
    const KeyVersion& version = *key.extended->version;
    if (!fits_ledger(version, ledger))
        return bad("another network: a key that begins with " + std::string(version.name) +
                   " is not of " + std::string(params(ledger).name));
    for (std::size_t i = 1; i < parts.size(); ++i) TRY(add_step(key, parts[i]));
    return key;
}

Expected<DescriptorKey> parse_hex_key(std::string_view text) {
    DescriptorKey key;
    key.fixed = from_hex(text).value_or(Bytes{});
    key.x_only = key.fixed.size() == 32;
    if (key.x_only) key.fixed.insert(key.fixed.begin(), 2);
    if (!is_key_shaped(key.fixed))
        return bad(
            "this is no key: give a public key in hexadecimal (33 or 65 bytes, or 32 inside "
            "tr()) or an extended public key");
    if (key.fixed[0] > 4) return bad("a descriptor takes no hybrid key (06 or 07 in front)");
    if (!parse_public_key(key.fixed)) return bad("the public key is no point of the curve");
    return key;
}

}  // namespace

Expected<DescriptorKey> parse_descriptor_key(LedgerId ledger, std::string_view text) {
    const std::string_view key = TRY(without_origin(text));
    if (looks_like_extended_key(key)) return parse_extended(ledger, key);
    const auto decoded = decode_base58check(key.substr(0, key.find('/')));
    if (decoded && is_private_key(*decoded))
        return bad(
            "this is a private key: whoever reads it can spend the coins. Give its public "
            "key instead");
    return parse_hex_key(key);
}

Expected<KeyChain> KeyChain::open(const DescriptorKey& key, std::size_t chain) {
    KeyChain result;
    result.fixed_ = key.fixed;
    if (!key.extended) return result;
    std::vector<std::uint32_t> path = key.path;
    if (!key.choices.empty())
        path.insert(path.begin() + static_cast<std::ptrdiff_t>(key.choices_at),
                    key.choices[chain % key.choices.size()]);
    ExtendedKey at = *key.extended;
    for (const std::uint32_t step : path) at = TRY(derive(at, step));
    if (key.ranged)
        result.parent_ = at;
    else
        result.fixed_ = to_bytes(at.key.compressed);
    return result;
}

Expected<Bytes> KeyChain::at(std::uint32_t index) const {
    if (!parent_) return fixed_;
    const ExtendedKey child = TRY(derive(*parent_, index));
    return to_bytes(child.key.compressed);
}

}  // namespace wagetrail
