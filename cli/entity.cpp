#include "heuristics/report/entity.h"

#include "cli/commands.h"
#include "cli/print.h"
#include "cli/session.h"

namespace wagetrail::cli {
namespace {

/// An address, or the address in an entity id ("btc:ADDRESS").
Expected<Address> member(const CommonOptions& common, const std::string& text) {
    const auto colon = text.find(':');
    if (colon != std::string::npos)
        if (const auto ledger = parse_ledger(text.substr(0, colon)))
            return parse_address(*ledger, text.substr(colon + 1));
    return choose_address(common, text);
}

/// The other indexed ledgers, as of the same moment when one was named. One that has no block as of
/// then holds no form of any key.
Expected<std::vector<OpenLedger>> open_others(const CommonOptions& common,
                                              const OpenLedger& asked) {
    CommonOptions others = common;
    if (!common.as_of.empty()) others.as_of = text(asked.moment);
    std::vector<OpenLedger> open;
    for (const LedgerId ledger : indexed_ledgers(common.home)) {
        if (ledger == asked.view->ledger()) continue;
        auto other = open_ledger(others, ledger);
        if (!other && other.error().code == ErrorCode::not_found) continue;
        open.push_back(TRY(std::move(other)));
    }
    return open;
}

}  // namespace

Outcome run(const CommonOptions& common, const EntityOptions& options, std::stop_token stop) {
    (void)stop;
    report::EntityRequest request{.address = TRY(member(common, options.subject)),
                                  .limit = options.limit};
    const OpenLedger open = TRY(open_ledger(common, request.address.ledger));
    if (!options.from.empty())
        request.from = TRY(parse_address(request.address.ledger, options.from));
    report::Manifest manifest = open.manifest();
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

Outcome run(const CommonOptions& common, const ExplainOptions& options, std::stop_token stop) {
    (void)stop;
    const Address a = TRY(member(common, options.a));
    const Address b = TRY(member(common, options.b));
    if (a.ledger != b.ledger)
        return fail(ErrorCode::invalid, "the addresses are of two ledgers, " +
                                            std::string(params(a.ledger).name) + " and " +
                                            std::string(params(b.ledger).name) +
                                            "; explain answers within one");
    const OpenLedger open = TRY(open_ledger(common, a.ledger));
    const report::Explanation found =
        TRY(report::explain_answer(*open.view, open.manifest(), a, b));
    TRY(print(common, found.answer));
    return ExitCode::done;
}

}  // namespace wagetrail::cli
