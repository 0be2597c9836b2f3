// What a word of the command line names, where a command takes an address: the address, or an
// error that says what it takes instead of it.
#pragma once

#include "heuristics/question/open_ledger.h"

#include <cstdint>
#include <string>

namespace wagetrail::question {

enum class Accepts : std::uint8_t {
    addresses,  // and entity ids
    anything,   // on the chain: also transactions, outputs and blocks
};

/// The address, or the address in an entity id ("btc:ADDRESS"). A text that resembles neither is
/// answered with the accepted forms.
[[nodiscard]] Expected<Address> subject_address(Home& home,
                                                const Pins& pins,
                                                const std::string& text,
                                                Accepts accepts);

}  // namespace wagetrail::question
