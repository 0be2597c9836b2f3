// One codec for wire and disk. A row or message lists its fields once in a function template that
// works on both classes here: Writer appends them, Reader fills them. Reader never reads beyond its
// bytes: the first failure sticks, everything after it yields zero, and ok() tells at the end.
#pragma once

#include "chain/base/bytes.h"
#include "chain/base/id.h"

#include <cstring>
#include <string_view>

namespace wagetrail {

class Writer {
  public:
    static constexpr bool kReading = false;

    /// Unsigned integer, Size bytes, most significant first (keys: they sort as numbers).
    template <unsigned Size, class Int>
    void big(const Int& value) {
        static_assert(Size <= sizeof(Int));
        for (unsigned i = Size; i-- > 0;) put(static_cast<std::uint8_t>(value >> (8 * i)));
    }
    /// Unsigned integer, Size bytes, least significant first (wire).
    template <unsigned Size, class Int>
    void little(const Int& value) {
        static_assert(Size <= sizeof(Int));
        for (unsigned i = 0; i < Size; ++i) put(static_cast<std::uint8_t>(value >> (8 * i)));
    }
    template <unsigned Size, class Tag, class Rep>
    void big(const Id<Tag, Rep>& id) {
        big<Size>(id.value);
    }
    template <unsigned Size, class Tag, class Rep>
    void little(const Id<Tag, Rep>& id) {
        little<Size>(id.value);
    }
    /// LEB128, up to ten bytes (disk).
    void varint(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7U) put(static_cast<std::uint8_t>(value | 0x80U));
        put(static_cast<std::uint8_t>(value));
    }
    /// Bitcoin's CompactSize (wire).
    void compact_size(std::uint64_t value);

    template <class Tag>
    void hash(const Hash<Tag>& value) {
        raw(value.view());
    }
    template <std::size_t N>
    void fixed(const std::array<std::uint8_t, N>& value) {
        raw(value);
    }
    /// Varint length, then the bytes.
    void sized(ByteView bytes) {
        varint(bytes.size());
        raw(bytes);
    }
    void raw(ByteView bytes) { append(bytes_, bytes); }
    void put(std::uint8_t byte) { bytes_.push_back(byte); }

    [[nodiscard]] const Bytes& bytes() const& { return bytes_; }
    [[nodiscard]] Bytes bytes() && { return std::move(bytes_); }
    [[nodiscard]] std::size_t size() const { return bytes_.size(); }
    void clear() { bytes_.clear(); }

  private:
    Bytes bytes_;
};

class Reader {
  public:
    static constexpr bool kReading = true;

    explicit Reader(ByteView bytes) : bytes_(bytes) {}

    template <unsigned Size, class Int>
    void big(Int& value) {
        value = 0;
        const ByteView part = take(Size);
        for (const std::uint8_t byte : part) value = static_cast<Int>((value << 8U) | byte);
    }
    template <unsigned Size, class Int>
    void little(Int& value) {
        value = 0;
        const ByteView part = take(Size);
        for (std::size_t i = part.size(); i-- > 0;)
            value = static_cast<Int>((value << 8U) | part[i]);
    }
    template <unsigned Size, class Tag, class Rep>
    void big(Id<Tag, Rep>& id) {
        big<Size>(id.value);
    }
    template <unsigned Size, class Tag, class Rep>
    void little(Id<Tag, Rep>& id) {
        little<Size>(id.value);
    }
    void varint(std::uint64_t& value);
    [[nodiscard]] std::uint64_t varint() {
        std::uint64_t value = 0;
        varint(value);
        return value;
    }
    /// Fails on an encoding longer than needed, as consensus does.
    [[nodiscard]] std::uint64_t compact_size();
    /// A count of things of at least min_bytes each: fails when that many cannot follow, so no
    /// caller reserves memory that the input does not pay for.
    [[nodiscard]] std::size_t count(std::size_t min_bytes);

    template <class Tag>
    void hash(Hash<Tag>& value) {
        fixed(value.value);
    }
    template <std::size_t N>
    void fixed(std::array<std::uint8_t, N>& value) {
        const ByteView part = take(N);
        if (part.size() == N)
            std::copy(part.begin(), part.end(), value.begin());
        else
            value.fill(0);
    }
    void sized(Bytes& bytes) {
        const std::uint64_t size = varint();
        bytes = to_bytes(take(size));
    }
    /// size bytes, or none and a sticky failure when fewer are left. Borrows the input.
    [[nodiscard]] ByteView take(std::uint64_t size) {
        if (size > left()) {
            fail_all();
            return {};
        }
        const ByteView part = bytes_.subspan(at_, size);
        at_ += size;
        return part;
    }
    [[nodiscard]] std::uint8_t byte() {
        const ByteView part = take(1);
        return part.empty() ? std::uint8_t{0} : part[0];
    }
    /// why is a literal that goes on from "at byte N"; the first failure is the one that is kept.
    void fail_all(std::string_view why = "the bytes end too early") {
        if (!failed_) {
            failed_at_ = at_;
            why_ = why;
        }
        failed_ = true;
        at_ = bytes_.size();
    }

    [[nodiscard]] bool ok() const { return !failed_; }
    /// What the first failure was and where; of use only when not ok().
    [[nodiscard]] std::string_view why() const { return why_; }
    [[nodiscard]] std::size_t failed_at() const { return failed_at_; }
    /// Read in full, without failure and without a rest.
    [[nodiscard]] bool done() const { return !failed_ && at_ == bytes_.size(); }
    [[nodiscard]] std::size_t left() const { return bytes_.size() - at_; }
    [[nodiscard]] std::size_t position() const { return at_; }
    [[nodiscard]] ByteView between(std::size_t from, std::size_t to) const {
        return bytes_.subspan(from, to - from);
    }

  private:
    ByteView bytes_;
    std::size_t at_ = 0;
    std::size_t failed_at_ = 0;
    std::string_view why_;
    bool failed_ = false;
};

}  // namespace wagetrail
