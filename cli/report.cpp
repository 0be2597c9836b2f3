#include "index/write_file.h"

#include "heuristics/question/report_question.h"
#include "heuristics/report/signed_report.h"

#include "cli/commands.h"
#include "cli/home.h"
#include "cli/print.h"
#include "cli/report_log_file.h"
#include "cli/walk_line.h"

#include <filesystem>

namespace wagetrail::cli {
namespace {

namespace fs = std::filesystem;

std::string summary(const ReportOptions& options,
                    const report::Evidence& evidence,
                    const std::string& bundle_id,
                    const std::string& signer) {
    std::string words = evidence.answer.text + "\n" + "what if\n";
    for (const report::Variation& variation : evidence.variations)
        words += "  " + variation.words + ": " + report::reached_words(variation.traces) + "\n";
    words +=
        "\nproofs: " + std::to_string(evidence.proofs.transactions.size()) + " transactions and " +
        std::to_string(evidence.proofs.headers.size()) + " block headers\n" + "bundle " +
        bundle_id + "\n" +
        (signer.empty() ? std::string("not signed: use --sign\n") : "signed by " + signer + "\n") +
        "written to " + options.out + ": bundle.json, report.html, arrivals.csv\n" +
        "check it with: wagetrail-verify " + options.out + "/bundle.json" +
        (signer.empty() ? "" : " --key " + signer) + "\n";
    return words;
}

}  // namespace

Outcome run(const CommonOptions& common, const ReportOptions& options, std::stop_token stop) {
    std::error_code ignored;
    if (!options.force && fs::exists(fs::path(options.out) / "bundle.json", ignored))
        return fail(ErrorCode::invalid, options.out +
                                            " holds a bundle already; name another "
                                            "folder with --out, or replace it with "
                                            "--force");
    std::optional<SigningKey> key;
    if (!options.sign.empty()) key.emplace(TRY(SigningKey::read(options.sign)));
    question::Home home = home_of(common);
    WalkLine line(common);
    auto frozen = TRY(question::freeze(home, common, options.trace,
                                       {.source = options.source, .max_proofs = options.max_proofs},
                                       line.progress(), stop));
    const report::Evidence& evidence = frozen.evidence;
    std::string& bundle = frozen.bundle;
    const std::string& id = frozen.id;
    std::string signer;
    if (key) {
        bundle = report::signed_envelope(bundle, *key);
        signer = text(key->signer());
    }
    // The evidence first: a page without it would be none.
    TRY(index::write_file(options.out + "/bundle.json", bundle + "\n"));
    for (const report::EvidencePage& page : frozen.pages)
        TRY(index::write_file(options.out + "/" + page.name, page.text));
    TRY(append_to_log(common.home, Time{common.now_seconds}, id, signer));
    TRY(print(common, {bundle, summary(options, evidence, id, signer)}));
    return exit_code(question::verdict_of(evidence.question, evidence.traces));
}

Outcome run(const CommonOptions& common, const LogOptions& options, std::stop_token stop) {
    (void)options;
    (void)stop;
    TRY(print(common, report::log_answer(TRY(logged_reports(common.home)))));
    return ExitCode::done;
}

}  // namespace wagetrail::cli
