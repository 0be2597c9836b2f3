#include "chain/bitcoin/signature.h"

#include "chain/base/codec.h"

namespace wagetrail {
namespace {

constexpr std::uint8_t kSequenceTag = 0x30;
constexpr std::uint8_t kIntegerTag = 0x02;
constexpr std::uint8_t kLongForm = 0x80;
constexpr std::uint8_t kLengthBits = 0x7F;  // in long form: how many bytes the length has
constexpr std::size_t kNumberMax = 32;      // without leading zeros

/// A length that is followed by that many bytes. In long form it may have leading zeros.
std::size_t read_length(Reader& reader) {
    const std::uint8_t first = reader.byte();
    if ((first & kLongForm) == 0) return first;
    std::size_t length = 0;
    for (unsigned left = first & kLengthBits; left > 0 && reader.ok(); --left) {
        length = (length << 8U) | reader.byte();
        if (length > reader.left()) reader.fail_all();
    }
    return length;
}

bool read_number(Reader& reader) {
    if (reader.byte() != kIntegerTag) return false;
    ByteView number = reader.take(read_length(reader));
    while (!number.empty() && number.front() == 0) number = number.subspan(1);
    return reader.ok() && !number.empty() && number.size() <= kNumberMax;
}

}  // namespace

std::optional<std::uint8_t> ecdsa_hash_type(ByteView item) {
    if (item.empty() || item.front() != kSequenceTag) return std::nullopt;
    Reader reader(item.subspan(1));
    const std::uint8_t whole = reader.byte();  // OpenSSL did not compare it with what follows
    if ((whole & kLongForm) != 0) (void)reader.take(whole & kLengthBits);
    if (!read_number(reader) || !read_number(reader) || reader.left() == 0) return std::nullopt;
    return item.back();
}

}  // namespace wagetrail
