// Money in integer base units (satoshi, litoshi). Never floating point. The asset is the ledger's
// own coin; an Amount is never negative, and what would overflow or go below zero says so.
#pragma once

#include "chain/base/expected.h"

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace wagetrail {

class Amount {
  public:
    constexpr Amount() = default;
    constexpr explicit Amount(std::uint64_t base_units) : units_(base_units) {}

    [[nodiscard]] constexpr std::uint64_t units() const { return units_; }
    [[nodiscard]] constexpr bool is_zero() const { return units_ == 0; }

    /// nullopt on overflow.
    [[nodiscard]] constexpr std::optional<Amount> plus(Amount other) const {
        if (other.units_ > std::numeric_limits<std::uint64_t>::max() - units_) return std::nullopt;
        return Amount(units_ + other.units_);
    }
    /// nullopt when other is larger.
    [[nodiscard]] constexpr std::optional<Amount> minus(Amount other) const {
        if (other.units_ > units_) return std::nullopt;
        return Amount(units_ - other.units_);
    }
    /// For sums whose bound is known (parts of one amount): overflow is our bug and aborts.
    Amount& operator+=(Amount other) {
        const auto sum = plus(other);
        CHECK(sum.has_value());
        return *this = *sum;
    }
    Amount& operator-=(Amount other) {
        const auto rest = minus(other);
        CHECK(rest.has_value());
        return *this = *rest;
    }
    friend Amount operator+(Amount a, Amount b) { return a += b; }
    friend Amount operator-(Amount a, Amount b) { return a -= b; }
    friend constexpr auto operator<=>(const Amount&, const Amount&) = default;

  private:
    std::uint64_t units_ = 0;
};

/// floor(amount * numerator / denominator) with 128 bits in between; denominator must not be zero
/// and numerator must not exceed it.
[[nodiscard]] Amount scaled(Amount amount, Amount numerator, Amount denominator);

/// "0.15999600" for 15999600 with 8 decimals.
[[nodiscard]] std::string decimal_text(Amount amount, unsigned decimals);

/// Reads "1", "0.5", "12.34567890" exactly; invalid for signs, exponents, more digits than
/// decimals.
[[nodiscard]] Expected<Amount> parse_decimal(std::string_view text, unsigned decimals);

}  // namespace wagetrail
