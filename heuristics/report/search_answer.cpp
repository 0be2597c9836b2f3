#include "heuristics/report/search_answer.h"

#include "heuristics/report/json.h"

namespace wagetrail::report {
namespace {

Json party_json(const lists::SearchHit& hit) {
    Json addresses = Json::array();
    for (const lists::SearchAddress& address : hit.addresses)
        addresses.push_back(
            {{"address", address.text}, {"ticker", address.ticker}, {"listed", address.listed}});
    return {{"entity", hit.entity},
            {"list", hit.list},
            {"party_id", hit.party_id},
            {"listed", hit.listed},
            {"matched", hit.matched},
            {"match", lists::text(hit.kind)},
            {"field", lists::text(hit.field)},
            {"addresses", std::move(addresses)}};
}

}  // namespace

std::string_view name(MatchedThing thing) {
    switch (thing) {
        case MatchedThing::address:
            return "address";
        case MatchedThing::entity:
            return "entity";
        case MatchedThing::transaction:
            return "transaction";
        case MatchedThing::output:
            return "output";
        case MatchedThing::block:
            return "block";
        case MatchedThing::descriptor:
            return "descriptor";
    }
    CHECK(false);
}

Answer search_answer(const Manifest& manifest, const SearchFindings& findings) {
    Json matches = Json::array();
    std::string words;
    for (const SearchMatch& match : findings.matches) {
        matches.push_back({{"kind", name(match.thing)},
                           {"ledger", params(match.ledger).name},
                           {"id", match.id},
                           {"on_chain", match.on_chain}});
        words += std::string(name(match.thing)) + " " + match.id + "\n";
    }
    Json parties = Json::array();
    for (const lists::SearchHit& hit : findings.parties) parties.push_back(party_json(hit));
    return {sealed(manifest, {{"text", findings.text},
                              {"matches", std::move(matches)},
                              {"parties", std::move(parties)}}),
            words.empty() ? "nothing found\n" : words};
}

}  // namespace wagetrail::report
