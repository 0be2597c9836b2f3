#include "tests/simulator/software.h"

namespace wagetrail::simulator {
namespace {

constexpr std::uint32_t kFinal = 0xFFFFFFFF;
constexpr std::uint32_t kLockable = 0xFFFFFFFE;  // locktime counts, not replaceable
constexpr std::uint32_t kReplaceable = 0xFFFFFFFD;

Fingerprint core(unsigned release) {
    return {.version = 2,
            .anti_fee_sniping = true,
            .sequence = release >= 1 ? kReplaceable : kLockable,
            .ordering = Ordering::shuffled,
            .change_form = release >= 2 ? ChangeForm::like_payment : ChangeForm::own,
            .coin_choice = CoinChoice::closest,
            .low_r = LowR::yes};
}

Fingerprint electrum(unsigned release) {
    return {.version = release >= 1 ? 2U : 1U,
            .anti_fee_sniping = true,
            .sequence = release >= 1 ? kReplaceable : kLockable,
            .ordering = Ordering::bip69,
            .coin_choice = CoinChoice::oldest,
            .low_r = LowR::yes};
}

Fingerprint trezor(unsigned release) {
    return {.version = release >= 1 ? 2U : 1U,
            .sequence = kReplaceable,
            .ordering = Ordering::bip69,
            .coin_choice = CoinChoice::largest};
}

/// Its own CoinJoins are of version 1 and final, what its users send themselves is not.
Fingerprint wasabi(unsigned release) {
    return {.version = release >= 1 ? 2U : 1U,
            .sequence = release >= 1 ? kReplaceable : kFinal,
            .ordering = Ordering::shuffled,
            .coin_choice = CoinChoice::closest,
            .low_r = LowR::yes};
}

}  // namespace

Fingerprint fingerprint(Software software, unsigned release) {
    switch (software) {
        case Software::core:
            return core(release);
        case Software::electrum:
            return electrum(release);
        case Software::bitcoinj:
            return {.version = 1, .sequence = kFinal, .ordering = Ordering::shuffled};
        case Software::trust:
            return {.version = 1,
                    .sequence = kFinal,
                    .change_place = ChangePlace::last,
                    .change_address = ChangeAddress::of_first_input};
        case Software::exodus:
            return {.version = 2,
                    .sequence = release >= 1 ? kReplaceable : kFinal,
                    .change_place = ChangePlace::last,
                    .coin_choice = CoinChoice::largest};
        case Software::trezor:
            return trezor(release);
        case Software::custody:
            return {.version = 2, .sequence = kFinal, .change_place = ChangePlace::last};
        case Software::wasabi:
            return wasabi(release);
        case Software::samourai:
            return {.version = 1, .sequence = kFinal, .ordering = Ordering::bip69};
        case Software::joinmarket:
            return {.version = release >= 1 ? 2U : 1U,
                    .anti_fee_sniping = release >= 1,
                    .sequence = kLockable,
                    .ordering = Ordering::shuffled,
                    .low_r = LowR::yes};
    }
    return {};
}

std::string_view name(Software software) {
    constexpr std::array<std::string_view, kSoftwareCount> kNames = {
        "core",   "electrum", "bitcoinj", "trust",    "exodus",
        "trezor", "custody",  "wasabi",   "samourai", "joinmarket"};
    return kNames.at(static_cast<std::size_t>(software));
}

}  // namespace wagetrail::simulator
