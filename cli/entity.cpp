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

}  // namespace

Outcome run(const CommonOptions& common, const EntityOptions& options, std::stop_token stop) {
    (void)stop;
    report::EntityRequest request{.address = TRY(member(common, options.subject)),
                                  .limit = options.limit};
    const OpenLedger open = TRY(open_ledger(common, request.address.ledger));
    if (!options.from.empty())
        request.from = TRY(parse_address(request.address.ledger, options.from));
    TRY(print(common, TRY(report::entity_answer(*open.view, open.manifest(), request))));
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
