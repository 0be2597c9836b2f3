#include "chain/base/amount.h"

namespace wagetrail {
namespace {

__extension__ using Wide = unsigned __int128;

}  // namespace

Amount scaled(Amount amount, Amount numerator, Amount denominator) {
    CHECK(!denominator.is_zero() && numerator <= denominator);
    const Wide product = static_cast<Wide>(amount.units()) * numerator.units();
    return Amount(static_cast<std::uint64_t>(product / denominator.units()));
}

std::string decimal_text(Amount amount, unsigned decimals) {
    std::string digits = std::to_string(amount.units());
    if (decimals == 0) return digits;
    if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
    digits.insert(digits.size() - decimals, 1, '.');
    return digits;
}

Expected<Amount> parse_decimal(std::string_view text, unsigned decimals) {
    const auto bad = [&](std::string_view why) {
        return fail(ErrorCode::invalid,
                    "\"" + std::string(text) + "\" is not an amount: " + std::string(why));
    };
    std::uint64_t units = 0;
    bool point = false;
    unsigned fraction = 0;
    bool any = false;
    const auto push = [&](std::uint64_t digit) {
        if (units > (std::numeric_limits<std::uint64_t>::max() - digit) / 10) return false;
        units = units * 10 + digit;
        return true;
    };
    for (const char c : text) {
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9') return bad("use digits and one decimal point");
        if (point && ++fraction > decimals) return bad("too many decimal places");
        if (!push(static_cast<std::uint64_t>(c - '0'))) return bad("too large");
        any = true;
    }
    if (!any) return bad("it has no digit");
    for (; fraction < decimals; ++fraction)
        if (!push(0)) return bad("too large");
    return Amount(units);
}

}  // namespace wagetrail
