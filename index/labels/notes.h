// Labels that analysts give themselves, each with its author and a reason. A note is never changed:
// taking it back keeps it with the moment from which it does not count.
#pragma once

#include "chain/base/time.h"

#include "index/labels/category.h"
#include "index/lists/registry.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace wagetrail::labels {

struct Note {
    std::int64_t number = 0;  // given when it is added
    std::string address;
    std::string label;
    Category category = Category::unknown;
    std::string author;
    std::string reason;
    Time added;
    std::optional<Time> removed;

    friend bool operator==(const Note&, const Note&) = default;
};

/// Returns it with its number. invalid: an empty field, one longer than 1 KiB or with control
/// characters, an address of no form we know.
Expected<Note> add_note(lists::Registry& registry, Note note);
/// not_found: no such note, or one that was taken back already.
Expected<Note> remove_note(lists::Registry& registry, std::int64_t number, Time when);
/// All of them, in the order in which they were added.
Expected<std::vector<Note>> notes(const lists::Registry& registry);

}  // namespace wagetrail::labels
