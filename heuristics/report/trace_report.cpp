#include "heuristics/report/trace_report.h"

#include "chain/base/join_words.h"

#include "heuristics/report/policy_envelope.h"
#include "heuristics/report/table.h"
#include "heuristics/report/trace_json.h"

#include <algorithm>
#include <map>
#include <set>

namespace wagetrail::report {
namespace {

std::string number(std::uint64_t value) {
    return std::to_string(value);
}

/// Backward nothing rests unspent, and a fee is nobody's origin: what did not come from the target
/// was mined or not followed, as the table says.
std::string sums_text(const TraceQuestion& question, const Sums& sums) {
    const auto shown = [&](Amount amount) { return display(question.ledger, amount); };
    if (question.direction == Direction::backward) {
        const std::string rest = shown(sums.stopped) + " not followed further back\n";
        if (question.to.empty()) return shown(sums.amount) + " = " + rest;
        return shown(sums.amount) + " = " + shown(sums.reached) + " " +
               reached_target_words(question.direction) + " + " + rest;
    }
    return shown(sums.amount) + " = " + shown(sums.reached) + " reached + " + shown(sums.stopped) +
           " stopped + " + shown(sums.residual) + " unspent + " + shown(sums.fees) + " fees\n";
}

std::string verdict_text(const lists::Verdict& verdict) {
    std::string words(lists::text(verdict.kind));
    if (verdict.same_day) words += " (same day)";
    if (verdict.reason != lists::UnknownReason::none)
        words += " (" + std::string(lists::text(verdict.reason)) + ")";
    return words;
}

std::string who_text(const std::vector<lists::Listing>& listings) {
    std::string who;
    for (const lists::Listing& listing : listings)
        who += (who.empty() ? "" : "; ") + listing.list + ": " +
               (listing.entity.empty() ? listing.address_text : listing.entity);
    return printable(who);
}

std::string subject_word(const TraceQuestion& question) {
    return question.direction == Direction::forward ? "payout" : "receipt";
}

std::string arrival_text(const TraceQuestion& question,
                         const Arrival& arrival,
                         const JudgedArrival* judged,
                         bool conserved) {
    const Payout& payout = question.payouts.found.at(arrival.source.value);  // raw: index
    std::string lines = (conserved ? display(question.ledger, arrival.amount) : "something") +
                        " of " + subject_word(question) + " " + number(arrival.source.value + 1) +
                        " (" +  // raw: printed
                        printable(payout.subject) + ") " +
                        (question.direction == Direction::forward ? "reached " : "came from ") +
                        text(arrival.coin.address) + " in " + number(arrival.hops) +
                        (arrival.hops == 1 ? " hop\n" : " hops\n");
    if (judged != nullptr) {
        const std::string who = who_text(judged->listings);
        if (!who.empty()) lines += "  listed as   " + who + "\n";
        lines += "  at payout   " + verdict_text(judged->at_payout) + "\n  at arrival  " +
                 verdict_text(judged->at_arrival) + "\n";
    }
    const Amount carried = arrival.path.back().carried;
    if (conserved && carried != arrival.amount)
        lines += "  " +
                 ways_words(display(question.ledger, arrival.amount),
                            display(question.ledger, carried)) +
                 "\n";
    Table table({"hop", "time", "carried", "to", "transaction"},
                {Align::right, Align::left, Align::right, Align::left, Align::left});
    std::uint64_t hop = 0;
    for (const PathStep& step : arrival.path)
        table.row(
            {number(++hop), text(step.output.tx.time),
             conserved ? display(question.ledger, step.carried) : "", text(step.output.address),
             text(step.output.tx.txid) + ":" + number(step.output.vout.value)});  // raw: printed
    std::string indented = table.text();
    for (std::size_t at = 0; at < indented.size(); at = indented.find('\n', at) + 1)
        indented.insert(at, "  ");
    return lines + indented + "\n";
}

std::string stops_text(const TraceQuestion& question, const Trace& trace) {
    struct Group {
        Amount amount;
        std::uint64_t outputs = 0;
    };
    std::map<std::pair<std::string, std::string>, Group> groups;
    for (const auto* stops : {&trace.stopped, &trace.unspent})
        for (const Stop& stop : *stops) {
            Group& group = groups[{std::string(name(stop.reason)), stop.label}];
            group.amount += stop.amount();
            ++group.outputs;
        }
    Table table({"not followed further", "what", "outputs", "amount"},
                {Align::left, Align::left, Align::right, Align::right});
    for (const auto& [key, group] : groups)
        table.row({key.first, key.second, number(group.outputs),
                   conserves(trace.policy) ? display(question.ledger, group.amount) : ""});
    return table.text();
}

std::string verdicts_text(const TraceQuestion& question,
                          const Judgement& judgement,
                          bool conserved) {
    Table table({"verdict at payout", "verdict at arrival", "payouts", "arrivals", "amount"},
                {Align::left, Align::left, Align::right, Align::right, Align::right});
    for (const VerdictTotal& total : judgement.totals)
        table.row({std::string(lists::text(total.at_payout)),
                   std::string(lists::text(total.at_arrival)), number(total.payouts),
                   number(total.arrivals),
                   conserved ? display(question.ledger, total.amount) : ""});
    return table.text();
}

/// The indexes of the largest arrivals, in order; of equals the first.
std::set<std::size_t> largest(const std::vector<Arrival>& arrivals, std::size_t count) {
    std::vector<std::size_t> order(arrivals.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return arrivals[a].amount > arrivals[b].amount;
    });
    order.resize(std::min(order.size(), count));
    return {order.begin(), order.end()};
}

std::string policy_text(const TraceQuestion& question, const PolicyTrace& traced) {
    const Trace& trace = traced.trace;
    const bool conserved = conserves(trace.policy);
    std::string words = "policy " + std::string(name(trace.policy)) + "\n" +
                        (conserved ? sums_text(question, trace.totals)
                                   : "where value may have gone, not how much\n") +
                        "\n";
    const std::set<std::size_t> shown = largest(trace.reached, question.arrivals_shown);
    for (const std::size_t i : shown)
        words +=
            arrival_text(question, trace.reached[i],
                         traced.judgement ? &traced.judgement->arrivals.at(i) : nullptr, conserved);
    if (shown.size() < trace.reached.size())
        words += "and " + number(trace.reached.size() - shown.size()) +
                 " smaller ones; --json has them all\n\n";
    const std::string nothing = "nothing " + reached_target_words(question.direction);
    if (!question.to.empty() && trace.reached.empty())
        words +=
            question.gaps.empty() ? nothing + "\n\n" : nothing + ", as far as is known (below)\n\n";
    if (traced.judgement) {
        const std::string totals = verdicts_text(question, *traced.judgement, conserved);
        if (!totals.empty()) words += totals + "\n";
    }
    words += stops_text(question, trace);
    if (trace.restarts > 0)
        words += "the work budget was reached: shares below " +
                 display(question.ledger, trace.value_floor) + " were not followed\n";
    return words + "\n";
}

std::string pins_text(const Manifest& manifest) {
    std::string words;
    for (const LedgerPin& pin : manifest.as_of)
        words += "as of block " + number(pin.as_of.height.value) +  // raw: printed
                 ", " + text(pin.time);
    // By publication: the last of each list is the one in force.
    for (std::size_t i = 0; i < manifest.lists.size(); ++i) {
        const ListPin& list = manifest.lists[i];
        if (i + 1 == manifest.lists.size() || manifest.lists[i + 1].name != list.name)
            words += ", list " + list.name + " of " + text(list.published);
    }
    return words + "\n";
}

std::string gaps_text(const TraceQuestion& question) {
    std::string words;
    for (const CoverageGap& gap : question.gaps)
        words += "not covered: " + printable(gap.words) + " (" + gap.code + ")\n";
    return words;
}

std::string heading(const Manifest& manifest, const TraceQuestion& question) {
    const std::size_t found = question.payouts.found.size();
    std::string words = number(found) + " " + subject_word(question) + (found == 1 ? "" : "s") +
                        " followed " + (question.direction == Direction::forward ? "" : "back ") +
                        "on " + std::string(params(question.ledger).name) + ", " +
                        pins_text(manifest);
    constexpr std::size_t kMissingShown = 20;
    const std::vector<MissingPayout>& missing = question.payouts.missing;
    for (std::size_t i = 0; i < std::min(missing.size(), kMissingShown); ++i) {
        const MissingPayout& payout = missing[i];
        words += "not found: line " + number(payout.line) +
                 (payout.subject == "line " + number(payout.line)
                      ? ""
                      : " (" + printable(payout.subject) + ")") +
                 ": " + printable(payout.why) + "\n";
    }
    if (missing.size() > kMissingShown)
        words += "and " + number(missing.size() - kMissingShown) +
                 " more that were not found; --json has them all\n";
    if (!question.payouts.coinjoins.empty())
        words += number(question.payouts.coinjoins.size()) +
                 " CoinJoins of the wallet left out: nobody can say whose their outputs are\n";
    return words + "\n";
}

}  // namespace

