#include "heuristics/question/subject.h"

#include "chain/base/number.h"
#include "chain/bech32.h"
#include "chain/foreign_form.h"

#include "heuristics/question/entity_name.h"

#include <optional>

namespace wagetrail::question {
namespace {

constexpr std::size_t kShortestAddress = 26;
constexpr std::size_t kLongestBase58 = 35;

bool all_of(std::string_view text, std::string_view allowed) {
    return text.find_first_not_of(allowed) == std::string_view::npos;
}

/// Whether the error about an address, with its places and checksums, tells the user anything.
bool resembles_address(std::string_view text) {
    if (text.empty() || !form_of(text).empty()) return true;
    if (all_of(text, "0123456789")) return false;
    if (text.size() > kLongestBase58 && all_of(text, "0123456789abcdefABCDEF")) return false;
    if (text.find(':') != std::string_view::npos) return false;
    return text.size() >= kShortestAddress || !bech32_owner(bech32_prefix(text)).empty();
}

std::unexpected<Error> unrecognised(const std::string& text, Accepts accepts) {
    const std::string quoted = "\"" + text + "\" is ";
    if (accepts == Accepts::anything)
        return fail(ErrorCode::invalid,
                    quoted +
                        "nothing that can be shown: give an address, a txid or block hash (64 "
                        "hexadecimal digits), TXID:VOUT, a height or an entity id "
                        "(LEDGER:ADDRESS); wagetrail status says which heights there are");
    const bool numeric = parse_number(text).has_value();
    return fail(ErrorCode::invalid,
                quoted + "no address: give an address or an entity id (LEDGER:ADDRESS)" +
                    (numeric ? "; for the block of that height, run wagetrail show " + text
                             : "; wagetrail show TXID lists the addresses of a transaction"));
}

}  // namespace

Expected<Address> subject_address(Home& home,
                                  const Pins& pins,
                                  const std::string& text,
                                  Accepts accepts) {
    const auto [ledger, address] = split_entity_name(text);
    if (!resembles_address(address)) return unrecognised(text, accepts);
    return ledger ? parse_address(*ledger, address) : choose_address(home, pins, address);
}

}  // namespace wagetrail::question
