// Any bytes as a plain list. The first byte chooses TXT or CSV and the size of the pieces; the list
// must not depend on it. Every address that comes out is recognised twice, with the same answer.
#include "chain/base/bytes.h"
#include "chain/base/expected.h"

#include "index/lists/listed_address.h"
#include "index/lists/printable.h"
#include "index/lists/text_list.h"

#include "tests/fuzz/pieces.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace wagetrail::lists {
namespace {

void check_entry(const ListFile& file, const ListEntry& entry) {
    CHECK(!entry.text.empty() && entry.text.size() <= kAddressBytesMax);
    CHECK(!first_unprintable(entry.text));
    CHECK(entry.party < file.parties.size());
    const ListedAddress address = recognise(entry.text);
    CHECK(address.readings.empty() || !address.family.empty());
    for (const Address& reading : address.readings) {
        const auto again = parse_address(reading.ledger, text(reading));
        CHECK(again && *again == reading);
    }
    static_cast<void>(plausible(entry.ticker, address));
}

template <class Parser>
void check(std::string_view text, std::size_t piece) {
    const auto whole = fuzz::parse_in_pieces<Parser>(text, std::max<std::size_t>(text.size(), 1));
    const auto pieces = fuzz::parse_in_pieces<Parser>(text, piece);
    CHECK(whole.has_value() == pieces.has_value());
    if (!whole) return;
    CHECK(whole->parties == pieces->parties && whole->warnings == pieces->warnings);
    CHECK(whole->entries.size() == pieces->entries.size());
    for (const ListEntry& entry : whole->entries) check_entry(*whole, entry);
}

void check(ByteView input) {
    if (input.empty()) return;
    const std::string_view text(reinterpret_cast<const char*>(input.data()) + 1, input.size() - 1);
    static_cast<void>(detect_kind(text));
    const std::size_t piece = std::size_t{input[0]} / 2 + 1;
    if ((input[0] & 1U) == 0)
        check<TextListParser>(text, piece);
    else
        check<CsvListParser>(text, piece);
}

}  // namespace
}  // namespace wagetrail::lists

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    wagetrail::lists::check({data, size});
    return 0;
}
