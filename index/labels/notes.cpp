#include "index/labels/notes.h"

#include "index/labels/label_store.h"
#include "index/lists/listed_address.h"
#include "index/lists/printable.h"
#include "index/lists/sqlite.h"

namespace wagetrail::labels {
namespace {

using lists::Sqlite;
using lists::SqliteTransaction;

constexpr std::size_t kFieldBytesMax = 1024;

Expected<void> check_field(std::string_view what, std::string_view text) {
    const std::string name(what);
    if (text.empty()) return fail(ErrorCode::invalid, "a note needs its " + name);
    if (text.size() > kFieldBytesMax)
        return fail(ErrorCode::invalid, "the " + name + " is longer than 1 KiB");
    if (const auto at = lists::first_unprintable(text))
        return fail(ErrorCode::invalid, "the " + name +
                                            " has a control character or no UTF-8 at byte " +
                                            std::to_string(*at + 1));
    return {};
}

constexpr std::string_view kSelect =
    "SELECT id, address, label, category, author, reason, added, removed FROM labels_note "
    "ORDER BY id";

}  // namespace

Expected<Note> add_note(lists::Registry& registry, Note note) {
    TRY(check_field("address", note.address));
    TRY(check_field("label", note.label));
    TRY(check_field("author", note.author));
    TRY(check_field("reason", note.reason));
    const lists::ListedAddress address = lists::recognise(note.address);
    if (address.family.empty())
        return fail(ErrorCode::invalid, "\"" + note.address +
                                            "\" is an address of no form we know, "
                                            "or its checksum is wrong");
    Sqlite& database = registry.database();
    auto transaction = TRY(SqliteTransaction::write(database));
    TRY(ensure_labels(database));
    auto insert = TRY(database.prepare(
        "INSERT INTO labels_note (key, address, label, category, author, reason, added) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)"));
    insert.bind(address.key).bind(note.address).bind(note.label);
    insert.bind(static_cast<std::int64_t>(note.category)).bind(note.author).bind(note.reason);
    TRY(insert.bind(note.added).run());
    note.number = database.last_insert_id();
    note.removed.reset();
    TRY(transaction.commit());
    return note;
}

Expected<Note> remove_note(lists::Registry& registry, std::int64_t number, Time when) {
    Sqlite& database = registry.database();
    auto transaction = TRY(SqliteTransaction::write(database));
    for (Note& note : TRY(notes(registry))) {
        if (note.number != number) continue;
        if (note.removed)
            return fail(ErrorCode::not_found, "note " + std::to_string(number) +
                                                  " was taken back at " + text(*note.removed));
        auto update = TRY(database.prepare("UPDATE labels_note SET removed = ? WHERE id = ?"));
        TRY(update.bind(when).bind(number).run());
        TRY(transaction.commit());
        note.removed = when;
        return std::move(note);
    }
    return fail(ErrorCode::not_found, "there is no note " + std::to_string(number) +
                                          "; wagetrail labels ls --notes lists them");
}

Expected<std::vector<Note>> notes(const lists::Registry& registry) {
    Sqlite& database = registry.database();
    std::vector<Note> all;
    if (!TRY(has_labels(database))) return all;
    auto rows = TRY(database.prepare(kSelect));
    while (TRY(rows.step())) {
        const auto category = category_of_number(rows.integer(3));
        if (!category) return fail(ErrorCode::corrupt, "a note in the registry is damaged");
        all.push_back({.number = rows.integer(0),
                       .address = std::string(rows.text(1)),
                       .label = std::string(rows.text(2)),
                       .category = *category,
                       .author = std::string(rows.text(4)),
                       .reason = std::string(rows.text(5)),
                       .added = rows.time(6),
                       .removed = rows.time_if(7)});
    }
    return all;
}

}  // namespace wagetrail::labels
