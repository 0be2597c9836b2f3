#include "cli/verify/verifier.h"

#include "cli/verify/arithmetic.h"
#include "cli/verify/citations.h"
#include "cli/verify/consistency.h"
#include "cli/verify/coverage.h"
#include "cli/verify/endings.h"
#include "cli/verify/known_headers.h"
#include "cli/verify/limits.h"
#include "cli/verify/seals.h"

#include <algorithm>
#include <array>

namespace wagetrail::verifier {
namespace {

// The verifier's own words: those of a bundle could say anything.
constexpr std::array kRemains = {
    "that the blocks are those of the chain that nodes agree on (unless --headers is given)",
    "that nothing was left out: other payments of the subjects, other outputs of theirs",
    "that what is called unspent was not spent as of the block of the answer",
    "why the walk ended at a service, and who is behind an address that is labelled",
    "what the lists said and when, and so the verdicts: lists are named by SHA-256, not enclosed",
    "that addresses are of one owner: merges are named, not proven",
    "what the answer would be under other assumptions: the figures of alternatives",
    "the arithmetic's transactions that are not enclosed, if the bundle says that some are not",
    "which engine made it: that stands outside of hashes and signature"};

// Whoever seals a bundle anew can change these and nothing else in it objects: only a signature by
// a key that is known beforehand does.
constexpr std::array kSignatureOnly = {
    "which files, lists, labels, prices and level of entities the answer was asked with",
    "verdicts and the listings behind them, beyond whether there is a listing at all",
    "the page and the table beside it, with their SHA-256",
    "merges, and what the answer would be under other assumptions",
    "an end at a service, a possible service or a CoinJoin whose next transaction is not enclosed, "
    "and that value did not go on from there",
    "payouts that were not found and CoinJoins that were left out, with their codes",
    "NO_SERVICES where labels or a table of services were asked; LIST_OUTDATED where several lists "
    "were",
    "limits that nothing came near: hops, the work budget, busy addresses, the gap of descriptors, "
    "CoinJoins followed or not, labels asked or not",
    "how often a walk was given up, beyond whether it was and how far its floor was raised"};

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
    Verdict verdict{.checks = {},
                    .remains = {kRemains.begin(), kRemains.end()},
                    .signature_only = {kSignatureOnly.begin(), kSignatureOnly.end()},
                    .finding = finding(bundle)};
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
    add("endings", check_endings(bundle, proven));
    add("arithmetic", check_arithmetic(bundle));
    add("sums", check_sums(bundle));
    add("limits", check_limits(document, bundle));
    add("coverage", check_coverage(document, bundle, proven));
    add("consistency", check_consistency(document, bundle));
    verdict.checks.push_back(check_pages(document, request.pages));
    return verdict;
}

}  // namespace wagetrail::verifier
