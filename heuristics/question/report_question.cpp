#include "heuristics/question/report_question.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace wagetrail::question {
namespace {

/// The question with one assumption changed.
struct Assumption {
    const char* name;
    std::string words;
    Pins pins;
    TraceOptions trace;
};

/// Those that change anything for this question.
std::vector<Assumption> assumptions(const Pins& pins,
                                    const TraceOptions& asked,
                                    const OpenTrace& trace) {
    std::vector<Assumption> all;
    const auto with = [&](const char* name, const std::string& words) -> Assumption& {
        all.push_back({name, words, pins, asked});
        return all.back();
    };
    if (trace.open.level == ClusterLevel::l1)
        with("level_L0", "only addresses of one key belong together (level L0)").pins.level = "L0";
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
    // Whoever asks about a category would have nobody left to ask about.
    const bool asks_labels = std::ranges::any_of(
        asked.to, [](const std::string& to) { return to.starts_with(kCategoryPrefix); });
    if (trace.services.services && !asks_labels) {
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

Expected<std::vector<report::Variation>> vary(Home& home,
                                              const Pins& pins,
                                              const TraceOptions& asked,
                                              const OpenTrace& trace,
                                              const TraceProgress& progress,
                                              const std::stop_token& stop) {
    std::vector<report::Variation> all;
    for (Assumption& other : assumptions(pins, asked, trace)) {
        const auto again =
            TRY(open_trace(home, other.pins, other.trace, NamedFiles::sealed(trace.files.files())));
        all.push_back({other.name, std::move(other.words),
                       TRY(follow(*again, {.progress = progress}, stop))});
    }
    return all;
}

std::vector<report::EvidenceFile> files_of(const OpenTrace& trace, const TraceOptions& asked) {
    std::vector<report::EvidenceFile> files;
    for (const NamedFile& file : trace.files.files())
        files.push_back({file.name == asked.services ? "services" : "payouts", file.name,
                         file.sha256, file.text});
    return files;
}

Expected<index::RawBlocks> blocks_of(const Home& home, LedgerId ledger, const BlockPlace& source) {
    auto raw = TRY(raw_blocks(home.folder(), ledger, source));
    if (raw) return *std::move(raw);
    return fail(ErrorCode::not_found,
                "a report proves transactions from their blocks, and the ones that " +
                    std::string(params(ledger).name) +
                    " was read from are not there; say where they are with --source");
}

}  // namespace

Expected<bool> report_needs_walk(Home& home,
                                 const Pins& pins,
                                 const TraceOptions& options,
                                 const ReportRequest& request,
                                 NamedFiles files) {
    TRY(known_moment(pins));
    const auto trace = TRY(open_trace(home, pins, options, std::move(files)));
    (void)TRY(blocks_of(home, trace->question.ledger, request.source));
    return !trace->question.payouts.found.empty();
}

Expected<FrozenTrace> freeze(Home& home,
                             const Pins& pins,
                             const TraceOptions& options,
                             const ReportRequest& request,
                             const TraceProgress& progress,
                             const std::stop_token& stop,
                             NamedFiles files) {
    const auto trace = TRY(open_trace(home, pins, options, std::move(files)));
    const index::LedgerView& view = *trace->open.view;
    index::RawBlocks raw = TRY(blocks_of(home, view.ledger(), request.source));
    auto traces = TRY(follow(*trace, {.keep_steps = true, .progress = progress}, stop));
    const report::Manifest manifest = manifest_of(*trace, options);
    FrozenTrace frozen{
        .evidence = {.answer = report::trace_answer(manifest, trace->question, traces),
                     .question = trace->question,
                     .traces = std::move(traces),
                     .files = files_of(*trace, options),
                     .proofs = {},
                     .grounds = {},
                     .variations = {}},
        .bundle = {},
        .id = {},
        .pages = {}};
    report::Evidence& evidence = frozen.evidence;
    evidence.proofs = TRY(report::proofs_of(view, raw, evidence.traces, request.max_proofs));
    evidence.grounds = TRY(report::grounds_of(view, *trace->clusters, trace->open.level,
                                              trace->goal.targets ? &*trace->goal.targets : nullptr,
                                              evidence.question, evidence.traces));
    evidence.variations = TRY(vary(home, pins, options, *trace, progress, stop));
    report::SealedEvidence sealed = report::sealed_evidence(manifest, evidence);
    frozen.bundle = std::move(sealed.bundle);
    frozen.pages = std::move(sealed.pages);
    if (frozen.bundle.size() > report::kEnvelopeBytesMax)
        return fail(ErrorCode::limit,
                    "the bundle is larger than 64 MiB; ask for fewer payouts, or raise "
                    "--min-value");
    frozen.id = report::result_id_of(frozen.bundle);
    return frozen;
}

Expected<std::string> exported(Home& home,
                               const Pins& pins,
                               const TraceOptions& options,
                               report::FlowFormat format,
                               const TraceProgress& progress,
                               const std::stop_token& stop,
                               NamedFiles files) {
    if (options.policies.size() != 1 || options.policies.front() == "all" ||
        options.policies.front() == "poison")
        return fail(ErrorCode::invalid,
                    "a graph shows amounts under one --policy that conserves them");
    const auto trace = TRY(open_trace(home, pins, options, std::move(files)));
    const auto traces = TRY(follow(*trace, {.keep_steps = true, .progress = progress}, stop));
    return report::exported_flow(manifest_of(*trace, options), trace->question,
                                 traces.front().trace, format);
}

}  // namespace wagetrail::question
