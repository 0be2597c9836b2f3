// Any bytes as OFAC's sdn_advanced.xml, whole and in pieces of a size that the first byte chooses:
// both give the same list or fail both.
#include "chain/base/bytes.h"
#include "chain/base/expected.h"

#include "index/lists/ofac_advanced.h"
#include "index/lists/printable.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace wagetrail::lists {
namespace {

Expected<ListFile> parse(std::string_view text, std::size_t piece) {
    OfacAdvancedParser parser;
    for (std::size_t from = 0; from < text.size(); from += piece)
        TRY(parser.feed(text.substr(from, piece)));
    return parser.finish();
}

void check_printable(std::string_view text) {
    CHECK(!first_unprintable(text));
}

void check(ByteView input) {
    if (input.empty()) return;
    const std::string_view text(reinterpret_cast<const char*>(input.data()) + 1, input.size() - 1);
    const auto whole = parse(text, std::max<std::size_t>(text.size(), 1));
    const auto pieces = parse(text, std::size_t{input[0]} + 1);
    CHECK(whole.has_value() == pieces.has_value());
    if (!whole) return;
    CHECK(whole->parties == pieces->parties && whole->warnings == pieces->warnings);
    CHECK(whole->entries.size() == pieces->entries.size());
    CHECK(whole->parties.size() <= whole->party_count);
    for (const ListParty& party : whole->parties) {
        check_printable(party.name);
        check_printable(party.id);
        CHECK(party.designated_on.has_value() == (party.designation == Designation::stated));
    }
    for (const ListEntry& entry : whole->entries) {
        check_printable(entry.text);
        CHECK(!entry.text.empty() && entry.text.size() <= kAddressBytesMax);
        CHECK(entry.party < whole->parties.size());
    }
}

}  // namespace
}  // namespace wagetrail::lists

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    wagetrail::lists::check({data, size});
    return 0;
}
