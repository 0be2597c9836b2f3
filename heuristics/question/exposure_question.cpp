#include "heuristics/question/exposure_question.h"

#include "heuristics/question/entity_name.h"
#include "heuristics/question/named_payouts.h"
#include "heuristics/question/open_lists.h"
#include "heuristics/question/policy_words.h"
#include "heuristics/question/prices_at_hand.h"
#include "heuristics/question/tables.h"
#include "heuristics/report/exposure_answer.h"
#include "heuristics/report/trace_coverage.h"

#include <algorithm>
#include <set>

namespace wagetrail::question {
namespace {

constexpr std::uint64_t kAddressesMax = 2'000;  // of a subject's entity
constexpr std::size_t kOutputsMax = 2'000;      // of a side

struct Method {
    ExposureMethod walks;
    Amount dust_floor;
};

Expected<Method> method_of(const ExposureOptions& options, LedgerId ledger) {
    TRY(check_each_once(options.policies));
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

}  // namespace

struct ExposureGround {
    OpenLedger open;
    std::unique_ptr<Clusters> clusters;
    std::optional<lists::ListView> lists;
    OpenLabels labels;
    NamedFiles files;
    LabelledServices services;
    PriceTable prices;
    std::optional<KnownPlaces> places;
    std::optional<Places> walked;
    Method method;
    bool details = false;
};

namespace {

void add_gap(std::vector<report::CoverageGap>& gaps, report::CoverageGap gap) {
    for (const report::CoverageGap& one : gaps)
        if (one.code == gap.code) return;
    gaps.push_back(std::move(gap));
}

Expected<Payouts> payouts_on(ExposureGround& ground,
                             const std::string& subject,
                             ExposureSide side) {
    const SubjectScope scope{
        .side = side == ExposureSide::source ? SubjectSide::received : SubjectSide::paid,
        .level = ground.open.level,
        .addresses_max = kAddressesMax,
        .payouts_max = kOutputsMax,
        .newest_suffice = true,
        .smallest = ground.method.dust_floor};
    return named_payouts(*ground.open.view, *ground.clusters, ground.files, subject, scope);
}

/// Both sides may be cut, each elsewhere.
void add_newest_gap(const Payouts& payouts,
                    ExposureSide side,
                    std::vector<report::CoverageGap>& gaps) {
    report::CoverageGap gap = report::gap_of_newest(
        payouts, side == ExposureSide::source ? SubjectSide::received : SubjectSide::paid);
    const auto before = std::ranges::find(gaps, gap.code, &report::CoverageGap::code);
    if (before == gaps.end())
        gaps.push_back(std::move(gap));
    else
        before->words += "; " + gap.words;
}

void add_payout_gaps(const Payouts& payouts,
                     ExposureSide side,
                     std::vector<report::CoverageGap>& gaps) {
    if (payouts.truncated) add_newest_gap(payouts, side, gaps);
    if (payouts.entity_left_out) add_gap(gaps, report::gap_of_entity(payouts));
    if (payouts.missing.empty()) return;
    add_gap(gaps, report::gap_of_missing(payouts.missing.size()));
    if (payouts.found.empty()) add_gap(gaps, report::gap_of_nothing());
}

Expected<report::ExposedSide> expose_side(ExposureGround& ground,
                                          Payouts payouts,
                                          ExposureSide side,
                                          std::vector<report::CoverageGap>& gaps,
                                          const std::stop_token& stop) {
    report::ExposedSide exposed{.payouts = std::move(payouts), .exposure = {}};
    FollowedSide followed = TRY(follow_side(*ground.walked, *ground.places, exposed.payouts.found,
                                            side, ground.method.walks, stop));
    exposed.exposure = std::move(followed.exposure);
    if (followed.floor_raised) add_gap(gaps, report::gap_of_budget());
    if (followed.limits_reached) add_gap(gaps, report::gap_of_limits());
    return exposed;
}

/// Of an address or an entity; nullopt for any other subject.
Expected<std::optional<report::KnownSubject>> known_subject(ExposureGround& ground,
                                                            const std::string& subject) {
    const LedgerId here = ground.open.view->ledger();
    const EntityName named = split_entity_name(subject);
    const auto address = parse_address(here, named.address);
    if (!address || named.ledger.value_or(here) != here)
        return std::optional<report::KnownSubject>();
    const KnownPlace* const place = TRY(ground.places->find(*ground.open.view, *address));
    if (place == nullptr) return std::optional<report::KnownSubject>();
    report::KnownSubject known{.place = *place, .verdict = {}};
    if (place->listed && ground.lists)
        known.verdict = ground.lists->verdict_of(*place->listed, ground.lists->pins().as_of);
    return std::optional(std::move(known));
}

bool has_services(const ExposureGround& ground) {
    return ground.services.services.has_value() ||
           (ground.labels.view && !ground.labels.view->pins().empty());
}

report::Manifest manifest_of(const ExposureGround& ground) {
    report::Manifest manifest = ground.open.manifest();
    if (ground.lists) report::pin_lists(*ground.lists, manifest);
    if (ground.labels.view) report::pin_labels(*ground.labels.view, manifest);
    manifest.services_sha256 = ground.services.sha256;
    pin_prices(ground.prices, manifest);
    for (const Policy policy : ground.method.walks.policies)
        manifest.policies.emplace_back(name(policy));
    manifest.limits = {{"max_hops", ground.method.walks.limits.max_hops.value_or(0)},
                       {"min_value_units", ground.method.walks.limits.min_value.units()},
                       {"transactions", ground.method.walks.limits.transactions_max},
                       {"dust_units", ground.method.dust_floor.units()}};
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
    add_gap(question.gaps,
            {"PRICE_GAPS", "the prices lack " + std::to_string(days.size()) +
                               " days that value moved on, from " + *days.begin() + " to " +
                               *days.rbegin() + ": the dollars of those rows are not " + "known"});
}

}  // namespace

ExposureDesk::ExposureDesk(std::unique_ptr<ExposureGround> ground) : ground_(std::move(ground)) {}
ExposureDesk::ExposureDesk(ExposureDesk&&) noexcept = default;
ExposureDesk& ExposureDesk::operator=(ExposureDesk&&) noexcept = default;
ExposureDesk::~ExposureDesk() = default;

Expected<ExposureDesk> ExposureDesk::open(Home& home,
                                          const Pins& pins,
                                          LedgerId ledger,
                                          const ExposureOptions& options,
                                          NamedFiles files) {
    auto ground = std::make_unique<ExposureGround>();
    ground->method = TRY(method_of(options, ledger));
    ground->details = options.details;
    ground->files = std::move(files);
    ground->open = TRY(open_ledger(home, pins, ledger));
    const index::LedgerView& view = *ground->open.view;
    ground->clusters = std::make_unique<Clusters>(view);
    ground->lists = TRY(open_lists(home, pins, ground->open, {}));
    ground->labels = TRY(open_labels(home, pins));
    ground->services = TRY(load_services(view, *ground->clusters, ground->files, options.services));
    ground->prices = TRY(prices_for(home, pins, options.prices, ledger));
    ground->places =
        TRY(KnownPlaces::of(view, *ground->clusters, ground->lists ? &*ground->lists : nullptr,
                            ground->labels.view ? &*ground->labels.view : nullptr,
                            ground->services.services ? &*ground->services.services : nullptr));
    ground->walked.emplace(view, ground->places->context(view, *ground->clusters));
    return ExposureDesk(std::move(ground));
}

Expected<Answered> ExposureDesk::ask(const std::string& subject, const std::stop_token& stop) {
    ExposureGround& ground = *ground_;
    report::ExposureQuestion question{.ledger = ground.open.view->ledger(),
                                      .subject = subject,
                                      .on_chain = true,
                                      .source = {},
                                      .destination = {},
                                      .gaps = {},
                                      .dust_floor = ground.method.dust_floor,
                                      .details = ground.details};
    question.known = TRY(known_subject(ground, subject));
    const bool blind = ground.places->empty();
    if (blind) add_gap(question.gaps, {"NOBODY_KNOWN", "no list and no label names anybody here"});
    for (const auto side : {ExposureSide::source, ExposureSide::destination}) {
        auto payouts = payouts_on(ground, subject, side);
        if (!payouts && payouts.error().code == ErrorCode::not_found) {
            question.on_chain = false;
            break;
        }
        if (!payouts) return std::unexpected(std::move(payouts).error());
        add_payout_gaps(*payouts, side, question.gaps);
        if (blind) continue;
        (side == ExposureSide::source ? question.source : question.destination) =
            TRY(expose_side(ground, *std::move(payouts), side, question.gaps, stop));
    }
    if (!question.on_chain) question.source.reset();
    for (report::CoverageGap& gap :
         report::age_gaps({.block_time = ground.open.block_time,
                           .moment = ground.open.asked,
                           .lists = ground.lists ? &*ground.lists : nullptr}))
        question.gaps.push_back(std::move(gap));
    if (!blind && !has_services(ground))
        add_gap(question.gaps,
                {"NO_SERVICES",
                 "no services are labelled (--services, labels): money may have been followed "
                 "through an exchange to strangers"});
    if (ground.prices.prices == std::nullopt)
        add_gap(question.gaps,
                {"NO_PRICES",
                 "no prices (wagetrail prices import, or --prices): amounts in dollars are not "
                 "known"});
    else
        add_price_gaps(question, *ground.prices.prices);
    report::Manifest manifest = manifest_of(ground);
    for (const NamedFile& table : ground.files.files())
        if (table.name == subject) manifest.files.push_back({table.name, table.sha256});
    for (const report::CoverageGap& gap : question.gaps) manifest.coverage.push_back(gap.code);
    Answered answered{report::exposure_answer(
        manifest, question, ground.prices.prices ? &*ground.prices.prices : nullptr,
        ground.lists ? &*ground.lists : nullptr)};
    if (report::is_alarming(question))
        answered.conclusion = Conclusion::found;
    else if (!question.on_chain || report::leaves_open(question.gaps, true))
        answered.conclusion = Conclusion::open;
    return answered;
}

}  // namespace wagetrail::question
