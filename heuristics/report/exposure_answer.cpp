#include "heuristics/report/exposure_answer.h"

#include "heuristics/report/dollars.h"
#include "heuristics/report/table.h"
#include "heuristics/report/trace_json.h"

#include <algorithm>
#include <map>

namespace wagetrail::report {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::uint64_t kMillionth = 1'000'000;

/// "12.345678": a percentage with six digits, truncated. Empty of nothing.
std::string percent(Amount part, Amount whole) {
    if (whole.is_zero()) return {};
    const auto millionths =
        static_cast<std::uint64_t>(Wide{part.units()} * 100 * kMillionth / whole.units());
    std::string fraction = std::to_string(millionths % kMillionth);
    fraction.insert(0, 6 - fraction.size(), '0');
    return std::to_string(millionths / kMillionth) + "." + fraction;
}

/// Some endings of a row: all of them, or those at one distance.
class Figures {
  public:
    Figures(LedgerId ledger, const SideExposure& side, const prices::PriceSeries* prices)
        : ledger_(ledger),
          side_(side),
          prices_(prices),
          amounts_(side.policies.size()),
          micros_(side.policies.size()) {}

    void add(const ExposureEnding& ending) {
        const auto price =
            prices_ == nullptr ? std::nullopt : prices_->micros_at(ending.coin.tx.time);
        priced_ = priced_ && price.has_value();
        for (std::size_t i = 0; i < amounts_.size(); ++i) {
            amounts_[i] += ending.amounts[i];
            if (price) micros_[i] += UnitMicros{ending.amounts[i].units()} * *price;
        }
    }
    [[nodiscard]] Amount min() const { return *std::min_element(amounts_.begin(), amounts_.end()); }
    [[nodiscard]] Amount max() const { return *std::max_element(amounts_.begin(), amounts_.end()); }
    /// Of the policy with the most; empty when a price is missing.
    [[nodiscard]] std::string usd_max() const {
        if (prices_ == nullptr || !priced_) return {};
        const auto most = std::max_element(micros_.begin(), micros_.end());
        return usd(static_cast<std::size_t>(most - micros_.begin()));
    }

    [[nodiscard]] Json json() const {
        Json by_policy = Json::object();
        for (std::size_t i = 0; i < amounts_.size(); ++i)
            by_policy[std::string(name(side_.policies[i]))] = {
                {"amount", amount_json(ledger_, amounts_[i])},
                {"usd", priced_ ? Json(usd(i)) : Json()},
                {"percent", percent(amounts_[i], side_.total)}};
        return {{"min", amount_json(ledger_, min())},
                {"max", amount_json(ledger_, max())},
                {"survives_all", !min().is_zero()},
                {"policies", std::move(by_policy)}};
    }

  private:
    /// Truncated once, after adding up.
    [[nodiscard]] std::string usd(std::size_t policy) const {
        return decimal_text(Amount(dollar_cents(ledger_, micros_[policy])), 2);
    }

