#include "index/open_reader.h"

#include <chrono>
#include <thread>

namespace wagetrail::index {
namespace {

constexpr int kTriesMax = 40;
constexpr std::chrono::milliseconds kPause{25};

/// Complete, or an error that will not go away by waiting.
Expected<bool> is_settled(const Database& database, LedgerId ledger) {
    const auto view = LedgerView::open(database.pin(), ledger);
    if (!view) return view.error().code != ErrorCode::not_found;
    const auto complete = view->is_complete();
    return complete.has_value() && *complete;
}

}  // namespace

Expected<std::unique_ptr<Database>> open_reader(const std::string& path,
                                                LedgerId ledger,
                                                const ReadCache& cache,
                                                const std::string& scratch_parent) {
    auto database = TRY(Database::open_reader(path, cache, scratch_parent));
    for (int tries = 0; tries < kTriesMax; ++tries) {
        // Once in any case: a log that went away before it was read has become a table by now.
        TRY(database->catch_up());
        if (TRY(is_settled(*database, ledger))) break;
        std::this_thread::sleep_for(kPause);
    }
    return database;
}

}  // namespace wagetrail::index
