#include "heuristics/report/lint_answers.h"

#include "heuristics/report/json.h"
#include "heuristics/report/table.h"

#include <algorithm>

namespace wagetrail::report {
namespace {

constexpr std::size_t kItemsShown = 5;

Json publication_json(const lists::Publication& publication) {
    return {{"list", publication.name},
            {"kind", lists::text(publication.kind)},
            {"sha256", lists::sha256_text(publication.sha256)},
            {"published", publication.published ? Json(text(*publication.published)) : Json()},
            {"parties", publication.counts.parties},
            {"listed_parties", publication.counts.listed_parties},
            {"rows", publication.counts.rows},
            {"addresses", publication.counts.addresses},
            {"unrecognised", publication.counts.unrecognised}};
}

std::string about(const lists::Publication& publication) {
    return (publication.name.empty() ? "" : printable(publication.name) + ", ") +
           std::string(lists::text(publication.kind)) + ", " +
           (publication.published ? "published " + text(*publication.published)
                                  : std::string("not dated")) +
           ", sha256 " + lists::sha256_text(publication.sha256);
}

std::string codes_text(const lists::Lint& lint) {
    Table table({"code", "rows", "ledgers by form"}, {Align::left, Align::right, Align::left});
    for (const auto& [code, use] : lint.codes) {
        std::string families;
        for (const auto& [family, count] : use.families)
            families += (families.empty() ? "" : ", ") + std::to_string(count) + " " + family;
        table.row({code.empty() ? "(none)" : code, std::to_string(use.rows), families});
    }
    return table.text();
}

std::string anomaly_text(const lists::Anomaly& anomaly) {
    std::string out = anomaly.code + "  " + std::to_string(anomaly.count) + "\n";
    for (std::size_t i = 0; i < anomaly.items.size() && i < kItemsShown; ++i)
        out += "    " + printable(anomaly.items[i]) + "\n";
    if (anomaly.items.size() > kItemsShown)
        out += "    and " + std::to_string(anomaly.items.size() - kItemsShown) +
               " more (--json has all)\n";
    return out;
}

Json hit_json(const lists::SearchHit& hit) {
    Json addresses = Json::array();
    for (const lists::SearchAddress& address : hit.addresses)
        addresses.push_back(
            {{"address", address.text}, {"ticker", address.ticker}, {"listed", address.listed}});
    return {{"why", lists::text(hit.kind)}, {"field", lists::text(hit.field)},
            {"matched", hit.matched},       {"list", hit.list},
            {"entity", hit.entity},         {"party_id", hit.party_id},
            {"listed", hit.listed},         {"addresses", std::move(addresses)}};
}

}  // namespace

Answer lint_answer(const lists::Publication& now,
                   const lists::Publication* previous,
                   const lists::Lint& lint) {
    Json anomalies = Json::array();
    std::string lines = about(now) + "\n";
    if (previous != nullptr) lines += "compared with " + about(*previous) + "\n";
    lines += "\n" + codes_text(lint) + "\n";
    for (const lists::Anomaly& anomaly : lint.anomalies) {
        anomalies.push_back(
            {{"code", anomaly.code}, {"count", anomaly.count}, {"items", anomaly.items}});
        lines += anomaly_text(anomaly);
    }
    if (lint.anomalies.empty()) lines += "nothing is odd about it\n";
    Json codes = Json::object();
    for (const auto& [code, use] : lint.codes)
        codes[code] = {{"rows", use.rows}, {"families", use.families}};
    Json result = {{"publication", publication_json(now)},
                   {"previous", previous != nullptr ? publication_json(*previous) : Json()},
                   {"anomalies", std::move(anomalies)},
                   {"codes", std::move(codes)}};
    return {sealed({}, std::move(result)), lines};
}

Answer verified_answer(const Verified& verified) {
    return {sealed({}, {{"verified", verified.result_id}, {"key", text(verified.signer)}}),
            "the signature holds: report " + verified.result_id + ", signed by " +
                text(verified.signer) + "\n"};
}

Answer search_answer(const lists::SearchRequest& request,
                     const std::vector<lists::SearchHit>& hits,
                     std::size_t limit) {
    Json all = Json::array();
    Table table({"why", "matched", "list", "entity", "id", "listed", "addresses"});
    for (std::size_t i = 0; i < std::min(limit, hits.size()); ++i) {
        const lists::SearchHit& hit = hits[i];
        all.push_back(hit_json(hit));
        table.row({std::string(lists::text(hit.kind)),
                   std::string(lists::text(hit.field)) + " " + hit.matched, hit.list, hit.entity,
                   hit.party_id, hit.listed ? "yes" : "no longer",
                   std::to_string(hit.addresses.size())});
    }
    std::string lines = table.text();
    if (hits.empty()) lines = "nothing on the lists is like that\n";
    if (hits.size() > limit)
        lines += std::to_string(hits.size() - limit) + " more; raise --limit to see them\n";
    Json result = {{"text", request.text}, {"hits", std::move(all)}, {"total", hits.size()}};
    Manifest manifest;
    manifest.limits = {{"hits", limit}};
    return {sealed(manifest, std::move(result)), lines};
}

}  // namespace wagetrail::report
