#include "heuristics/question/state_question.h"

#include "index/store.h"
#include "index/view.h"

#include "heuristics/question/open_ledger.h"
#include "heuristics/report/state.h"

#include <filesystem>

namespace wagetrail::question {
namespace {

namespace fs = std::filesystem;

Expected<report::LedgerState> state_of(Home& home,
                                       LedgerId ledger,
                                       std::vector<report::LedgerPin>& pins) {
    const index::Database& database = *TRY(home.database(ledger));
    const auto view = TRY(index::LedgerView::open(database.pin(), ledger));
    report::LedgerState state{.tip = {view.as_of(), {}},
                              .block = TRY(view.block(view.as_of().height))};
    state.tip.time = Time{state.block.header.time};
    pins.push_back(state.tip);
    std::error_code ignored;
    for (const auto& file :
         fs::directory_iterator(index::database_path(home.folder(), ledger), ignored))
        if (file.is_regular_file(ignored)) state.size_bytes += file.file_size(ignored);
    return state;
}

}  // namespace

Expected<std::vector<LedgerId>> ledgers_asked(const Home& home, const std::string& ledger) {
    if (!ledger.empty()) return std::vector{TRY(parse_ledger(ledger))};
    auto found = home.ledgers();
    if (found.empty()) return std::unexpected(choose_ledger(home, {}).error());
    return found;
}

Expected<Answered> status(Home& home, const std::string& ledger, Time now) {
    std::vector<report::LedgerState> states;
    report::Manifest manifest;
    for (const LedgerId asked : TRY(ledgers_asked(home, ledger)))
        states.push_back(TRY(state_of(home, asked, manifest.as_of)));
    return Answered{report::status_answer(states, manifest, now)};
}

}  // namespace wagetrail::question
