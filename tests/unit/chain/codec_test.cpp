#include "chain/base/codec.h"

#include <catch2/catch.hpp>

#include <limits>

namespace wagetrail {
namespace {

constexpr std::size_t kRoom = 10;  // beyond it a number is read without looking for its end

/// value, and what a Reader makes of its bytes with that many others behind them.
bool comes_back(std::uint64_t value, std::size_t others) {
    Writer writer;
    writer.varint(value);
    for (std::size_t i = 0; i < others; ++i) writer.put(0xFF);
    Reader reader(writer.bytes());
    return reader.varint() == value && reader.ok() && reader.left() == others;
}

/// Whether the bytes are a number, with and without others behind them.
bool is_number(const Bytes& bytes) {
    Bytes longer = bytes;
    longer.resize(longer.size() + kRoom, 0);
    Reader alone(bytes);
    Reader followed(longer);
    (void)alone.varint();
    (void)followed.varint();
    REQUIRE(alone.ok() == followed.ok());
    return alone.ok();
}

}  // namespace

TEST_CASE("codec: numbers of every length come back, at the end and before others", "[codec]") {
    for (unsigned bits = 0; bits < 64; ++bits)
        for (const std::uint64_t value : {std::uint64_t{1} << bits, (std::uint64_t{1} << bits) - 1,
                                          std::numeric_limits<std::uint64_t>::max() >> bits})
            for (std::size_t others = 0; others <= kRoom; ++others)
                REQUIRE(comes_back(value, others));
}

TEST_CASE("codec: what does not fit 64 bits is no number", "[codec]") {
    Bytes largest(9, 0xFF);
    largest.push_back(0x01);
    CHECK(is_number(largest));
    Bytes beyond(9, 0xFF);
    beyond.push_back(0x02);
    CHECK_FALSE(is_number(beyond));
    CHECK_FALSE(is_number(Bytes(11, 0x80)));
    const Bytes cut(3, 0x80);
    Reader reader(cut);
    (void)reader.varint();
    CHECK_FALSE(reader.ok());
}

}  // namespace wagetrail
