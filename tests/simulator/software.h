// Wallet software by what its transactions give away, after the published fingerprints of the
// programs they are named for (version, locktime, replaceability, order, change). What a program
// does changes with its releases; releases 0, 1 and 2 follow each other over a simulation.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace wagetrail::simulator {

enum class Software : std::uint8_t {
    core,
    electrum,
    bitcoinj,
    trust,
    exodus,
    trezor,
    custody,     // of exchanges, employers, mixers
    wasabi,      // its users between the rounds, and the rounds
    samourai,    // likewise
    joinmarket,  // likewise
};
inline constexpr std::size_t kSoftwareCount = 10;
inline constexpr unsigned kReleases = 3;

/// Of inputs and outputs.
enum class Ordering : std::uint8_t {
    as_chosen,  // inputs as coins were chosen; outputs as asked for
    shuffled,
    bip69,
};
enum class ChangePlace : std::uint8_t { anywhere, first, last };
enum class ChangeForm : std::uint8_t {
    own,           // as the wallet's addresses
    like_payment,  // as the first payee's, when one key can have that form
};
enum class ChangeAddress : std::uint8_t { fresh, of_first_input };
enum class CoinChoice : std::uint8_t {
    oldest,
    largest,
    closest,  // the smallest one that is enough, else the largest ones
};
enum class LowR : std::uint8_t { no, yes };

struct Fingerprint {
    std::uint32_t version = 2;
    bool anti_fee_sniping = false;  // locktime is the tip's height, else zero
    std::uint32_t sequence = 0xFFFFFFFE;
    Ordering ordering = Ordering::as_chosen;
    ChangePlace change_place = ChangePlace::anywhere;
    ChangeForm change_form = ChangeForm::own;
    ChangeAddress change_address = ChangeAddress::fresh;
    CoinChoice coin_choice = CoinChoice::oldest;
    LowR low_r = LowR::no;
};

[[nodiscard]] Fingerprint fingerprint(Software software, unsigned release);
[[nodiscard]] std::string_view name(Software software);

}  // namespace wagetrail::simulator
