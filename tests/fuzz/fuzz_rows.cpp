// Any bytes as the value of a row. The first byte chooses the family. What decodes is encoded to
// bytes that decode to the same bytes again.
#include "chain/base/bytes.h"

#include "index/rows.h"

#include <cstdint>

namespace wagetrail::index {
namespace {

template <class Row>
void round_trip(const Expected<Row>& row, const auto& decode) {
    if (!row) return;
    const Bytes once = row->encoded();
    const auto again = decode(once);
    CHECK(again.has_value() && again->encoded() == once);
}

/// Where the whole row decodes, each of its entries picked by itself is the same.
void check_picks(ByteView value) {
    const std::uint64_t count = out_count(value);
    const auto chunk = OutChunk::decoded(value);
    if (!chunk) {
        if (count > 0) static_cast<void>(pick_out(value, count / 2));
        return;
    }
    CHECK(chunk->entries.size() == count);
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto entry = pick_out(value, count - 1 - i);
        CHECK(entry.has_value());
        CHECK(entry->amount == chunk->entries[i].amount);
        CHECK(entry->address == chunk->entries[i].address);
    }
}

void check(std::uint8_t family, ByteView value) {
    const Bytes key(10, 1);
    switch (family % 6) {
        case 0:
            return round_trip(TxChunk::decoded(value), TxChunk::decoded);
        case 1:
            check_picks(value);
            return round_trip(OutChunk::decoded(value), OutChunk::decoded);
        case 2:
            return round_trip(InChunk::decoded(value), InChunk::decoded);
        case 3: {
            const auto chunk = AddrChunk::decoded(value);
            if (chunk)
                for (std::size_t i = 0; i < chunk->size(); ++i)
                    static_cast<void>(chunk->at(LedgerId::btc, i));
            return round_trip(chunk, AddrChunk::decoded);
        }
        case 4:
            static_cast<void>(SpentRow::decoded(key, value));
            static_cast<void>(decoded_block_row(value));
            return;
        default: {
            const auto decode = [&](ByteView bytes) { return HistoryRow::decoded(key, bytes); };
            static_cast<void>(decode(value));
            return;
        }
    }
}

}  // namespace
}  // namespace wagetrail::index

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 0) wagetrail::index::check(data[0], {data + 1, size - 1});
    return 0;
}
