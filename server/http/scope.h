// What a key may ask for. A route needs one of these; a key has a set of them.
#pragma once

#include "chain/base/expected.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail::server {

enum class Scope : std::uint8_t {
    open,      // no key needed, wherever the server listens
    lists,     // who is listed
    chain,     // addresses, transactions, entities
    exposure,  // who is at the other ends
    trace,     // walks, paths and jobs
    metrics,
};

/// "exposure"
[[nodiscard]] std::string_view name_of(Scope scope);
/// Those that a key can have: all but open.
[[nodiscard]] std::span<const Scope> key_scopes();

class Scopes {
  public:
    Scopes() = default;
    [[nodiscard]] static Scopes all();
    /// Of names. invalid: one is none, or there are none at all.
    [[nodiscard]] static Expected<Scopes> parse(const std::vector<std::string>& names);

    [[nodiscard]] bool allow(Scope scope) const {
        return scope == Scope::open || (bits_ & bit(scope)) != 0;
    }
    /// In the order of the enumeration.
    [[nodiscard]] std::vector<std::string> names() const;

  private:
    static std::uint32_t bit(Scope scope) { return 1U << static_cast<unsigned>(scope); }

    std::uint32_t bits_ = 0;
};

}  // namespace wagetrail::server
