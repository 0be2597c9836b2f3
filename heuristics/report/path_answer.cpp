#include "heuristics/report/path_answer.h"

#include "heuristics/report/table.h"
#include "heuristics/report/trace_json.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace wagetrail::report {
namespace {

struct Found {
    const Arrival* arrival = nullptr;
    Path path;
    std::vector<std::string> entities;  // of each step; empty unless asked for
};

Path only_path(const Arrival& arrival) {
    Path path{
        .carried = arrival.path.back().carried, .narrowest = arrival.amount, .steps = arrival.path};
    for (const PathStep& step : path.steps) path.narrowest = std::min(path.narrowest, step.amount);
    return path;
}

/// By rank; what is equal stays in the order of payouts and outputs.
std::vector<Found> ranked(const Trace& trace, WayRank rank) {
    std::vector<Found> all;
    for (const Arrival& arrival : trace.reached) {
        if (arrival.paths.empty()) all.push_back({&arrival, only_path(arrival), {}});
        for (const Path& path : arrival.paths) all.push_back({&arrival, path, {}});
    }
    const auto way = [](const Found& found) {
        return Way{.hops = static_cast<std::uint32_t>(found.path.steps.size()),
                   .carried = found.path.carried,
                   .narrowest = found.path.narrowest};
    };
    std::stable_sort(all.begin(), all.end(),
                     [&](const Found& a, const Found& b) { return better(rank, way(a), way(b)); });
    return all;
}

class Entities {
  public:
    Entities(const index::LedgerView& view, Clusters& clusters, ClusterLevel level)
        : view_(view), clusters_(clusters), level_(level) {}

    Expected<std::string> of(const Address& address) {
        const auto known = names_.find(address);
        if (known != names_.end()) return known->second;
        const auto id = TRY(view_.find_address(address));
        CHECK(id.has_value());  // it stands in an output of the view
        std::string name = TRY(clusters_.id(TRY(clusters_.entity(level_, *id))));
        return names_.emplace(address, std::move(name)).first->second;
    }

  private:
    const index::LedgerView& view_;
    Clusters& clusters_;
    ClusterLevel level_;
    std::unordered_map<Address, std::string, lists::AddressHash> names_;
};

/// Drops ways through the same entities as a better one.
Expected<void> name_entities(Entities& entities, std::vector<Found>& all, std::size_t count) {
    std::set<std::vector<std::string>> seen;
    std::vector<Found> kept;
    for (Found& found : all) {
        std::vector<std::string> through;
        for (const PathStep& step : found.path.steps) {
            found.entities.push_back(TRY(entities.of(step.output.address)));
            if (through.empty() || through.back() != found.entities.back())
                through.push_back(found.entities.back());
        }
        if (seen.insert(through).second) kept.push_back(std::move(found));
        if (kept.size() == count) break;
    }
    all = std::move(kept);
    return {};
}

Json path_json(LedgerId ledger, const Found& found, bool conserved) {
    Json steps = path_steps_json(ledger, found.path.steps, conserved);
    for (std::size_t i = 0; i < found.entities.size(); ++i) steps[i]["entity"] = found.entities[i];
    return {{"source", found.arrival->source.value},  // raw: index into sources
            {"hops", found.path.steps.size()},
            {"carried", conserved ? amount_json(ledger, found.path.carried) : Json()},
            {"narrowest", conserved ? amount_json(ledger, found.path.narrowest) : Json()},
            {"steps", std::move(steps)}};
}

std::string path_text(const TraceQuestion& question, const Found& found, bool conserved) {
    const LedgerId ledger = question.ledger;
    const Payout& payout = question.payouts.found.at(found.arrival->source.value);  // raw: index
    std::string words =
        std::to_string(found.path.steps.size()) + " hops from " + printable(payout.subject) +
        (conserved ? ", " + display(ledger, found.path.carried) + " carried, narrowest step " +
                         display(ledger, found.path.narrowest)
                   : "") +
        "\n";
    Table table({"  time", "carried", "to", "transaction"},
                {Align::left, Align::right, Align::left, Align::left});
    for (std::size_t i = 0; i < found.path.steps.size(); ++i) {
        const PathStep& step = found.path.steps[i];
        const bool is_new =
            i == 0 || found.entities.empty() || found.entities[i] != found.entities[i - 1];
        const std::string who = found.entities.empty() ? text(step.output.address)
                                : is_new               ? found.entities[i]
                                                       : "  (within)";
        table.row({"  " + text(step.output.tx.time), conserved ? display(ledger, step.carried) : "",
                   who,
                   text(step.output.tx.txid) + ":" +
                       std::to_string(step.output.vout.value)});  // raw: printed
    }
    return words + table.text() + "\n";
}

}  // namespace

Expected<Answer> path_answer(const index::LedgerView& view,
                             Clusters& clusters,
                             const Manifest& manifest,
                             const TraceQuestion& question,
                             const PolicyTrace& traced,
                             const PathRequest& request) {
    const Trace& trace = traced.trace;
    const bool conserved = conserves(trace.policy);
    std::vector<Found> all = ranked(trace, request.rank);
    const std::size_t found = all.size();
    if (request.entities) {
        Entities entities(view, clusters, manifest.level.value_or(ClusterLevel::l1));
        TRY(name_entities(entities, all, request.count));
    }
    all.resize(std::min(all.size(), request.count));
    Json paths = Json::array();
    std::string words = std::to_string(all.size()) + " of " + std::to_string(found) +
                        " ways found, the best by " + std::string(name(request.rank)) + " under " +
                        std::string(name(trace.policy)) + " first\n\n";
    for (const Found& one : all) {
        paths.push_back(path_json(question.ledger, one, conserved));
        words += std::to_string(paths.size()) + ". " + path_text(question, one, conserved);
    }
    if (all.empty()) words = "no way found\n\n";
    for (const CoverageGap& gap : question.gaps)
        words += "not covered: " + printable(gap.words) + " (" + gap.code + ")\n";
    Json result = {{"from", question.from},
                   {"to", question.to},
                   {"direction", name(question.direction)},
                   {"policy", name(trace.policy)},
                   {"rank", name(request.rank)},
                   {"count", request.count},
                   {"entities", request.entities},
                   {"ways_found", found},
                   {"value_floor", amount_json(question.ledger, trace.value_floor)},
                   {"sources", sources_json(question, trace)},
                   {"paths", std::move(paths)}};
    return Answer{sealed(manifest, std::move(result)), words};
}

}  // namespace wagetrail::report
