#include "heuristics/question/trace_question.h"

#include "chain/descriptor.h"

#include "heuristics/question/entity_name.h"
#include "heuristics/question/named_payouts.h"
#include "heuristics/question/open_lists.h"
#include "heuristics/question/policy_words.h"
#include "heuristics/report/path_answer.h"
#include "heuristics/report/trace_coverage.h"

#include <algorithm>
#include <array>

namespace wagetrail::question {
namespace {

constexpr std::string_view kListPrefix = "list:";

/// The lists among the names of --from, each as one subject per address.
Expected<Payouts> of_lists(OpenTrace& trace, const SubjectScope& scope) {
    return payouts_of_each(*trace.open.view, *trace.clusters, trace.origin_lists->addresses(),
                           scope);
}

Expected<Payouts> gather(OpenTrace& trace,
                         const std::vector<std::string>& subjects,
                         const SubjectScope& scope) {
    const index::LedgerView& view = *trace.open.view;
    Clusters& clusters = *trace.clusters;
    std::vector<Payouts> parts;
    if (trace.origin_lists) parts.push_back(TRY(of_lists(trace, scope)));
    for (const std::string& subject : subjects) {
        if (subject.starts_with(kListPrefix)) continue;
        parts.push_back(TRY(named_payouts(view, clusters, trace.files, subject, scope)));
    }
    return joined(std::move(parts));
}

Expected<lists::ListView> load_lists(Home& home,
                                     const Pins& pins,
                                     const std::vector<std::string>& names,
                                     const OpenTrace& trace) {
    auto lists = TRY(open_lists(home, pins, trace.open, names));
    if (lists) return *std::move(lists);
    return fail(ErrorCode::not_found, "no list was imported into " + home.folder() +
                                          "; run wagetrail lists import FILE --name NAME first");
}

std::vector<std::string> lists_among(const std::vector<std::string>& subjects) {
    std::vector<std::string> names;
    for (const std::string& subject : subjects)
        if (subject.starts_with(kListPrefix)) names.push_back(subject.substr(kListPrefix.size()));
    return names;
}

/// The addresses with a label of the category on this ledger, those of the table of services among
/// them: whom it makes a walk end at, it can be asked about.
Expected<void> add_category(const OpenTrace& trace,
                            const std::string& word,
                            std::vector<Address>& addresses) {
    const labels::Category category = TRY(labels::category_named(word));
    const bool has_labels = trace.labels.view && !trace.labels.view->pins().empty();
    if (!has_labels && !trace.services.services)
        return fail(ErrorCode::not_found,
                    "no labels are at hand; run wagetrail labels import FILE first, or name a "
                    "table with --services");
    if (trace.services.services)
        for (Address& address : trace.services.services->addresses_of(category))
            addresses.push_back(std::move(address));
    if (!has_labels) return {};
    const std::array wanted{category};
    return trace.labels.view->each(wanted, [&](const labels::Label& label) -> Expected<void> {
        if (auto address = parse_address(trace.open.view->ledger(), label.address))
            addresses.push_back(*std::move(address));
        return {};
    });
}

Expected<void> open_goal(Home& home,
                         const Pins& pins,
                         const std::vector<std::string>& to,
                         OpenTrace& trace) {
    const index::LedgerView& view = *trace.open.view;
    const std::vector<std::string> names = lists_among(to);
    std::vector<Address> addresses;
    for (const std::string& target : to) {
        if (target.starts_with(kListPrefix)) continue;
        if (target.starts_with(kCategoryPrefix)) {
            TRY(add_category(trace, target.substr(kCategoryPrefix.size()), addresses));
            continue;
        }
        addresses.push_back(TRY(parse_address(view.ledger(), split_entity_name(target).address)));
    }
    if (!names.empty() && !addresses.empty())
        return fail(ErrorCode::invalid, "--to takes lists or addresses, not both at once");
    if (!names.empty()) {
        trace.goal.lists = TRY(load_lists(home, pins, names, trace));
        trace.goal.targets = TRY(Targets::listed(view, *trace.clusters, *trace.goal.lists));
    } else if (!addresses.empty()) {
        trace.goal.targets = TRY(Targets::of(view, *trace.clusters, trace.open.level, addresses));
    }
    return {};
}

Expected<WalkLimits> limits_of(const TraceOptions& options, LedgerId ledger) {
    WalkLimits limits;
    if (options.max_hops > 0) limits.max_hops = options.max_hops;
    if (options.max_transactions > 0) limits.transactions_max = options.max_transactions;
    if (!options.min_value.empty())
        limits.min_value = TRY(parse_decimal(options.min_value, params(ledger).decimals));
    return limits;
}

Expected<WayRank> rank_of(const PathsOptions& options) {
    const auto rank = parse_way_rank(options.rank);
    if (!rank)
        return fail(ErrorCode::invalid, "unknown --rank \"" + options.rank +
                                            "\"; the known ones are value, bottleneck, hops");
    if (options.trace.policies.size() != 1 || options.trace.policies.front() == "all")
        return fail(ErrorCode::invalid, "paths are ranked under one --policy");
    if (options.trace.policies.front() == name(Policy::poison) && *rank != WayRank::hops)
        return fail(ErrorCode::invalid,
                    "poison follows value without amounts, so its ways have no order by " +
                        options.rank + "; use --rank hops");
    return *rank;
}

}  // namespace

Expected<LedgerId> ledger_of(Home& home,
                             const Pins& pins,
                             const std::vector<std::string>& subjects,
                             const NamedFiles& files) {
    if (!pins.ledger.empty()) return parse_ledger(pins.ledger);
    const auto indexed = home.ledgers();
    for (const std::string& subject : subjects) {
        if (const auto named = split_entity_name(subject).ledger) return *named;
        if (files.has(subject) || looks_like_descriptor(subject)) continue;
        std::vector<LedgerId> fits;
        for (const Address& address : recognise_address(subject))
            if (std::find(indexed.begin(), indexed.end(), address.ledger) != indexed.end())
                fits.push_back(address.ledger);
        if (fits.size() == 1) return fits.front();
    }
    return choose_ledger(home, pins);
}

std::vector<OutId> OpenTrace::outputs() const {
    std::vector<OutId> all;
    for (const Payout& payout : question.payouts.found) all.push_back(payout.out);
    return all;
}

Expected<std::unique_ptr<OpenTrace>> open_trace(Home& home,
                                                const Pins& pins,
                                                const TraceOptions& options,
                                                NamedFiles files) {
    auto trace = std::make_unique<OpenTrace>();
    trace->files = std::move(files);
    trace->question.direction = options.backward ? Direction::backward : Direction::forward;
    trace->policies = TRY(policies_named(options.policies, trace->question.direction));
    trace->open =
        TRY(open_ledger(home, pins, TRY(ledger_of(home, pins, options.from, trace->files))));
    const index::LedgerView& view = *trace->open.view;
    trace->limits = TRY(limits_of(options, view.ledger()));
    trace->clusters = std::make_unique<Clusters>(view);
    const std::vector<std::string> origins = lists_among(options.from);
    if (!origins.empty()) trace->origin_lists = TRY(load_lists(home, pins, origins, *trace));
    const SubjectScope scope{.side = options.backward ? SubjectSide::received : SubjectSide::paid,
                             .level = trace->open.level,
                             .descriptor_range = options.gap};
    trace->question.ledger = view.ledger();
    trace->question.from = options.from;
    trace->question.to = options.to;
    trace->question.payouts = TRY(gather(*trace, options.from, scope));
    if (!options.no_labels) trace->labels = TRY(open_labels(home, pins));
    trace->services = TRY(load_services(view, *trace->clusters, trace->files, options.services));
    TRY(open_goal(home, pins, options.to, *trace));
    if (trace->labels.view) {
        if (!trace->services.services) trace->services.services.emplace(*trace->clusters);
        TRY(trace->services.services->add(view, *trace->labels.view));
        if (trace->services.services->empty()) trace->services.services.reset();
    }
    WalkContext context =
        walk_context(view, *trace->clusters, trace->goal.targets ? &*trace->goal.targets : nullptr,
                     trace->services.services ? &*trace->services.services : nullptr,
                     ServiceLimits{.cluster_addresses_max = options.busy_addresses,
                                   .address_transactions_max = options.busy_transactions});
    if (options.through_coinjoins) context.mixing = nullptr;
    trace->places.emplace(view, std::move(context));
    return trace;
}

Expected<std::vector<report::PolicyTrace>> follow(OpenTrace& trace,
                                                  const Following& following,
                                                  const std::stop_token& stop) {
    const index::LedgerView& view = *trace.open.view;
    const std::vector<OutId> outputs = trace.outputs();
    std::vector<report::PolicyTrace> traces;
    for (const Policy policy : trace.policies) {
        const WalkControl control{
            .stop = stop,
            .progress = [&](const WalkProgress& progress) { following.progress(policy, progress); },
            .keep_steps = following.keep_steps,
            .ways = following.ways};
        report::PolicyTrace traced{
            .trace = TRY(walk(*trace.places, outputs, {policy, trace.question.direction},
                              trace.limits, control))};
        if (trace.goal.lists)
            traced.judgement =
                TRY(judge(view, traced.trace, *trace.goal.lists, *trace.goal.targets));
        traces.push_back(std::move(traced));
    }
    trace.question.gaps =
        report::coverage_of(trace.question, traces,
                            {.block_time = trace.open.block_time,
                             .moment = trace.open.asked,
                             .lists = trace.goal.lists ? &*trace.goal.lists : nullptr,
                             .has_services = trace.services.services.has_value()});
    return traces;
}

Conclusion verdict_of(const report::TraceQuestion& question,
                      const std::vector<report::PolicyTrace>& traces) {
    if (report::reached_target(traces)) return Conclusion::found;
    return report::leaves_open(question.gaps, !question.to.empty()) ? Conclusion::open
                                                                    : Conclusion::settled;
}

report::Manifest manifest_of(const OpenTrace& trace, const TraceOptions& options) {
    report::Manifest manifest = trace.open.manifest();
    for (const auto* lists : {&trace.goal.lists, &trace.origin_lists})
        if (*lists) report::pin_lists(**lists, manifest);
    for (const Policy policy : trace.policies) manifest.policies.emplace_back(name(policy));
    manifest.limits = {{"max_hops", trace.limits.max_hops.value_or(0)},
                       {"min_value_units", trace.limits.min_value.units()},
                       {"transactions", trace.limits.transactions_max},
                       {"descriptor_gap", options.gap},
                       {"busy_transactions", options.busy_transactions},
                       {"busy_addresses", options.busy_addresses},
                       {"through_coinjoins", options.through_coinjoins ? 1 : 0},
                       {"without_labels", options.no_labels ? 1 : 0}};
    for (const report::CoverageGap& gap : trace.question.gaps)
        if (std::find(manifest.coverage.begin(), manifest.coverage.end(), gap.code) ==
            manifest.coverage.end())
            manifest.coverage.push_back(gap.code);
    for (const NamedFile& file : trace.files.files())
        if (file.name != options.services) manifest.files.push_back({file.name, file.sha256});
    manifest.services_sha256 = trace.services.sha256;
    if (trace.labels.view) report::pin_labels(*trace.labels.view, manifest);
    return manifest;
}

Expected<Answered> trace(Home& home,
                         const Pins& pins,
                         const TraceOptions& options,
                         const Following& following,
                         const std::stop_token& stop,
                         NamedFiles files) {
    const auto open = TRY(open_trace(home, pins, options, std::move(files)));
    const auto traces = TRY(follow(*open, following, stop));
    return Answered{report::trace_answer(manifest_of(*open, options), open->question, traces),
                    verdict_of(open->question, traces)};
}

Expected<bool> needs_walk(Home& home,
                          const Pins& pins,
                          const TraceOptions& options,
                          const NamedFiles& files) {
    TRY(known_moment(pins));
    return !TRY(open_trace(home, pins, options, files))->question.payouts.found.empty();
}

Expected<bool> needs_walk(Home& home,
                          const Pins& pins,
                          const PathsOptions& options,
                          const NamedFiles& files) {
    (void)TRY(rank_of(options));
    return needs_walk(home, pins, options.trace, files);
}

Expected<Answered> paths(Home& home,
                         const Pins& pins,
                         const PathsOptions& options,
                         const Following& following,
                         const std::stop_token& stop,
                         NamedFiles files) {
    const WayRank rank = TRY(rank_of(options));
    const auto open = TRY(open_trace(home, pins, options.trace, std::move(files)));
    Following ranked = following;
    ranked.ways = {.rank = rank, .kept = options.count};
    const auto traces = TRY(follow(*open, ranked, stop));
    const report::PathRequest request{
        .rank = rank, .count = options.count, .entities = options.entities};
    return Answered{TRY(report::path_answer(*open->open.view, *open->clusters,
                                            manifest_of(*open, options.trace), open->question,
                                            traces.front(), request)),
                    verdict_of(open->question, traces)};
}

}  // namespace wagetrail::question
