#include "index/labels/label_view.h"

#include "chain/base/sha256.h"

#include "index/labels/notes.h"
#include "index/lists/listed_address.h"
#include "index/lists/sqlite.h"

#include <algorithm>

namespace wagetrail::labels {
namespace {

constexpr unsigned kNoteConfidence = 90;  // as GraphSense's "manual_transaction": somebody looked

constexpr std::string_view kColumns =
    "SELECT written, label, category, confidence, source, date FROM labels_tag WHERE pack = ? ";

Expected<Label> label_of(const lists::SqliteStatement& row) {
    const auto category = category_of_number(row.integer(2));
    if (!category || row.integer(3) < 0 || row.integer(3) > 100)
        return fail(ErrorCode::corrupt, "a label in the registry is damaged");
    return Label{.address = std::string(row.text(0)),
                 .label = std::string(row.text(1)),
                 .category = *category,
                 .confidence = static_cast<unsigned>(row.integer(3)),
                 .source = std::string(row.text(4)),
                 .date = std::string(row.text(5)),
                 .pack = {},
                 .by = {},
                 .reason = {}};
}

}  // namespace

Expected<LabelView> LabelView::load(const lists::Registry& registry, std::optional<Time> known_at) {
    LabelView view(registry);
    Time newest;
    for (const Pack& pack : TRY(packs(registry))) {
        if (pack.kind != PackKind::tags || (known_at && pack.known_from > *known_at)) continue;
        // By name, then in the order of import: a later one of the same name replaces it.
        if (!view.packs_.empty() && view.packs_.back().name == pack.name) {
            view.packs_.pop_back();
            view.pins_.pop_back();
        }
        newest = std::max(newest, pack.known_from);
        view.packs_.push_back({pack.row, pack.name, pack.creator});
        view.pins_.push_back({pack.name, lists::sha256_text(pack.sha256)});
    }
    newest = std::max(newest, TRY(view.add_notes(known_at)));
    if (known_at || newest > Time{}) view.known_at_ = known_at.value_or(newest);
    return view;
}

Expected<Time> LabelView::add_notes(std::optional<Time> known_at) {
    std::string all;
    Time newest;
    for (const Note& note : TRY(notes(*registry_))) {
        newest = std::max({newest, note.added, note.removed.value_or(note.added)});
        if (known_at ? note.added > *known_at || (note.removed && *note.removed <= *known_at)
                     : note.removed.has_value())
            continue;
        notes_.push_back({.address = note.address,
                          .label = note.label,
                          .category = note.category,
                          .confidence = kNoteConfidence,
                          .source = {},
                          .date = text(note.added),
                          .pack = std::string(kNotes),
                          .by = note.author,
                          .reason = note.reason});
        note_keys_.push_back(lists::recognise(note.address).key);
        // No field holds a line end.
        for (const std::string& field : {note.address, note.label, std::string(name(note.category)),
                                         note.author, note.reason, text(note.added)})
            all += field + "\n";
    }
    if (!notes_.empty()) pins_.push_back({std::string(kNotes), sha256_hex(all)});
    return newest;
}

Expected<std::vector<Label>> LabelView::of(const Address& address) const {
    const std::string key = lists::recognise(text(address)).key;
    std::vector<Label> found;
    for (std::size_t i = 0; i < notes_.size(); ++i)
        if (note_keys_[i] == key) found.push_back(notes_[i]);
    if (!packs_.empty()) {
        auto rows = TRY(registry_->database().prepare(std::string(kColumns) +
                                                      "AND address = ? ORDER BY position"));
        for (const Used& pack : packs_) {
            rows.bind(pack.id).bind(key);
            while (TRY(rows.step())) {
                found.push_back(TRY(label_of(rows)));
                found.back().pack = pack.name;
                found.back().by = pack.creator;
            }
        }
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Label& a, const Label& b) { return a.confidence > b.confidence; });
    return found;
}

Expected<void> LabelView::each(std::span<const Category> categories,
                               const std::function<Expected<void>(Label)>& take) const {
    const auto wanted = [&](Category category) {
        return std::find(categories.begin(), categories.end(), category) != categories.end();
    };
    for (const Label& note : notes_)
        if (wanted(note.category)) TRY(take(note));
    if (packs_.empty()) return {};
    auto rows = TRY(registry_->database().prepare(std::string(kColumns) + "ORDER BY position"));
    for (const Used& pack : packs_) {
        rows.bind(pack.id);
        while (TRY(rows.step())) {
            Label label = TRY(label_of(rows));
            if (label.address.empty() || !wanted(label.category)) continue;
            label.pack = pack.name;
            label.by = pack.creator;
            TRY(take(std::move(label)));
        }
    }
    return {};
}

bool contradict(std::span<const Label> labels) {
    Category first = Category::unknown;
    for (const Label& label : labels) {
        if (label.category == Category::unknown) continue;
        if (first != Category::unknown && label.category != first) return true;
        first = label.category;
    }
    return false;
}

}  // namespace wagetrail::labels
