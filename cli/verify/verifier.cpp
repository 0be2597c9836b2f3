#include "cli/verify/verifier.h"

#include "cli/verify/arithmetic.h"
#include "cli/verify/citations.h"
#include "cli/verify/known_headers.h"
#include "cli/verify/seals.h"

#include <algorithm>

namespace wagetrail::verifier {
namespace {

std::string finding(const Bundle& bundle) {
    std::string words;
    for (const PolicyPart& policy : bundle.policies) {
        words += (words.empty() ? "" : "; ") + std::string(name(policy.policy)) + ": ";
        if (policy.totals)
            words += decimal_text(policy.totals->reached, params(bundle.ledger).decimals) + " of " +
                     decimal_text(policy.totals->amount, params(bundle.ledger).decimals) + " " +
                     std::string(params(bundle.ledger).symbol) + " reached the target";
        else
            words += std::to_string(policy.reached.size()) + " arrivals at the target";
    }
    return words;
}

}  // namespace

bool Verdict::holds() const {
    return std::all_of(checks.begin(), checks.end(),
                       [](const Check& one) { return one.state != State::broken; });
}

Expected<Verdict> verify_bundle(const Request& request) {
    const Json document = TRY(parse_document(request.bundle));
    const Bundle bundle = TRY(read_bundle(document));
    Verdict verdict{.checks = {}, .remains = bundle.remains, .finding = finding(bundle)};
    const auto add = [&](const char* name, Expected<std::string> outcome) {
        verdict.checks.push_back(check(name, std::move(outcome)));
    };
    add("hashes", check_hashes(document, bundle));
    if (request.key || is_signed(document))
        add("signature", check_signature(document, request.key));
    else
        verdict.checks.push_back({"signature", State::absent,
                                  "nobody signed it: whoever had it may have written it anew"});
    Proven proven;
    add("headers", proven.add_headers(bundle));
    if (request.headers) add("chain", check_headers(*request.headers, bundle, proven));
    add("transactions", proven.add_transactions(bundle));
    add("outputs", check_outputs(bundle, proven));
    add("steps", check_steps(bundle, proven));
    add("paths", check_links(bundle, proven));
    add("arithmetic", check_arithmetic(bundle));
    add("sums", check_sums(bundle));
    return verdict;
}

}  // namespace wagetrail::verifier
