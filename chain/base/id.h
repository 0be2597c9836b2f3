// The two templates every id, hash and height is made of, so that mixing two kinds does not
// compile. Raw access is .value; outside chain/ and index/rows.* a use of it carries a "// raw:"
// with the reason.
#pragma once

#include "chain/base/bytes.h"

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>

namespace wagetrail {

/// A number that names something. Ordered; next() is the only arithmetic.
template <class Tag, class Rep>
struct Id {
    Rep value = 0;

    constexpr Id() = default;
    constexpr explicit Id(Rep raw) : value(raw) {}

    [[nodiscard]] constexpr Id next(Rep by = 1) const { return Id(static_cast<Rep>(value + by)); }
    friend constexpr auto operator<=>(const Id&, const Id&) = default;
};

/// 32 bytes of a hash in wire order. Explorers print them reversed: see text() in chain/ids.h.
template <class Tag>
struct Hash {
    static constexpr std::size_t kSize = 32;
    std::array<std::uint8_t, kSize> value{};

    [[nodiscard]] ByteView view() const { return value; }
    friend constexpr auto operator<=>(const Hash&, const Hash&) = default;
};

}  // namespace wagetrail

template <class Tag, class Rep>
struct std::hash<wagetrail::Id<Tag, Rep>> {
    std::size_t operator()(const wagetrail::Id<Tag, Rep>& id) const noexcept {
        return std::hash<Rep>{}(id.value);
    }
};

template <class Tag>
struct std::hash<wagetrail::Hash<Tag>> {
    std::size_t operator()(const wagetrail::Hash<Tag>& key) const noexcept {
        std::size_t head = 0;  // already uniform: any eight bytes do
        std::memcpy(&head, key.value.data(), sizeof head);
        return head;
    }
};
