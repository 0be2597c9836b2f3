// What holds of every list that a parser of XML accepts, however its text was cut.
#pragma once

#include "index/lists/list_file.h"
#include "index/lists/printable.h"

namespace wagetrail::fuzz {

inline void check_list(const lists::ListFile& whole, const lists::ListFile& pieces) {
    CHECK(whole.parties == pieces.parties && whole.warnings == pieces.warnings);
    CHECK(whole.aliases == pieces.aliases && whole.published == pieces.published);
    CHECK(whole.entries.size() == pieces.entries.size());
    CHECK(whole.parties.size() <= whole.party_count);
    for (const lists::ListParty& party : whole.parties) {
        CHECK(!lists::first_unprintable(party.name) && !lists::first_unprintable(party.id));
        CHECK(party.designated_on.has_value() == (party.designation == lists::Designation::stated));
    }
    for (const lists::ListEntry& entry : whole.entries) {
        CHECK(!lists::first_unprintable(entry.text));
        CHECK(!entry.text.empty() && entry.text.size() <= lists::kAddressBytesMax);
        CHECK(entry.party < whole.parties.size());
    }
}

}  // namespace wagetrail::fuzz
