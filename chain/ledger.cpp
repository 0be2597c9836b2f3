#include "chain/ledger.h"

namespace wagetrail {
namespace {

constexpr std::array kLedgers = {
    LedgerParams{.id = LedgerId::btc,
                 .name = "btc",
                 .symbol = "BTC",
                 .decimals = 8,
                 .magic = {0xF9, 0xBE, 0xB4, 0xD9},
                 .p2pkh_prefix = 0,
                 .p2sh_prefix = 5,
                 .p2sh_prefix_old = std::nullopt,
                 .hrp = "bc",
                 .xpub_version = {0x04, 0x88, 0xB2, 0x1E},
                 .genesis = "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f",
                 .mweb = false},
    LedgerParams{.id = LedgerId::btc_regtest,
                 .name = "btc-regtest",
                 .symbol = "BTC",
                 .decimals = 8,
                 .magic = {0xFA, 0xBF, 0xB5, 0xDA},
                 .p2pkh_prefix = 111,
                 .p2sh_prefix = 196,
                 .p2sh_prefix_old = std::nullopt,
                 .hrp = "bcrt",
                 .xpub_version = {0x04, 0x35, 0x87, 0xCF},
                 .genesis = "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206",
                 .mweb = false},
    LedgerParams{.id = LedgerId::ltc,
                 .name = "ltc",
                 .symbol = "LTC",
                 .decimals = 8,
                 .magic = {0xFB, 0xC0, 0xB6, 0xDB},
                 .p2pkh_prefix = 48,
                 .p2sh_prefix = 50,
                 .p2sh_prefix_old = 5,
                 .hrp = "ltc",
                 .xpub_version = {0x04, 0x88, 0xB2, 0x1E},
                 .genesis = "12a765e31ffd4059bada1e25190f6e98c99d9714d334efa41a195a7e7e04bfe2",
                 .mweb = true},
    LedgerParams{.id = LedgerId::ltc_regtest,
                 .name = "ltc-regtest",
                 .symbol = "LTC",
                 .decimals = 8,
                 .magic = {0xFA, 0xBF, 0xB5, 0xDA},
                 .p2pkh_prefix = 111,
                 .p2sh_prefix = 58,
                 .p2sh_prefix_old = 196,
                 .hrp = "rltc",
                 .xpub_version = {0x04, 0x35, 0x87, 0xCF},
                 .genesis = "530827f38f93b43ed12af0b3ad25a288dc02ed74d6d7857862df51fc56c416f9",
                 .mweb = true},
};

}  // namespace

std::span<const LedgerParams> all_ledgers() {
    return kLedgers;
}

const LedgerParams& params(LedgerId id) {
    const auto index = static_cast<std::size_t>(id);
    CHECK(index < kLedgers.size() && kLedgers[index].id == id);
    return kLedgers[index];
}

Expected<LedgerId> parse_ledger(std::string_view name) {
    std::string known;
    for (const LedgerParams& ledger : kLedgers) {
        if (ledger.name == name) return ledger.id;
        known += (known.empty() ? "" : ", ") + std::string(ledger.name);
    }
    return fail(ErrorCode::invalid,
                "unknown ledger \"" + std::string(name) + "\"; the known ones are " + known);
}

BlockHash genesis_hash(const LedgerParams& ledger) {
    const auto hash = parse_hash<BlockHash>(ledger.genesis);
    CHECK(hash.has_value());
    return *hash;
}

}  // namespace wagetrail
