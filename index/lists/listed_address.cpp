#include "index/lists/listed_address.h"

#include "chain/base58.h"

#include "index/lists/foreign_checksum.h"
#include "index/lists/lookalike.h"
#include "index/lists/printable.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace wagetrail::lists {
namespace {

constexpr std::string_view kBitcoinAlphabet =
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
constexpr std::string_view kRippleAlphabet =
    "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";

struct Base58Form {
    std::string_view family;
    std::size_t size;  // of the decoded bytes: version and 20-byte hash
    std::array<std::uint8_t, 2> version;
    std::size_t version_size;
};
constexpr std::array kBase58Forms = {
    Base58Form{"tron", 21, {0x41, 0}, 1},     Base58Form{"zec", 22, {0x1C, 0xB8}, 2},
    Base58Form{"zec", 22, {0x1C, 0xBD}, 2},   Base58Form{"dash", 21, {0x4C, 0}, 1},
    Base58Form{"dash", 21, {0x10, 0}, 1},     Base58Form{"btg", 21, {0x26, 0}, 1},
    Base58Form{"btg", 21, {0x17, 0}, 1},      Base58Form{"doge+xvg", 21, {0x1E, 0}, 1},
    Base58Form{"doge+xvg", 21, {0x16, 0}, 1},
};

struct Claim {
    std::string_view ticker;
    std::string_view families;  // separated by spaces
};
constexpr std::array kClaims = {
    Claim{"XBT", "btc"},     Claim{"BTC", "btc"},           Claim{"LTC", "ltc"},
    Claim{"ETH", "evm"},     Claim{"ETC", "evm"},           Claim{"ARB", "evm"},
    Claim{"BSC", "evm"},     Claim{"BNB", "evm"},           Claim{"TRX", "tron"},
    Claim{"TRON", "tron"},   Claim{"USDC", "evm tron sol"}, Claim{"USDT", "evm tron sol btc"},
    Claim{"XMR", "xmr"},     Claim{"ZEC", "zec"},           Claim{"DASH", "dash"},
    Claim{"BCH", "bch btc"}, Claim{"BSV", "btc"},           Claim{"BTG", "btg"},
    Claim{"DOGE", "doge"},   Claim{"XVG", "xvg"},           Claim{"XRP", "xrp"},
    Claim{"SOL", "sol"},
};

bool only(std::string_view text, std::string_view alphabet) {
    return text.find_first_not_of(alphabet) == std::string_view::npos;
}

std::optional<std::string> evm_form(std::string_view text) {
    if (text.size() != 42 || !text.starts_with("0x")) return std::nullopt;
    std::string lower = ascii_lower(text);
    if (!only(std::string_view(lower).substr(2), "0123456789abcdef")) return std::nullopt;
    return lower;
}

std::optional<std::string> cash_form(std::string_view text) {
    std::string lower = ascii_lower(text);
    if (lower != text &&
        std::any_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; }))
        return std::nullopt;  // mixed case
    constexpr std::string_view kPrefix = "bitcoincash:";
    if (lower.starts_with(kPrefix)) lower.erase(0, kPrefix.size());
    const bool shape = lower.size() == 42 && (lower[0] == 'q' || lower[0] == 'p');
    if (!shape || !cash_checksum_holds(lower)) return std::nullopt;
    return lower;
}

bool monero_form(std::string_view text) {
    return !text.empty() && (text[0] == '4' || text[0] == '8') && monero_checksum_holds(text);
}

bool solana_form(std::string_view text) {
    if (text.size() < 32 || text.size() > 44) return false;
    const auto bytes = decode_base58(text);
    return bytes && bytes->size() == 32;
}

bool ripple_form(std::string_view text) {
    if (text.size() < 25 || text.size() > 35 || text[0] != 'r' || !only(text, kRippleAlphabet))
        return false;
    std::string translated(text);
    for (char& c : translated) c = kBitcoinAlphabet[kRippleAlphabet.find(c)];
    const auto bytes = decode_base58check(translated);
    return bytes && bytes->size() == 21 && (*bytes)[0] == 0;
}

std::string_view base58_family(std::string_view text) {
    const auto bytes = decode_base58check(text);
    if (!bytes) return {};
    for (const Base58Form& form : kBase58Forms)
        if (bytes->size() == form.size &&
            std::equal(form.version.begin(), form.version.begin() + form.version_size,
                       bytes->begin()))
            return form.family;
    return {};
}

/// Family and normal form of a string that no ledger of ours can read.
std::pair<std::string_view, std::string> foreign_form(std::string_view text) {
    if (text.empty()) return {};
    if (auto evm = evm_form(text)) return {"evm", *std::move(evm)};
    if (const auto family = base58_family(text); !family.empty())
        return {family, std::string(text)};
    if (auto cash = cash_form(text)) return {"bch", *std::move(cash)};
    if (monero_form(text)) return {"xmr", std::string(text)};
    if (ripple_form(text)) return {"xrp", std::string(text)};
    if (solana_form(text)) return {"sol", std::string(text)};
    return {"", std::string(text)};
}

std::string upper(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return out;
}

/// True when one of the families of the address, "-regtest" aside, is among those of the claim.
bool meets(std::string_view claimed, std::string_view family) {
    while (!family.empty()) {
        const std::size_t end = std::min(family.find('+'), family.size());
        std::string_view one = family.substr(0, end);
        one = one.substr(0, one.find('-'));
        for (std::string_view rest = claimed; !rest.empty();) {
            const std::size_t space = std::min(rest.find(' '), rest.size());
            if (rest.substr(0, space) == one) return true;
            rest.remove_prefix(std::min(space + 1, rest.size()));
        }
        family.remove_prefix(std::min(end + 1, family.size()));
    }
    return false;
}

ListedAddress recognise_as_written(std::string_view text) {
    ListedAddress out{.readings = recognise_address(text)};
    for (const Address& reading : out.readings)
        out.family += (out.family.empty() ? "" : "+") + std::string(params(reading.ledger).name);
    std::string normal;
    if (out.readings.empty()) {
        auto [family, form] = foreign_form(text);
        out.family = family;
        normal = std::move(form);
    } else {
        normal = wagetrail::text(out.readings.front());
    }
    out.key = out.family + ":" + normal;
    return out;
}

}  // namespace

ListedAddress recognise(std::string_view text) {
    ListedAddress out = recognise_as_written(text);
    if (!out.family.empty()) return out;
    const std::string meant = unmasked(text);
    if (meant == text) return out;
    ListedAddress repaired = recognise_as_written(meant);
    if (repaired.family.empty()) return out;
    repaired.repaired = true;
    return repaired;
}

const ListedAddress& RecognisedTexts::of(const std::string& text) {
    const auto at = by_text_.find(text);
    return at != by_text_.end() ? at->second
                                : by_text_.emplace(text, recognise(text)).first->second;
}

bool plausible(std::string_view ticker, const ListedAddress& address) {
    if (ticker.empty() || address.family.empty()) return true;
    const std::string name = upper(ticker);
    for (const Claim& claim : kClaims)
        if (claim.ticker == name) return meets(claim.families, address.family);
    const auto ledger = parse_ledger(ticker);
    if (!ledger) return true;
    return std::any_of(address.readings.begin(), address.readings.end(),
                       [&](const Address& reading) { return reading.ledger == *ledger; });
}

}  // namespace wagetrail::lists
