#include "heuristics/report/evidence/bundle.h"

#include "chain/base/sha256.h"

#include "heuristics/report/built_in.h"
#include "heuristics/report/evidence/bundle_html.h"

namespace wagetrail::report {
namespace {

Json files_json(const Evidence& evidence) {
    Json files = Json::array();
    for (const EvidenceFile& file : evidence.files)
        files.push_back({{"role", file.role},
                         {"name", file.name},
                         {"sha256", file.sha256},
                         {"hex", to_hex(as_bytes(file.text))}});
    return files;
}

Json cards_json() {
    Json cards = Json::array();
    for (const ErrorCard& card : kErrorCards) {
        Json json = Json::parse(card.json);
        const std::string hash = sha256_hex(canonical(json));
        cards.push_back({{"name", card.name}, {"sha256", hash}, {"card", std::move(json)}});
    }
    return cards;
}

/// Of each policy, what reached the target.
Json reached_json(LedgerId ledger, const std::vector<PolicyTrace>& traces) {
    Json all = Json::array();
    for (const PolicyTrace& traced : traces) {
        const Trace& trace = traced.trace;
        const bool conserved = conserves(trace.policy);
        all.push_back(
            {{"policy", name(trace.policy)},
             {"arrivals", trace.reached.size()},
             {"reached", conserved ? amount_json(ledger, trace.totals.reached) : Json()}});
    }
    return all;
}

Json variations_json(const Evidence& evidence) {
    Json all = Json::array();
    for (const Variation& variation : evidence.variations)
        all.push_back({{"name", variation.name},
                       {"words", variation.words},
                       {"policies", reached_json(evidence.question.ledger, variation.traces)},
                       {"reached_under", policies_that_reach(variation.traces)},
                       {"not_reached_under", policies_that_do_not(variation.traces)}});
    return all;
}

}  // namespace

std::vector<std::string> remaining_statements(const Evidence& evidence) {
    std::vector<std::string> all{
        "that the blocks are those of the chain that nodes agree on (unless --headers is given)",
        "that nothing was left out: other payments of the subjects, other outputs of theirs",
        "that what is called unspent was not spent as of the block of the answer",
        "why the walk ended at a service, and who is behind an address that is labelled",
        "what the lists said and when: their files are named by SHA-256, not enclosed"};
    if (!evidence.grounds.merges.empty())
        all.emplace_back("that addresses are of one owner: the merges are named, not proven");
    if (evidence.proofs.left_out > 0)
        all.push_back(std::to_string(evidence.proofs.left_out) +
                      " transactions off the paths: their arithmetic is enclosed, not their bytes");
    return all;
}

SealedEvidence sealed_evidence(const Manifest& manifest, const Evidence& evidence) {
    const Grounds& grounds = evidence.grounds;
    Json result = {
        {"format", kEvidenceFormat},
        {"answer", Json::parse(evidence.answer.json)},
        {"files", files_json(evidence)},
        {"transactions", evidence.proofs.transactions},
        {"headers", evidence.proofs.headers},
        {"transactions_left_out", evidence.proofs.left_out},
        {"grounds",
         {{"merges", grounds.merges}, {"pairs", grounds.pairs}, {"truncated", grounds.truncated}}},
        {"alternatives", variations_json(evidence)},
        {"error_cards", cards_json()},
        {"remains", remaining_statements(evidence)}};
    // The pages are made of what the bundle says before it names them.
    SealedEvidence all{
        .bundle = {},
        .pages = {{"arrivals.csv", arrivals_csv(evidence)},
                  {"report.html", evidence_html(Json::parse(sealed(manifest, result)), evidence)}}};
    result["pages"] = Json::array();
    for (const EvidencePage& page : all.pages)
        result["pages"].push_back({{"name", page.name}, {"sha256", sha256_hex(page.text)}});
    all.bundle = sealed(manifest, std::move(result));
    return all;
}

std::string result_id_of(const std::string& envelope) {
    return Json::parse(envelope).at("result_id").get<std::string>();
}

}  // namespace wagetrail::report
