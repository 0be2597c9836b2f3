#include "index/write_file.h"

#include "heuristics/question/block_source.h"
#include "heuristics/question/trace_question.h"
#include "heuristics/report/evidence/bundle_html.h"
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

/// The question with one assumption changed.
struct Assumption {
    const char* name;
    std::string words;
    CommonOptions common;
    question::TraceOptions trace;
};

/// Those that change anything for this question.
std::vector<Assumption> assumptions(const CommonOptions& common,
                                    const question::TraceOptions& asked,
                                    const question::OpenTrace& trace) {
    std::vector<Assumption> all;
    const auto with = [&](const char* name, const std::string& words) -> Assumption& {
        all.push_back({name, words, common, asked});
        return all.back();
    };
    if (trace.open.level == ClusterLevel::l1)
        with("level_L0", "only addresses of one key belong together (level L0)").common.level =
            "L0";
    with("all_policies", "every accounting policy").trace.policies = {"all"};
    const std::string small = "0.001 " + std::string(params(trace.question.ledger).symbol);
    if (trace.limits.min_value < Amount(100'000))
        with("without_small_shares", "shares below " + small + " are left aside").trace.min_value =
            "0.001";
    Assumption& busy = with("stricter_services",
                            "an unlabelled address with more than 1,000 transactions, or an "
                            "entity of more than 200 addresses, is taken for a service");
    busy.trace.busy_transactions = 1'000;
    busy.trace.busy_addresses = 200;
    if (trace.services.services) {
        Assumption& open = with("without_services", "nobody is taken for a service by its label");
        open.trace.services.clear();
        open.trace.no_labels = true;
    }
    if (asked.through_coinjoins)
        with("not_through_coinjoins", "CoinJoins end the way").trace.through_coinjoins = false;
    else
        with("through_coinjoins", "value is followed through CoinJoins").trace.through_coinjoins =
            true;
    return all;
}

Expected<std::vector<report::Variation>> vary(question::Home& home,
                                              const CommonOptions& common,
                                              const question::TraceOptions& asked,
                                              const question::OpenTrace& trace,
                                              WalkLine& line,
                                              const std::stop_token& stop) {
    std::vector<report::Variation> all;
    for (Assumption& other : assumptions(common, asked, trace)) {
        const auto again = TRY(question::open_trace(
            home, other.common, other.trace, question::NamedFiles::sealed(trace.files.files())));
        all.push_back({other.name, std::move(other.words),
                       TRY(question::follow(*again, {.progress = line.progress()}, stop))});
    }
    return all;
}

std::vector<report::EvidenceFile> files_of(const question::OpenTrace& trace,
                                           const question::TraceOptions& asked) {
    std::vector<report::EvidenceFile> files;
    for (const question::NamedFile& file : trace.files.files())
        files.push_back({file.name == asked.services ? "services" : "payouts", file.name,
                         file.sha256, file.text});
    return files;
}

Expected<index::RawBlocks> blocks_of(const CommonOptions& common,
                                     LedgerId ledger,
                                     const question::BlockPlace& source) {
    auto raw = TRY(question::raw_blocks(common.home, ledger, source));
    if (raw) return *std::move(raw);
    return fail(ErrorCode::not_found,
                "a report proves transactions from their blocks, and the ones that " +
                    std::string(params(ledger).name) +
                    " was read from are not there; say where they are with --source");
}

std::string summary(const ReportOptions& options,
                    const report::Evidence& evidence,
                    const std::string& bundle_id,
                    const std::string& signer) {
    std::string words = evidence.answer.text + "\n" + "what if\n";
    for (const report::Variation& variation : evidence.variations)
        words += "  " + variation.words + ": " + report::reached_words(variation.traces) + "\n";
    words +=
        "\nproofs: " + std::to_string(evidence.proofs.transactions.size()) + " transactions in " +
        std::to_string(evidence.proofs.headers.size()) + " blocks\n" + "bundle " + bundle_id +
        "\n" +
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
    const auto trace = TRY(question::open_trace(home, common, options.trace));
    const index::LedgerView& view = *trace->open.view;
    index::RawBlocks raw = TRY(blocks_of(common, view.ledger(), options.source));
    auto traces =
        TRY(question::follow(*trace, {.keep_steps = true, .progress = line.progress()}, stop));
    const report::Manifest manifest = question::manifest_of(*trace, options.trace);
    report::Evidence evidence{.answer = report::trace_answer(manifest, trace->question, traces),
                              .question = trace->question,
                              .traces = std::move(traces),
                              .files = files_of(*trace, options.trace),
                              .proofs = {},
                              .grounds = {},
                              .variations = {}};
    evidence.proofs = TRY(report::proofs_of(view, raw, evidence.traces, options.max_proofs));
    evidence.grounds = TRY(report::grounds_of(view, *trace->clusters, trace->open.level,
                                              trace->goal.targets ? &*trace->goal.targets : nullptr,
                                              evidence.question, evidence.traces));
    evidence.variations = TRY(vary(home, common, options.trace, *trace, line, stop));

    std::string bundle = report::evidence_bundle(manifest, evidence);
    if (bundle.size() > report::kEnvelopeBytesMax)
        return fail(ErrorCode::limit,
                    "the bundle is larger than 64 MiB; ask for fewer payouts, or raise "
                    "--min-value");
    const std::string id = report::result_id_of(bundle);
    std::string signer;
    if (key) {
        bundle = report::signed_envelope(bundle, *key);
        signer = text(key->signer());
    }
    // The evidence first: a page without it would be none.
    TRY(index::write_file(options.out + "/bundle.json", bundle + "\n"));
    TRY(index::write_file(options.out + "/report.html", report::evidence_html(bundle, evidence)));
    TRY(index::write_file(options.out + "/arrivals.csv", report::arrivals_csv(evidence)));
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
