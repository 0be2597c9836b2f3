#include "heuristics/question/entity_question.h"

#include "heuristics/question/block_source.h"
#include "heuristics/question/change_level.h"
#include "heuristics/question/open_ledger.h"
#include "heuristics/question/subject.h"
#include "heuristics/report/change_entity.h"

namespace wagetrail::question {
namespace {

Expected<Address> member(Home& home, const Pins& pins, const std::string& text) {
    return subject_address(home, pins, text, Accepts::addresses);
}

/// The other indexed ledgers, as of the same moment when one was named. One that has no block as of
/// then holds no form of any key.
Expected<std::vector<OpenLedger>> open_others(Home& home,
                                              const Pins& pins,
                                              const OpenLedger& asked) {
    Pins others = pins;
    if (!pins.as_of.empty()) others.as_of = text(asked.moment());
    std::vector<OpenLedger> open;
    for (const LedgerId ledger : home.ledgers()) {
        if (ledger == asked.view->ledger()) continue;
        auto other = open_ledger(home, others, ledger);
        if (!other && other.error().code == ErrorCode::not_found) continue;
        open.push_back(TRY(std::move(other)));
    }
    return open;
}

/// Of level L0 or L1.
Expected<Answered> proven_entity(Home& home,
                                 const Pins& pins,
                                 const BlockPlace& source,
                                 report::EntityRequest request) {
    const OpenLedger open = TRY(open_ledger(home, pins, request.address.ledger));
    auto raw = TRY(raw_blocks(home.folder(), request.address.ledger, source));
    if (raw) request.raw = &*raw;
    report::Manifest manifest = open.manifest();
    const OpenLabels labels = TRY(open_labels(home, pins));
    if (labels.view) {
        request.labels = &*labels.view;
        report::pin_labels(*labels.view, manifest);
    }
    // Above L0 an entity rests on one ledger's payments, and its members may be many.
    std::vector<OpenLedger> others;
    if (open.level == ClusterLevel::l0) others = TRY(open_others(home, pins, open));
    for (const OpenLedger& other : others) {
        request.elsewhere.push_back(other.view.get());
        manifest.as_of.push_back(other.manifest().as_of.front());
    }
    return Answered{TRY(report::entity_answer(*open.view, manifest, request))};
}

Answered answered(report::ChangeAnswer found) {
    return {std::move(found.answer), found.is_complete ? Conclusion::settled : Conclusion::open};
}

Expected<Answered> history(Home& home,
                           const Pins& pins,
                           const EntityOptions& options,
                           const Address& address) {
    if (asks_for_change(pins))
        return fail(
            ErrorCode::invalid,
            "level L2 is made for each question and has no history; use --level L1 or --as-of");
    report::HistoryOfEntity request{.address = address, .from = {}, .limit = options.limit};
    if (!options.from.empty()) request.from = TRY(report::parse_merge_cursor(options.from));
    const OpenLedger open = TRY(open_ledger(home, pins, address.ledger));
    return Answered{TRY(report::history_answer(*open.view, open.manifest(), request))};
}

}  // namespace

Expected<Answered> entity(Home& home,
                          const Pins& pins,
                          const EntityOptions& options,
                          const std::stop_token& stop) {
    report::EntityRequest request{.address = TRY(member(home, pins, options.subject)),
                                  .limit = options.limit};
    if (options.history) return history(home, pins, options, request.address);
    if (!options.from.empty())
        request.from = TRY(parse_address(request.address.ledger, options.from));
    if (!asks_for_change(pins))
        return proven_entity(home, pins, options.source, std::move(request));
    const OpenLedger open = TRY(open_ledger(home, below_change(pins), request.address.ledger));
    const auto level = TRY(ChangeLevel::open(home, open, options.change));
    report::ChangeAnswer found = TRY(report::change_entity_answer(*open.view, level->manifest(),
                                                                  level->overlay(), request, stop));
    return answered(std::move(found));
}

Expected<Answered> explain(Home& home,
                           const Pins& pins,
                           const ExplainOptions& options,
                           const std::stop_token& stop) {
    const Address a = TRY(member(home, pins, options.a));
    const Address b = TRY(member(home, pins, options.b));
    if (a.ledger != b.ledger)
        return fail(ErrorCode::invalid, "the addresses are of two ledgers, " +
                                            std::string(params(a.ledger).name) + " and " +
                                            std::string(params(b.ledger).name) +
                                            "; explain answers within one");
    if (!asks_for_change(pins)) {
        const OpenLedger open = TRY(open_ledger(home, pins, a.ledger));
        return Answered{TRY(report::explain_answer(*open.view, open.manifest(), a, b)).answer};
    }
    const OpenLedger open = TRY(open_ledger(home, below_change(pins), a.ledger));
    const auto level = TRY(ChangeLevel::open(home, open, options.change));
    report::ChangeAnswer found = TRY(
        report::change_explain_answer(*open.view, level->manifest(), level->overlay(), a, b, stop));
    return answered(std::move(found));
}

Expected<Answered> cut(Home& home,
                       const Pins& pins,
                       const CutOptions& options,
                       const std::stop_token& stop) {
    const auto edge = parse_hash<Txid>(options.edge);
    if (!edge)
        return fail(ErrorCode::invalid, "--edge \"" + options.edge +
                                            "\" is no transaction id of 64 hexadecimal digits");
    const report::CutRequest request{
        .address = TRY(member(home, pins, options.subject)), .edge = *edge, .limit = options.limit};
    const OpenLedger open = TRY(open_ledger(home, pins, request.address.ledger));
    return Answered{TRY(report::cut_answer(*open.view, open.manifest(), request, stop))};
}

}  // namespace wagetrail::question