    LedgerId ledger_;
    const SideExposure& side_;
    const prices::PriceSeries* prices_;
    std::vector<Amount> amounts_;
    std::vector<UnitMicros> micros_;  // of dollars, times units per coin
    bool priced_ = true;
};

template <class Test>
Figures figures(const ExposureQuestion& question,
                const SideExposure& side,
                const ExposureRow& row,
                const prices::PriceSeries* prices,
                const Test& test) {
    Figures all(question.ledger, side, prices);
    for (const ExposureEnding& ending : row.endings)
        if (test(ending)) all.add(ending);
    return all;
}

bool any(const ExposureEnding& /*ending*/) {
    return true;
}
bool is_direct(const ExposureEnding& ending) {
    return ending.hops <= 1;
}
bool is_indirect(const ExposureEnding& ending) {
    return !is_direct(ending);
}

/// By the verdict about the listed party at the time of each ending.
Json verdicts_json(const ExposureQuestion& question,
                   const SideExposure& side,
                   const ExposureRow& row,
                   const lists::ListView* lists) {
    if (lists == nullptr || !row.place.listed) return nullptr;
    std::map<lists::VerdictKind, Figures> by_verdict;
    for (const ExposureEnding& ending : row.endings) {
        const auto verdict = lists->verdict_of(*row.place.listed, ending.coin.tx.time).kind;
        by_verdict.try_emplace(verdict, question.ledger, side, nullptr).first->second.add(ending);
    }
    Json all = Json::object();
    for (const auto& [verdict, amounts] : by_verdict)
        all[std::string(lists::text(verdict))] = {
            {"min", amount_json(question.ledger, amounts.min())},
            {"max", amount_json(question.ledger, amounts.max())}};
    return all;
}

Json endings_json(LedgerId ledger, const SideExposure& side, const ExposureRow& row) {
    Json all = Json::array();
    for (const ExposureEnding& ending : row.endings) {
        Json amounts = Json::object();
        for (std::size_t i = 0; i < side.policies.size(); ++i)
            amounts[std::string(name(side.policies[i]))] = amount_json(ledger, ending.amounts[i]);
        Json one = path_coin_json(ending.coin);
        one["hops"] = ending.hops;
        one["shares"] = std::move(amounts);
        all.push_back(std::move(one));
    }
    return all;
}

Json by_policy_json(LedgerId ledger, const SideExposure& side, const std::vector<Amount>& amounts) {
    Json json = Json::object();
    for (std::size_t i = 0; i < side.policies.size(); ++i)
        json[std::string(name(side.policies[i]))] = amount_json(ledger, amounts[i]);
    return json;
}

Json side_json(const ExposureQuestion& question,
               const std::optional<ExposedSide>& exposed,
               const prices::PriceSeries* prices,
               const lists::ListView* lists) {
    if (!exposed) return nullptr;
    const SideExposure& side = exposed->exposure;
    const LedgerId ledger = question.ledger;
    Json rows = Json::array();
    for (const ExposureRow& row : side.rows) {
        Json json = figures(question, side, row, prices, any).json();
        json["category"] = labels::name(row.place.category);
        json["category_id"] = static_cast<unsigned>(row.place.category);
        json["name"] = row.place.name;
        json["direct"] = figures(question, side, row, prices, is_direct).json();
        json["indirect"] = figures(question, side, row, prices, is_indirect).json();
        json["least_hops"] = row.least_hops();
        json["verdicts"] = verdicts_json(question, side, row, lists);
        if (question.details) json["endings"] = endings_json(ledger, side, row);
        rows.push_back(std::move(json));
    }
    Json elsewhere = Json::object();
    for (const auto& [reason, amounts] : side.elsewhere)
        elsewhere[std::string(name(reason))] = by_policy_json(ledger, side, amounts);
    return {{"total", amount_json(ledger, side.total)},
            {"outputs", exposed->payouts.found.size()},
            {"rows", std::move(rows)},
            {"nobody_known", std::move(elsewhere)},
            {"fees", by_policy_json(ledger, side, side.fees)},
            {"dust",
             {{"outputs", exposed->payouts.small},
              {"amount", amount_json(ledger, exposed->payouts.small_amount)},
              {"below", amount_json(ledger, question.dust_floor)}}},
            {"coinjoins_left_out", exposed->payouts.coinjoins.size()}};
}

Json subject_json(const std::optional<KnownSubject>& known) {
    if (!known) return nullptr;
    return {{"category", labels::name(known->place.category)},
            {"category_id", static_cast<unsigned>(known->place.category)},
            {"name", known->place.name},
            {"listed", known->place.listed ? Json(text(*known->place.listed)) : Json()},
            {"verdict", known->verdict ? Json(lists::text(known->verdict->kind)) : Json()}};
}

std::string subject_text(const std::optional<KnownSubject>& known) {
    if (!known) return {};
    return "it is " + std::string(labels::name(known->place.category)) + ": " +
           printable(known->place.name) +
           (known->verdict ? ", " + std::string(lists::text(known->verdict->kind)) : "") + "\n";
}

std::string side_text(const ExposureQuestion& question,
                      ExposureSide which,
                      const std::optional<ExposedSide>& exposed,
                      const prices::PriceSeries* prices) {
    std::string words(name(which));
    if (!exposed) return words + ": not known\n";
    const SideExposure& side = exposed->exposure;
    const LedgerId ledger = question.ledger;
    words += ": " + display(ledger, side.total) + " in " +
             std::to_string(exposed->payouts.found.size()) + " outputs\n";
    Table table(
        {"  category", "name", "least", "most", "share at most", "of it direct", "hops", "dollars"},
        {Align::left, Align::left, Align::right, Align::right, Align::right, Align::right,
         Align::right, Align::right});
    for (const ExposureRow& row : side.rows) {
        const Figures all = figures(question, side, row, prices, any);
        const Figures direct = figures(question, side, row, prices, is_direct);
        table.row({"  " + std::string(labels::name(row.place.category)), row.place.name,
                   display(ledger, all.min()), display(ledger, all.max()),
                   percent(all.max(), side.total) + " %", display(ledger, direct.max()),
                   std::to_string(row.least_hops()), all.usd_max()});
    }
    for (const auto& [reason, amounts] : side.elsewhere) {
        const auto [min, max] = std::minmax_element(amounts.begin(), amounts.end());
        table.row({"  (nobody known)", std::string(name(reason)), display(ledger, *min),
                   display(ledger, *max), percent(*max, side.total) + " %"});
    }
    words += table.text();
    if (exposed->payouts.small > 0)
        words += "  dust: " + std::to_string(exposed->payouts.small) + " outputs below " +
                 display(ledger, question.dust_floor) + " left aside\n";
    return words;
}

}  // namespace

