// What others say about addresses, as of a moment: the newest version of each pack that was known
// then, and the analysts' own notes. Labels are never merged: where they contradict each other, all
// of them are told.
#pragma once

#include "chain/address.h"

#include "index/labels/category.h"
#include "index/labels/label_store.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace wagetrail::labels {

struct Label {
    std::string address;  // as its author wrote it
    std::string label;
    Category category = Category::unknown;
    unsigned confidence = 0;  // 0 to 100
    std::string source;       // where its author has it from; may be empty
    std::string date;         // as its author wrote it: when it was last looked at
    std::string pack;         // kNotes: of an analyst
    std::string by;           // the pack's creator, or the analyst
    std::string reason;       // of an analyst's

    friend bool operator==(const Label&, const Label&) = default;
};

inline constexpr std::string_view kNotes = "notes";

/// What an answer rests on.
struct LabelPin {
    std::string name;
    std::string sha256;  // of the pack's file; of the notes: of all that count
};

/// Borrows the registry. Not thread-safe.
class LabelView {
  public:
    /// known_at: nullopt for everything at hand.
    [[nodiscard]] static Expected<LabelView> load(const lists::Registry& registry,
                                                  std::optional<Time> known_at);

    /// By confidence, the highest first; then by pack and order in it.
    [[nodiscard]] Expected<std::vector<Label>> of(const Address& address) const;
    /// Every label of an address, in the order of packs; for those that have one of these
    /// categories.
    [[nodiscard]] Expected<void> each(std::span<const Category> categories,
                                      const std::function<Expected<void>(Label)>& take) const;
    [[nodiscard]] const std::vector<LabelPin>& pins() const { return pins_; }
    /// The moment that was asked for; else that of the newest change, none without any. Loading
    /// again as of it gives the same labels.
    [[nodiscard]] std::optional<Time> known_at() const { return known_at_; }

  private:
    struct Used {
        std::int64_t id = 0;
        std::string name;
        std::string creator;
    };

    explicit LabelView(const lists::Registry& registry) : registry_(&registry) {}
    /// When the newest of them was added or taken back.
    [[nodiscard]] Expected<Time> add_notes(std::optional<Time> known_at);

    const lists::Registry* registry_;
    std::vector<Used> packs_;
    std::vector<Label> notes_;
    std::vector<std::string> note_keys_;  // beside notes_: ListedAddress::key
    std::vector<LabelPin> pins_;
    std::optional<Time> known_at_;
};

/// Whether two of them speak of different categories, unknown left aside.
[[nodiscard]] bool contradict(std::span<const Label> labels);

}  // namespace wagetrail::labels
