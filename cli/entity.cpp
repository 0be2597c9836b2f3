#include "heuristics/report/change_entity.h"

#include "cli/block_source.h"
#include "cli/change_level.h"
#include "cli/commands.h"
#include "cli/print.h"
#include "cli/session.h"
#include "cli/subject.h"

namespace wagetrail::cli {
namespace {

Expected<Address> member(const CommonOptions& common, const std::string& text) {
    return subject_address(common, text, Accepts::addresses);
}

/// The other indexed ledgers, as of the same moment when one was named. One that has no block as of
/// then holds no form of any key.
Expected<std::vector<OpenLedger>> open_others(const CommonOptions& common,
                                              const OpenLedger& asked) {
    CommonOptions others = common;
    if (!common.as_of.empty()) others.as_of = text(asked.moment());
    std::vector<OpenLedger> open;
    for (const LedgerId ledger : indexed_ledgers(common.home)) {
        if (ledger == asked.view->ledger()) continue;
        auto other = open_ledger(others, ledger);
        if (!other && other.error().code == ErrorCode::not_found) continue;
        open.push_back(TRY(std::move(other)));
    }
    return open;
}

/// Of level L0 or L1.
Outcome proven_entity(const CommonOptions& common,
                      const SourceOptions& source,
                      report::EntityRequest request) {
    const OpenLedger open = TRY(open_ledger(common, request.address.ledger));
    auto raw = TRY(raw_blocks(common.home, request.address.ledger, source));
    if (raw) request.raw = &*raw;
    report::Manifest manifest = open.manifest();
    const OpenLabels labels = TRY(open_labels(common));
    if (labels.view) {
        request.labels = &*labels.view;
        report::pin_labels(*labels.view, manifest);
    }
    // Above L0 an entity rests on one ledger's payments, and its members may be many.
    std::vector<OpenLedger> others;
    if (open.level == ClusterLevel::l0) others = TRY(open_others(common, open));
    for (const OpenLedger& other : others) {
        request.elsewhere.push_back(other.view.get());
        manifest.as_of.push_back(other.manifest().as_of.front());
    }
    TRY(print(common, TRY(report::entity_answer(*open.view, manifest, request))));
    return ExitCode::done;
}

ExitCode code_of(const report::ChangeAnswer& found) {
    return found.is_complete ? ExitCode::done : ExitCode::unknown;
}

Outcome history(const CommonOptions& common, const EntityOptions& options, const Address& address) {
    if (asks_for_change(common))
        return fail(
            ErrorCode::invalid,
            "level L2 is made for each question and has no history; use --level L1 or --as-of");
    report::HistoryOfEntity request{.address = address, .from = {}, .limit = options.limit};
    if (!options.from.empty()) request.from = TRY(report::parse_merge_cursor(options.from));
    const OpenLedger open = TRY(open_ledger(common, address.ledger));
    TRY(print(common, TRY(report::history_answer(*open.view, open.manifest(), request))));
    return ExitCode::done;
}

}  // namespace

Outcome run(const CommonOptions& common, const EntityOptions& options, std::stop_token stop) {
    report::EntityRequest request{.address = TRY(member(common, options.subject)),
                                  .limit = options.limit};
    if (options.history) return history(common, options, request.address);
    if (!options.from.empty())
        request.from = TRY(parse_address(request.address.ledger, options.from));
    if (!asks_for_change(common)) return proven_entity(common, options.source, std::move(request));
    const OpenLedger open = TRY(open_ledger(below_change(common), request.address.ledger));
    const auto level = TRY(ChangeLevel::open(common, open, options.change));
    const report::ChangeAnswer found = TRY(report::change_entity_answer(
        *open.view, level->manifest(), level->overlay(), request, stop));
    TRY(print(common, found.answer));
    return code_of(found);
}

Outcome run(const CommonOptions& common, const ExplainOptions& options, std::stop_token stop) {
    const Address a = TRY(member(common, options.a));
    const Address b = TRY(member(common, options.b));
    if (a.ledger != b.ledger)
        return fail(ErrorCode::invalid, "the addresses are of two ledgers, " +
                                            std::string(params(a.ledger).name) + " and " +
                                            std::string(params(b.ledger).name) +
                                            "; explain answers within one");
    if (!asks_for_change(common)) {
        const OpenLedger open = TRY(open_ledger(common, a.ledger));
        TRY(print(common, TRY(report::explain_answer(*open.view, open.manifest(), a, b)).answer));
        return ExitCode::done;
    }
    const OpenLedger open = TRY(open_ledger(below_change(common), a.ledger));
    const auto level = TRY(ChangeLevel::open(common, open, options.change));
    const report::ChangeAnswer found = TRY(
        report::change_explain_answer(*open.view, level->manifest(), level->overlay(), a, b, stop));
    TRY(print(common, found.answer));
    return code_of(found);
}

Outcome run(const CommonOptions& common, const CutOptions& options, std::stop_token stop) {
    const auto edge = parse_hash<Txid>(options.edge);
    if (!edge)
        return fail(ErrorCode::invalid, "--edge \"" + options.edge +
                                            "\" is no transaction id of 64 hexadecimal digits");
    const report::CutRequest request{
        .address = TRY(member(common, options.subject)), .edge = *edge, .limit = options.limit};
    const OpenLedger open = TRY(open_ledger(common, request.address.ledger));
    TRY(print(common, TRY(report::cut_answer(*open.view, open.manifest(), request, stop))));
    return ExitCode::done;
}

}  // namespace wagetrail::cli
