#include "heuristics/report/evidence/bundle_html.h"

#include "heuristics/report/evidence/flow_svg.h"
#include "heuristics/report/markup.h"

#include <algorithm>
#include <initializer_list>

namespace wagetrail::report {
namespace {

constexpr std::size_t kNodesDrawn = 80;
constexpr std::size_t kArrivalsShown = 50;
constexpr std::size_t kPathsShown = 10;
constexpr std::size_t kTransactionsShown = 500;

constexpr const char* kStyle =
    ":root{color-scheme:light dark}"
    "body{font:14px/1.45 system-ui,sans-serif;max-width:1600px;margin:2em auto;padding:0 1em;"
    "color:#1a1a24;background:#fff;overflow-wrap:anywhere}h1{font-size:1.5em}h2{font-size:1.15em;"
    "margin-top:2em;border-bottom:1px solid "
    "#ccd}table{border-collapse:collapse;width:100%;font-size:12px}th,td{text-align:left;padding:"
    "3px 8px;border-bottom:1px solid #e4e4ec;vertical-align:top}td.n{text-align:right;white-space:"
    "nowrap}code{font:11px monospace;word-break:break-all}.finding{font-size:1.1em;padding:1em;"
    "border-left:5px solid #b33;background:#fdf3f2}.clean{border-color:#888;background:#f4f4f6}"
    ".svg{overflow-x:auto;border:1px solid #dde}.svg "
    "svg{display:block;background:#fff;width:100%;min-width:900px;height:auto}@media(max-width:"
    "700px){table{display:block;overflow-x:auto;"
    "overflow-wrap:normal}td,th{min-width:9em}td.n{min-width:0}}@media(prefers-color-scheme:dark){"
    "body{color:#e6e6ee;background:#16161c}h2,th,td,.svg{border-color:#3a3a46}.finding{background:"
    "#3a1f1f}.clean{background:#26262e}a{color:#9bf}}@media print{body{margin:0;"
    "max-width:none}.svg svg{width:100%;height:auto}h2{break-after:avoid}tr{break-inside:avoid}}";

std::string cell(const std::string& inner) {
    return "<td>" + inner + "</td>";
}
std::string code(const std::string& words) {
    return "<code>" + markup(words) + "</code>";
}
std::string number_cell(const std::string& words) {
    return "<td class=\"n\">" + markup(words) + "</td>";
}
std::string header_row(std::initializer_list<const char*> titles) {
    std::string row = "<tr>";
    for (const char* const title : titles) row += "<th>" + markup(title) + "</th>";
    return row + "</tr>\n";
}
/// Of a text with line ends that mean something.
std::string lines(const std::string& words) {
    std::string out;
    for (std::size_t at = 0; at < words.size();) {
        const std::size_t end = std::min(words.find('\n', at), words.size());
        out += markup(std::string_view(words).substr(at, end - at)) + "\n";
        at = end + 1;
    }
    return out;
}
std::string word(const Json& value) {
    if (value.is_null()) return "";
    return value.is_string() ? value.get<std::string>() : value.dump();
}
std::string count(std::size_t number, const std::string& noun) {
    return std::to_string(number) + " " + noun + (number == 1 ? "" : "s");
}

std::string finding(const Evidence& evidence) {
    const TraceQuestion& question = evidence.question;
    std::vector<Amount> reached;
    std::size_t arrivals = 0;
    std::string policies;
    for (const PolicyTrace& traced : evidence.traces) {
        arrivals = std::max(arrivals, traced.trace.reached.size());
        policies += (policies.empty() ? "" : ", ") + std::string(name(traced.trace.policy));
        if (conserves(traced.trace.policy)) reached.push_back(traced.trace.totals.reached);
    }
    const std::string followed =
        "Of " + count(question.payouts.found.size(),
                      question.direction == Direction::forward ? "payout" : "receipt");
    if (arrivals == 0)
        return "<p class=\"finding clean\">" + followed + " nothing " +
               reached_target_words(question.direction) +
               ", as far as is covered below. What is not covered is "
               "not clean.</p>\n";
    std::string amounts = "value";
    if (!reached.empty()) {
        const auto [least, most] = std::minmax_element(reached.begin(), reached.end());
        const Amount whole = evidence.traces.front().trace.totals.amount;
        amounts = display(question.ledger, *least) +
                  (*least == *most ? "" : " to " + display(question.ledger, *most)) + " of " +
                  display(question.ledger, whole);
    }
    return "<p class=\"finding\">" + markup(followed) + ", <b>" + markup(amounts) + "</b> " +
           reached_target_words(question.direction) + ", by up to " + count(arrivals, "arrival") +
           ", under " + markup(policies) +
           ". Other policies are among the alternatives below.</p>\n";
}

std::string pins(const Json& envelope) {
    std::string rows;
    const auto row = [&](const char* title, const std::string& inner) {
        rows += "<tr><th>" + std::string(title) + "</th><td>" + inner + "</td></tr>\n";
    };
    const Json& answer = envelope.at("result").at("answer");
    for (const char* const side : {"from", "to"})
        for (const Json& subject : answer.at("result").at(side)) row(side, code(word(subject)));
    for (const Json& pin : envelope.at("as_of"))
        row("as of", markup(word(pin.at("ledger")) + ", block " + word(pin.at("height")) + ", " +
                            word(pin.at("time"))) +
                         "<br>" + code(word(pin.at("block_hash"))));
    for (const Json& list : envelope.at("lists"))
        row("list", markup(word(list.at("name")) + " of " + word(list.at("published"))) + "<br>" +
                        code(word(list.at("sha256"))));
    for (const char* const kind : {"labels", "files"})
        for (const Json& pin : envelope.at(kind))
            row(kind, markup(word(pin.at("name"))) + "<br>" + code(word(pin.at("sha256"))));
    row("known at", markup(word(envelope.at("known_at"))));
    if (envelope.at("clustering").is_object())
        row("entities", markup("level " + word(envelope.at("clustering").at("level")) + ", rules " +
                               word(envelope.at("clustering").at("rules"))));
    std::string words;
    for (const Json& policy : envelope.at("policies"))
        words += (words.empty() ? "" : ", ") + word(policy);
    row("policies", markup(words));
    words.clear();
    for (const auto& [limit, value] : envelope.at("limits").items())
        words += (words.empty() ? "" : ", ") + limit + " " + word(value);
    row("limits", markup(words));
    row("engine", markup(word(envelope.at("engine"))));
    row("answer", code(word(answer.at("result_id"))));
    row("bundle",
        "bundle.json beside this page, which names the SHA-256 of this page and of "
        "arrivals.csv; <code>wagetrail-verify bundle.json</code> holds them against it and "
        "says who signed it");
    return "<table>\n" + rows + "</table>\n";
}

std::string drawing(const Evidence& evidence) {
    for (const PolicyTrace& traced : evidence.traces) {
        if (!conserves(traced.trace.policy) || traced.trace.reached.empty()) continue;
        const Flow flow = reaching_target(flow_of(traced.trace));
        const DrawnFlow drawn = flow_svg(evidence.question.ledger, flow, kNodesDrawn);
        return "<h2>The flow to the target, under " + std::string(name(traced.trace.policy)) +
               "</h2>\n<div class=\"svg\">" + drawn.svg +
               "</div>\n<p>Boxes are transactions, rounded ones addresses; blue: payouts, red: "
               "the target, yellow: where else value ended." +
               (drawn.nodes_left_out == 0
                    ? ""
                    : " " + std::to_string(drawn.nodes_left_out) + " smaller ones are not drawn.") +
               (drawn.amounts_left_out == 0
                    ? ""
                    : " " + count(drawn.amounts_left_out, "amount") +
                          " had no room; they show under the pointer, and stand in bundle.json.") +
               "</p>\n";
    }
    return "";
}

std::string arrivals(const Json& policy) {
    std::string rows = header_row({"payout", "arrival", "listed as", "amount", "hops",
                                   "verdict at payout", "verdict at arrival"});
    std::size_t shown = 0;
    for (const Json& arrival : policy.at("reached")) {
        if (++shown > kArrivalsShown) break;
        std::string who;
        for (const Json& listing : arrival.at("listings"))
            who += (who.empty() ? "" : "; ") + word(listing.at("list")) + ": " +
                   word(listing.at("entity"));
        const auto verdict = [&](const char* when) {
            const Json& one = arrival.at(when);
            return one.is_null() ? std::string() : markup(word(one.at("verdict")));
        };
        const Json& position = arrival.at("arrival").at("position");
        rows +=
            "<tr>" + number_cell(std::to_string(arrival.at("source").get<std::uint64_t>() + 1)) +
            cell(code(word(arrival.at("subject"))) + "<br>" +
                 code(word(position.at("txid")) + ":" + word(position.at("vout"))) + "<br>" +
                 markup(word(position.at("time")))) +
            cell(markup(who)) +
            number_cell(arrival.at("amount").is_null() ? ""
                                                       : word(arrival.at("amount").at("display"))) +
            number_cell(word(arrival.at("hops"))) + cell(verdict("verdict_at_payout")) +
            cell(verdict("verdict_at_arrival")) + "</tr>\n";
    }
    const std::size_t all = policy.at("reached").size();
    return "<h3>Under " + markup(word(policy.at("policy"))) + "</h3>\n<table>\n" + rows +
           "</table>\n" +
           (all > kArrivalsShown ? "<p>" + std::to_string(all - kArrivalsShown) +
                                       " more are in arrivals.csv and bundle.json.</p>\n"
                                 : "");
}

std::string ways(const Json& arrival) {
    const Json& amount = arrival.at("amount");
    const Json& carried = arrival.at("path").back().at("carried");
    if (amount == carried) return "";
    return "<p>" + markup(ways_words(word(amount.at("display")), word(carried.at("display")))) +
           "</p>\n";
}

std::string paths(const Json& policy) {
    std::string out;
    std::size_t shown = 0;
    for (const Json& arrival : policy.at("reached")) {
        if (++shown > kPathsShown) break;
        out += "<h3>Payout " + std::to_string(arrival.at("source").get<std::uint64_t>() + 1) +
               " to " + code(word(arrival.at("subject"))) + "</h3>\n" + ways(arrival) +
               "<table>\n" + header_row({"hop", "time", "carried", "to", "transaction", "block"});
        std::size_t hop = 0;
        for (const Json& step : arrival.at("path")) {
            const Json& position = step.at("position");
            out += "<tr>" + number_cell(std::to_string(++hop)) +
                   cell(markup(word(position.at("time")))) +
                   number_cell(
                       step.at("carried").is_null() ? "" : word(step.at("carried").at("display"))) +
                   cell(code(word(step.at("address")))) +
                   cell(code(word(position.at("txid")) + ":" + word(position.at("vout")))) +
                   number_cell(word(position.at("height"))) + "</tr>\n";
        }
        out += "</table>\n";
    }
    return out;
}

std::string grounds(const Json& result) {
    const Json& merges = result.at("grounds").at("merges");
    if (merges.empty())
        return "<p>No addresses had to be joined for this answer: payouts and target are named by "
               "themselves.</p>\n";
    std::string out =
        "<p>These merges join an address that paid with a subject, or an address "
        "reached with the target; the weakest first.</p>\n<table>\n" +
        header_row({"rule", "score", "transaction", "a", "b"});
    for (const Json& merge : merges)
        out += "<tr>" + cell(markup(word(merge.at("rule")))) +
               number_cell(word(merge.at("score"))) + cell(code(word(merge.at("txid")))) +
               cell(code(word(merge.at("a")))) + cell(code(word(merge.at("b")))) + "</tr>\n";
    return out + "</table>\n";
}

std::string alternatives(const Evidence& evidence, const Json& result) {
    std::string out = "<table>\n" + header_row({"what if", "reached, by policy", "the finding"});
    for (std::size_t i = 0; i < evidence.variations.size(); ++i) {
        const Json& one = result.at("alternatives").at(i);
        std::string reached;
        for (const Json& policy : one.at("policies"))
            reached += (reached.empty() ? "" : "; ") + word(policy.at("policy")) + ": " +
                       (policy.at("reached").is_null()
                            ? count(policy.at("arrivals").get<std::size_t>(), "arrival")
                            : word(policy.at("reached").at("display")));
        out += "<tr>" + cell(markup(word(one.at("words")))) + cell(markup(reached)) +
               cell(markup(reached_words(evidence.variations[i].traces))) + "</tr>\n";
    }
    return out + "</table>\n";
}

std::string error_cards(const Json& result) {
    std::string out;
    for (const Json& card : result.at("error_cards"))
        out += "<details><summary>" + markup(word(card.at("name"))) + ", " +
               code(word(card.at("sha256"))) + "</summary><pre>" + lines(card.at("card").dump(2)) +
               "</pre></details>\n";
    return out;
}

std::string transactions(const Json& result) {
    std::string out = "<table>\n" + header_row({"block", "place", "transaction", "why"});
    std::size_t shown = 0;
    for (const Json& tx : result.at("transactions")) {
        if (++shown > kTransactionsShown) break;
        out += "<tr>" + number_cell(word(tx.at("height"))) + number_cell(word(tx.at("index"))) +
               cell(code(word(tx.at("txid")))) + cell(markup(word(tx.at("role")))) + "</tr>\n";
    }
    return "<p>" + count(result.at("transactions").size(), "transaction") + " and " +
           count(result.at("headers").size(), "block header") +
           " are enclosed in bundle.json, with their Merkle branches.</p>\n" + out + "</table>\n";
}

std::string list_of(const std::vector<std::string>& items) {
    std::string out = "<ul>\n";
    for (const std::string& item : items) out += "<li>" + markup(item) + "</li>\n";
    return out + "</ul>\n";
}

}  // namespace

std::string evidence_html(const Json& bundle, const Evidence& evidence) {
    const Json& result = bundle.at("result");
    const Json& policies = result.at("answer").at("result").at("policies");
    std::string page =
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
        "content=\"width=device-width,initial-scale=1\"><title>Wagetrail "
        "evidence</title><style>" +
        std::string(kStyle) + "</style></head><body>\n<h1>Where the money went</h1>\n" +
        finding(evidence) + "<h2>What was asked, of what</h2>\n" + pins(bundle) +
        drawing(evidence) + "<h2>What " + reached_target_words(evidence.question.direction) +
        "</h2>\n";
    for (const Json& policy : policies) page += arrivals(policy);
    page += "<h2>By which way</h2>\n" + paths(policies.at(0));
    page += "<h2>What the answer stands on</h2>\n" + grounds(result) +
            "<h2>Other explanations, tested</h2>\n" + alternatives(evidence, result);
    std::vector<std::string> gaps;
    for (const CoverageGap& gap : evidence.question.gaps)
        gaps.push_back(gap.words + " (" + gap.code + ")");
    page += "<h2>What is not covered</h2>\n" +
            (gaps.empty() ? "<p>No gaps are known.</p>\n" : list_of(gaps));
    page += "<h2>Measured errors of the rules</h2>\n" + error_cards(result) +
            "<h2>Enclosed proofs</h2>\n" + transactions(result) +
            "<h2>How to check this without us</h2>\n<p><code>wagetrail-verify bundle.json --key "
            "KEY</code> recomputes hashes, Merkle branches, amounts, the arithmetic of the "
            "policies and the signature. It cannot check:</p>\n" +
            list_of(remaining_statements(evidence)) + "</body></html>\n";
    return page;
}

std::string arrivals_csv(const Evidence& evidence) {
    std::string out =
        "policy,source,subject,payout,payout_time,payout_units,arrival,arrival_time,address,"
        "listed_as,units,hops,verdict_at_payout,verdict_at_arrival\n";
    for (const PolicyTrace& traced : evidence.traces) {
        const Trace& trace = traced.trace;
        for (std::size_t i = 0; i < trace.reached.size(); ++i) {
            const Arrival& arrival = trace.reached[i];
            const Coin& payout = trace.payouts.at(arrival.source.value).coin;  // raw: index
            const JudgedArrival* const judged =
                traced.judgement ? &traced.judgement->arrivals.at(i) : nullptr;
            std::string who;
            if (judged != nullptr)
                for (const lists::Listing& listing : judged->listings)
                    who += (who.empty() ? "" : "; ") + listing.list + ": " + listing.entity;
            const auto point = [](const Coin& coin) {
                return text(coin.tx.txid) + ":" + text(coin.vout);
            };
            out +=
                std::string(name(trace.policy)) + "," + text(arrival.source) + "," +
                csv_cell(evidence.question.payouts.found
                             .at(arrival.source.value)  // raw: index
                             .subject) +
                "," + point(payout) + "," + text(payout.tx.time) + "," +
                std::to_string(payout.amount.units()) + "," + point(arrival.coin) + "," +
                text(arrival.coin.tx.time) + "," + csv_cell(text(arrival.coin.address)) + "," +
                csv_cell(who) + "," +
                (conserves(trace.policy) ? std::to_string(arrival.amount.units()) : "") + "," +
                std::to_string(arrival.hops) + "," +
                (judged == nullptr ? "" : std::string(lists::text(judged->at_payout.kind))) + "," +
                (judged == nullptr ? "" : std::string(lists::text(judged->at_arrival.kind))) + "\n";
        }
    }
    return out;
}

}  // namespace wagetrail::report