std::string reached_target_words(Direction direction) {
    return direction == Direction::forward ? "reached the target" : "came from the target";
}

bool reached_target(const std::vector<PolicyTrace>& traces) {
    return std::any_of(traces.begin(), traces.end(),
                       [](const PolicyTrace& one) { return !one.trace.reached.empty(); });
}

namespace {

std::vector<std::string> policies_where(const std::vector<PolicyTrace>& traces, bool reached) {
    std::vector<std::string> names;
    for (const PolicyTrace& one : traces)
        if (one.trace.reached.empty() != reached) names.emplace_back(name(one.trace.policy));
    return names;
}

}  // namespace

std::vector<std::string> policies_that_reach(const std::vector<PolicyTrace>& traces) {
    return policies_where(traces, true);
}

std::vector<std::string> policies_that_do_not(const std::vector<PolicyTrace>& traces) {
    return policies_where(traces, false);
}

std::string ways_words(const std::string& amount, const std::string& carried) {
    return "the amount is over all ways; the way shown carries " + carried + " of " + amount;
}

std::string reached_words(const std::vector<PolicyTrace>& traces) {
    const auto reached = policies_that_reach(traces);
    const auto missed = policies_that_do_not(traces);
    const std::string verb = reached_target_words(traces.at(0).trace.direction);
    if (reached.empty()) return "nothing " + verb;
    if (missed.empty()) return "something " + verb + " under every policy asked";
    return "something " + verb + " under " + join_words(reached) + ", nothing under " +
           join_words(missed);
}

Answer trace_answer(const Manifest& manifest,
                    const TraceQuestion& question,
                    const std::vector<PolicyTrace>& traces) {
    std::string words = heading(manifest, question);
    // A table of zeros about nothing would look like an answer.
    if (!question.payouts.found.empty())
        for (const PolicyTrace& traced : traces) words += policy_text(question, traced);
    if (!question.to.empty() && !question.payouts.found.empty())
        if (const auto envelope = envelope_of(traces))
            words += envelope_text(question.ledger, question.direction, *envelope);
    words += gaps_text(question);
    return {sealed(manifest, trace_json(question, traces)), words};
}

}  // namespace wagetrail::report
