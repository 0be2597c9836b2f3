// Answers of `labels`.
#pragma once

#include "index/labels/label_store.h"
#include "index/labels/notes.h"

#include "heuristics/report/envelope.h"

#include <vector>

namespace wagetrail::report {

[[nodiscard]] Answer pack_answer(const labels::ImportedPack& imported);
[[nodiscard]] Answer packs_answer(const std::vector<labels::Pack>& packs);
[[nodiscard]] Answer note_answer(const labels::Note& note);
[[nodiscard]] Answer notes_answer(const std::vector<labels::Note>& notes);
[[nodiscard]] Answer address_labels_answer(const Manifest& manifest,
                                           const Address& address,
                                           const std::vector<labels::Label>& labels);
/// The text is the pack's YAML.
[[nodiscard]] Answer export_answer(const std::string& name, const labels::TagPack& pack);

}  // namespace wagetrail::report
