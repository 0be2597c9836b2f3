#include "heuristics/report/exposure_answer.h"

#include "cli/commands.h"
#include "cli/named_payouts.h"
#include "cli/open_lists.h"
#include "cli/prices_at_hand.h"
#include "cli/print.h"
#include "cli/tables.h"
#include "cli/trace_question.h"

#include <set>

namespace wagetrail::cli {
namespace {

/// What all subjects of one command share.
struct Known {
    OpenLedger open;
    std::unique_ptr<Clusters> clusters;
    std::optional<lists::ListView> lists;
    OpenLabels labels;
    NamedFiles files;
    LabelledServices services;
    PriceTable prices;
    std::optional<KnownPlaces> places;
    WalkContext context;
};

Expected<std::unique_ptr<Known>> open_known(const CommonOptions& common,
                                            const ExposureOptions& options,
                                            LedgerId ledger) {
    auto known = std::make_unique<Known>();
    known->open = TRY(open_ledger(common, ledger));
    const index::LedgerView& view = *known->open.view;
    known->clusters = std::make_unique<Clusters>(view);
    known->lists = TRY(open_lists(common, known->open, {}));
    known->labels = TRY(open_labels(common));
    known->services = TRY(load_services(view, *known->clusters, known->files, options.services));
    known->prices = TRY(prices_for(common, options.prices, ledger));
    known->places =
        TRY(KnownPlaces::of(view, *known->clusters, known->lists ? &*known->lists : nullptr,
                            known->labels.view ? &*known->labels.view : nullptr,
                            known->services.services ? &*known->services.services : nullptr));
    known->context = known->places->context(view, *known->clusters);
    return known;
}

constexpr std::uint64_t kAddressesMax = 2'000;  // of a subject's entity
constexpr std::size_t kOutputsMax = 2'000;      // of a side

struct Method {
    ExposureMethod walks;
    Amount dust_floor;
};

Expected<Method> method_of(const ExposureOptions& options, LedgerId ledger) {
    Method method;
    for (const std::string& word : options.policies) {
        const auto policy = parse_policy(word);
        if (!policy || !conserves(*policy) || !goes_backward(*policy))
            return fail(ErrorCode::invalid,
                        "exposure is counted under fifo, lifo or haircut, not \"" + word + "\"");
        method.walks.policies.push_back(*policy);
    }
    method.walks.limits.max_hops = options.max_hops;
    method.walks.limits.transactions_max = options.max_transactions;
    method.walks.limits.min_value = TRY(parse_decimal(options.min_value, params(ledger).decimals));
    method.dust_floor = TRY(parse_decimal(options.dust, params(ledger).decimals));
    return method;
}

void add_gap(std::vector<report::CoverageGap>& gaps, const char* code, std::string words) {
    for (const report::CoverageGap& gap : gaps)
        if (gap.code == code) return;
    gaps.push_back({code, std::move(words)});
}

Expected<report::ExposedSide> expose_side(Known& known,
                                          const Method& method,
                                          const std::string& subject,
                                          ExposureSide side,
                                          std::vector<report::CoverageGap>& gaps,
                                          const std::stop_token& stop) {
    const SubjectScope scope{
        .side = side == ExposureSide::source ? SubjectSide::received : SubjectSide::paid,
        .level = known.open.level,
        .addresses_max = kAddressesMax,
        .payouts_max = kOutputsMax,
        .newest_suffice = true,
        .smallest = method.dust_floor};
    const index::LedgerView& view = *known.open.view;
    report::ExposedSide exposed{
        .payouts = TRY(named_payouts(view, *known.clusters, known.files, subject, scope)),
        .exposure = {}};
    FollowedSide followed = TRY(follow_side(view, *known.places, known.context,
                                            exposed.payouts.found, side, method.walks, stop));
    exposed.exposure = std::move(followed.exposure);
    if (exposed.payouts.truncated)
        add_gap(gaps, "SUBJECT_TRUNCATED",
                "only its newest " + std::to_string(kOutputsMax) +
                    " receipts and payments were followed");
    if (exposed.payouts.entity_left_out)
        add_gap(gaps, "ENTITY_TOO_LARGE",
                "its entity has more than " + std::to_string(kAddressesMax) +
                    " addresses: only the address itself was followed");
    if (followed.floor_raised) add_gap(gaps, "VALUE_FLOOR_RAISED", "the work budget was reached");
    if (followed.limits_reached)
        add_gap(gaps, "LIMITS_REACHED", "value stands where the limits end the walk");
    return exposed;
}

report::Manifest manifest_of(const Known& known, const Method& method) {
    report::Manifest manifest = known.open.manifest();
    if (known.lists) report::pin_lists(*known.lists, manifest);
    if (known.labels.view) report::pin_labels(*known.labels.view, manifest);
    manifest.services_sha256 = known.services.sha256;
    manifest.prices = pin_of(known.prices);
    for (const Policy policy : method.walks.policies) manifest.policies.emplace_back(name(policy));
    manifest.limits = {{"max_hops", method.walks.limits.max_hops.value_or(0)},
                       {"min_value_units", method.walks.limits.min_value.units()},
                       {"transactions", method.walks.limits.transactions_max},
                       {"dust_units", method.dust_floor.units()}};
    return manifest;
}

/// Where a price is missing, the dollars of its row are.
void add_price_gaps(report::ExposureQuestion& question, const prices::PriceSeries& prices) {
    std::set<std::string> days;
    for (const auto* side : {&question.source, &question.destination}) {
        if (!*side) continue;
        for (const ExposureRow& row : (*side)->exposure.rows)
            for (const ExposureEnding& ending : row.endings)
                if (!prices.micros_at(ending.coin.tx.time))
                    days.insert(date_text(ending.coin.tx.time));
    }
    if (days.empty()) return;
    add_gap(question.gaps, "PRICE_GAPS",
            "the prices lack " + std::to_string(days.size()) + " days that value moved on, from " +
                *days.begin() + " to " + *days.rbegin() + ": the dollars of those rows are not " +
                "known");
}

Outcome expose(const CommonOptions& common,
               const ExposureOptions& options,
               Known& known,
               const Method& method,
               const std::string& subject,
               const std::stop_token& stop) {
    report::ExposureQuestion question{.ledger = known.open.view->ledger(),
                                      .subject = subject,
                                      .on_chain = true,
                                      .source = {},
                                      .destination = {},
                                      .gaps = {},
                                      .dust_floor = method.dust_floor,
                                      .details = options.details};
    const bool blind = known.places->empty();
    if (blind) add_gap(question.gaps, "NOBODY_KNOWN", "no list and no label names anybody here");
    for (const auto side : {ExposureSide::source, ExposureSide::destination}) {
        if (blind || !question.on_chain) break;
        auto exposed = expose_side(known, method, subject, side, question.gaps, stop);
        if (!exposed && exposed.error().code == ErrorCode::not_found) question.on_chain = false;
        if (!exposed && exposed.error().code != ErrorCode::not_found)
            return std::unexpected(std::move(exposed).error());
        if (exposed)
            (side == ExposureSide::source ? question.source : question.destination) =
                *std::move(exposed);
    }
    if (!question.on_chain) question.source.reset();
    if (known.prices.prices == std::nullopt)
        add_gap(question.gaps, "NO_PRICES",
                "no prices (wagetrail prices import, or --prices): amounts in dollars are not "
                "known");
    else
        add_price_gaps(question, *known.prices.prices);
    report::Manifest manifest = manifest_of(known, method);
    for (const report::CoverageGap& gap : question.gaps) manifest.coverage.push_back(gap.code);
    TRY(print(common, report::exposure_answer(manifest, question,
                                              known.prices.prices ? &*known.prices.prices : nullptr,
                                              known.lists ? &*known.lists : nullptr)));
    if (report::is_alarming(question)) return ExitCode::found;
    return blind || !question.on_chain ? ExitCode::unknown : ExitCode::done;
}

Expected<std::vector<std::string>> subjects_of(const ExposureOptions& options) {
    std::vector<std::string> subjects = options.subjects;
    if (!options.file.empty()) {
        const std::string text = TRY(table_text(options.file));
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            std::string line = text.substr(at, end - at);
            if (line.ends_with('\r')) line.pop_back();
            if (!line.empty()) subjects.push_back(std::move(line));
            at = end + 1;
        }
    }
    if (subjects.empty())
        return fail(ErrorCode::invalid, "name a subject, or a --file with one on each line");
    return subjects;
}

}  // namespace

/// Of a batch, found goes before whatever came first; a subject that is none is answered as such.
Outcome run(const CommonOptions& common, const ExposureOptions& options, std::stop_token stop) {
    const std::vector<std::string> subjects = TRY(subjects_of(options));
    const LedgerId ledger = TRY(ledger_of(common, subjects, {}));
    const auto known = TRY(open_known(common, options, ledger));
    const Method method = TRY(method_of(options, ledger));
    if (subjects.size() == 1)
        return expose(common, options, *known, method, subjects.front(), stop);
    ExitCode worst = ExitCode::done;
    for (const std::string& subject : subjects) {
        Outcome outcome = expose(common, options, *known, method, subject, stop);
        const bool is_wrong = !outcome && outcome.error().code == ErrorCode::invalid;
        if (!outcome && !is_wrong) return outcome;
        if (is_wrong) TRY(print(common, report::refused_subject(subject, outcome.error())));
        const ExitCode code = is_wrong ? ExitCode::usage : *outcome;
        if (code == ExitCode::found || worst == ExitCode::done) worst = code;
    }
    return worst;
}

}  // namespace wagetrail::cli
