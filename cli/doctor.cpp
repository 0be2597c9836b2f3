#include "heuristics/question/state_question.h"
#include "heuristics/report/state.h"

#include "cli/commands.h"
#include "cli/home.h"
#include "cli/print.h"

namespace wagetrail::cli {
namespace {

Expected<ExitCode> examine(const CommonOptions& common,
                           question::Home& home,
                           const DoctorOptions& options,
                           LedgerId ledger,
                           const std::stop_token& stop) {
    const index::Database& database = *TRY(home.database(ledger));
    const auto view = TRY(index::LedgerView::open(database.pin(), ledger));
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

Outcome run(const CommonOptions& common, const DoctorOptions& options, std::stop_token stop) {
    question::Home home = home_of(common);
    ExitCode worst = ExitCode::done;
    for (const LedgerId ledger : TRY(question::ledgers_asked(home, options.ledger)))
        if (TRY(examine(common, home, options, ledger, stop)) != ExitCode::done)
            worst = ExitCode::failure;
    return worst;
}

}  // namespace wagetrail::cli
