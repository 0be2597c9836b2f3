// Answers of `labels`.
#pragma once

#include "index/labels/label_store.h"

#include "heuristics/report/envelope.h"

#include <vector>

namespace wagetrail::report {

[[nodiscard]] Answer pack_answer(const labels::ImportedPack& imported);
[[nodiscard]] Answer packs_answer(const std::vector<labels::Pack>& packs);
/// The text is the pack's YAML.
[[nodiscard]] Answer export_answer(const std::string& name, const labels::TagPack& pack);

}  // namespace wagetrail::report
