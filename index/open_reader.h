// Opens an index beside the process that writes it.
#pragma once

#include "index/read_cache.h"
#include "index/view.h"

#include <memory>
#include <string>

namespace wagetrail::index {

/// A secondary whose rows are all of one moment. The writer may move rows from its log to table
/// files while this opens; then it looks again. not_found when there is no database. An empty one
/// opens too: LedgerView::open says so.
[[nodiscard]] Expected<std::unique_ptr<Database>> open_reader(const std::string& path,
                                                              LedgerId ledger,
                                                              const ReadCache& cache,
                                                              const std::string& scratch_parent);

}  // namespace wagetrail::index
