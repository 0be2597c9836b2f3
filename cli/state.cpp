#include "heuristics/report/state.h"

#include "index/store.h"

#include "cli/commands.h"
#include "cli/print.h"
#include "cli/session.h"

#include <filesystem>

namespace wagetrail::cli {
namespace {

namespace fs = std::filesystem;

Expected<std::vector<LedgerId>> asked(const CommonOptions& common, const std::string& ledger) {
    if (!ledger.empty()) return std::vector{TRY(parse_ledger(ledger))};
    auto found = indexed_ledgers(common.home);
    if (found.empty()) return std::unexpected(choose_ledger(common).error());
    return found;
}

Expected<report::LedgerState> state_of(const CommonOptions& common,
                                       LedgerId ledger,
                                       std::vector<report::LedgerPin>& pins) {
    const auto database = TRY(open_database(common, ledger));
    const auto view = TRY(index::LedgerView::open(database->pin(), ledger));
    report::LedgerState state{.tip = {view.as_of(), {}},
                              .block = TRY(view.block(view.as_of().height))};
    state.tip.time = Time{state.block.header.time};
    pins.push_back(state.tip);
    std::error_code ignored;
    for (const auto& file :
         fs::directory_iterator(index::database_path(common.home, ledger), ignored))
        if (file.is_regular_file(ignored)) state.size_bytes += file.file_size(ignored);
    return state;
}

Expected<ExitCode> examine(const CommonOptions& common,
                           const DoctorOptions& options,
                           LedgerId ledger,
                           const std::stop_token& stop) {
    const auto database = TRY(open_database(common, ledger));
    const auto view = TRY(index::LedgerView::open(database->pin(), ledger));
    const index::BlockRow tip = TRY(view.block(view.as_of().height));
    const report::Manifest manifest{.as_of = {{view.as_of(), Time{tip.header.time}}}};
    if (options.digest) {
        TRY(print(common,
                  report::digest_answer(manifest, TRY(index::digests(view.reader(), stop)))));
        if (!options.deep) return ExitCode::done;
    }
    const index::Diagnosis diagnosis = TRY(index::examine(
        view, options.deep ? index::Depth::deep : index::Depth::quick, stop, [](Height) {}));
    TRY(print(common, report::doctor_answer(manifest, diagnosis)));
    return diagnosis.findings.empty() ? ExitCode::done : ExitCode::failure;
}

}  // namespace

Outcome run(const CommonOptions& common, const StatusOptions& options, std::stop_token stop) {
    (void)stop;
    std::vector<report::LedgerState> states;
    report::Manifest manifest;
    for (const LedgerId ledger : TRY(asked(common, options.ledger)))
        states.push_back(TRY(state_of(common, ledger, manifest.as_of)));
    TRY(print(common, report::status_answer(states, manifest, Time{common.now_seconds})));
    return ExitCode::done;
}

Outcome run(const CommonOptions& common, const DoctorOptions& options, std::stop_token stop) {
    ExitCode worst = ExitCode::done;
    for (const LedgerId ledger : TRY(asked(common, options.ledger)))
        if (TRY(examine(common, options, ledger, stop)) != ExitCode::done)
            worst = ExitCode::failure;
    return worst;
}

}  // namespace wagetrail::cli