Answer exposure_answer(const Manifest& manifest,
                       const ExposureQuestion& question,
                       const prices::PriceSeries* prices,
                       const lists::ListView* lists) {
    Json result = {{"subject", question.subject},
                   {"subject_is", subject_json(question.known)},
                   {"ledger", params(question.ledger).name},
                   {"on_chain", question.on_chain},
                   {"details", question.details},
                   {"source", side_json(question, question.source, prices, lists)},
                   {"destination", side_json(question, question.destination, prices, lists)}};
    std::string words = "exposure of " + printable(question.subject) + " on " +
                        std::string(params(question.ledger).name) + "\n";
    words += subject_text(question.known);
    if (!question.on_chain)
        words += "never seen on chain\n";
    else
        words += side_text(question, ExposureSide::source, question.source, prices) +
                 side_text(question, ExposureSide::destination, question.destination, prices);
    for (const CoverageGap& gap : question.gaps)
        words += "not covered: " + printable(gap.words) + " (" + gap.code + ")\n";
    return {sealed(manifest, std::move(result)), words + "\n"};
}

Answer refused_subject(const std::string& subject,
                       const Error& error,
                       std::optional<std::uint64_t> line) {
    constexpr std::size_t kShown = 300;  // a line may be as long as its file
    Json json = {{"subject", subject},
                 {"error",
                  {{"code", "bad_subject"},
                   {"message", error.what},
                   {"hint", "the other subjects are answered; ask for this one again"}}}};
    if (line) json["line"] = *line;
    const auto shown = [](const std::string& words) {
        const std::string safe = printable(words);
        return safe.size() <= kShown ? safe : safe.substr(0, kShown) + "...";
    };
    return {canonical(json),
            (line ? "line " + std::to_string(*line) + ": " : shown(subject) + ": ") +
                shown(error.what) + "\n"};
}

bool is_alarming(const ExposureQuestion& question) {
    if (question.known && question.known->place.category >= labels::Category::sanction &&
        (!question.known->verdict || lists::is_listed(question.known->verdict->kind)))
        return true;
    for (const auto* side : {&question.source, &question.destination}) {
        if (!*side) continue;
        for (const ExposureRow& row : (*side)->exposure.rows)
            if (row.place.category >= labels::Category::sanction) return true;
    }
    return false;
}

}  // namespace wagetrail::report
