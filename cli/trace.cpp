#include "chain/descriptor.h"

#include "heuristics/report/trace_coverage.h"
#include "heuristics/trace/context.h"

#include "cli/commands.h"
#include "cli/print.h"
#include "cli/session.h"
#include "cli/tables.h"

#include <filesystem>

namespace wagetrail::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kListPrefix = "list:";

bool is_file(const std::string& subject) {
    std::error_code ignored;
    return fs::is_regular_file(subject, ignored);
}

bool looks_like_file(const std::string& subject) {
    if (looks_like_descriptor(subject)) return false;  // its paths have slashes too
    return subject.ends_with(".csv") || subject.find('/') != std::string::npos;
}

/// The ledger a trace is on: --ledger, what the first subject says, or the only one there is.
Expected<LedgerId> ledger_of(const CommonOptions& common,
                             const std::vector<std::string>& subjects) {
    if (!common.ledger.empty()) return parse_ledger(common.ledger);
    for (const std::string& subject : subjects) {
        if (const auto colon = subject.find(':'); colon != std::string::npos)
            if (const auto named = parse_ledger(subject.substr(0, colon))) return *named;
        if (is_file(subject) || looks_like_descriptor(subject)) continue;
        const auto indexed = indexed_ledgers(common.home);
        std::vector<LedgerId> fits;
        for (const Address& address : recognise_address(subject))
            if (std::find(indexed.begin(), indexed.end(), address.ledger) != indexed.end())
                fits.push_back(address.ledger);
        if (fits.size() == 1) return fits.front();
    }
    return choose_ledger(common);
}

Expected<Payouts> gather(const index::LedgerView& view,
                         Clusters& clusters,
                         const std::vector<std::string>& subjects,
                         const SubjectScope& scope) {
    std::vector<Payouts> parts;
    for (const std::string& subject : subjects) {
        if (!is_file(subject)) {
            if (looks_like_file(subject))
                return fail(ErrorCode::invalid, "there is no file " + subject);
            parts.push_back(TRY(payouts_of(view, clusters, subject, scope)));
            continue;
        }
        auto table = payouts_of_table(view, clusters, TRY(table_text(subject)), scope);
        if (!table) return with_context(std::move(table).error(), subject);
        parts.push_back(*std::move(table));
    }
    return joined(std::move(parts));
}

/// What --to names: lists, or addresses with the entities around them.
struct Goal {
    std::optional<lists::ListView> lists;
    std::optional<Targets> targets;
    std::optional<Time> known_at;
};

Expected<lists::ListView> load_lists(const CommonOptions& common,
                                     const OpenLedger& open,
                                     const std::vector<std::string>& names,
                                     std::optional<Time>& known_at) {
    const auto registry = TRY(open_registry(common));
    if (!registry)
        return fail(ErrorCode::not_found,
                    "no list was imported into " + common.home +
                        "; run wagetrail lists import FILE --name NAME first");
    Time as_of = open.moment;
    Time known = common.known_at.empty() ? Time{} : TRY(parse_moment(common.known_at));
    for (const lists::Snapshot& snapshot : TRY(registry->snapshots())) {
        // Other lists must not change the answer.
        if (std::find(names.begin(), names.end(), snapshot.list) == names.end()) continue;
        // Without pins everything at hand counts, also what came out after the last block.
        if (common.as_of.empty()) as_of = std::max(as_of, snapshot.published);
        if (common.known_at.empty()) known = std::max(known, snapshot.known_from);
    }
    known_at = known;
    return lists::ListView::load(
        *registry,
        {.ledger = open.view->ledger(), .lists = names, .as_of = as_of, .known_at = known});
}

Expected<Goal> goal_of(const CommonOptions& common,
                       const OpenLedger& open,
                       Clusters& clusters,
                       const std::vector<std::string>& to) {
    Goal goal;
    std::vector<std::string> names;
    std::vector<Address> addresses;
    for (const std::string& target : to) {
        const auto colon = target.find(':');
        if (target.starts_with(kListPrefix))
            names.push_back(target.substr(kListPrefix.size()));
        else if (colon != std::string::npos && parse_ledger(target.substr(0, colon)))
            addresses.push_back(TRY(parse_address(open.view->ledger(), target.substr(colon + 1))));
        else
            addresses.push_back(TRY(parse_address(open.view->ledger(), target)));
    }
    if (!names.empty() && !addresses.empty())
        return fail(ErrorCode::invalid, "--to takes lists or addresses, not both at once");
    if (!names.empty()) {
        goal.lists = TRY(load_lists(common, open, names, goal.known_at));
        goal.targets = TRY(Targets::listed(*open.view, clusters, *goal.lists));
    } else if (!addresses.empty()) {
        goal.targets = TRY(Targets::of(*open.view, clusters, open.level, addresses));
    }
    return goal;
}

Expected<std::vector<Policy>> policies_of(const std::vector<std::string>& words) {
    std::vector<Policy> policies;
    for (const std::string& word : words) {
        if (word == "all") return std::vector<Policy>(all_policies().begin(), all_policies().end());
        const auto policy = parse_policy(word);
        if (!policy)
            return fail(ErrorCode::invalid, "unknown policy \"" + word + "\"; the known ones are " +
                                                policy_names() + ", all");
        if (std::find(policies.begin(), policies.end(), *policy) == policies.end())
            policies.push_back(*policy);
    }
    return policies;
}

Expected<WalkLimits> limits_of(const TraceOptions& options, LedgerId ledger) {
    WalkLimits limits;
    if (options.max_hops > 0) limits.max_hops = options.max_hops;
    if (options.max_transactions > 0) limits.transactions_max = options.max_transactions;
    if (!options.min_value.empty())
        limits.min_value = TRY(parse_decimal(options.min_value, params(ledger).decimals));
    return limits;
}

report::Manifest manifest_of(const OpenLedger& open,
                             const Goal& goal,
                             const WalkLimits& limits,
                             const TraceOptions& options,
                             const report::TraceQuestion& question) {
    report::Manifest manifest = open.manifest();
    manifest.known_at = goal.known_at;
    if (goal.lists) {
        manifest.lists = report::pins_of(*goal.lists);
        manifest.lists_as_of = goal.lists->pins().as_of;
    }
    manifest.policies = options.policies;
    manifest.limits = {{"max_hops", limits.max_hops.value_or(0)},
                       {"min_value_units", limits.min_value.units()},
                       {"transactions", limits.transactions_max}};
    for (const report::CoverageGap& gap : question.gaps)
        if (std::find(manifest.coverage.begin(), manifest.coverage.end(), gap.code) ==
            manifest.coverage.end())
            manifest.coverage.push_back(gap.code);
    return manifest;
}

/// Found, when value reached the target; unknown, when the answer has holes.
ExitCode verdict(const report::TraceQuestion& question,
                 const std::vector<report::PolicyTrace>& traces) {
    for (const report::PolicyTrace& traced : traces)
        if (!traced.trace.reached.empty()) return ExitCode::found;
    return report::leaves_open(question.gaps, !question.to.empty()) ? ExitCode::unknown
                                                                    : ExitCode::done;
}

}  // namespace

Outcome run(const CommonOptions& common, const TraceOptions& options, std::stop_token stop) {
    const auto policies = TRY(policies_of(options.policies));
    const OpenLedger open = TRY(open_ledger(common, TRY(ledger_of(common, options.from))));
    const index::LedgerView& view = *open.view;
    const WalkLimits limits = TRY(limits_of(options, view.ledger()));
    Clusters clusters(view);
    const SubjectScope scope{.level = open.level, .descriptor_range = options.gap};
    report::TraceQuestion question{.ledger = view.ledger(),
                                   .from = options.from,
                                   .to = options.to,
                                   .payouts = TRY(gather(view, clusters, options.from, scope))};
    Goal goal = TRY(goal_of(common, open, clusters, options.to));
    LabelledServices labelled = TRY(load_services(view, clusters, options.services));
    WalkContext context =
        walk_context(view, clusters, goal.targets ? &*goal.targets : nullptr,
                     labelled.services ? &*labelled.services : nullptr, ServiceLimits{});
    if (options.through_coinjoins) context.mixing = nullptr;
    std::vector<OutId> outputs;
    for (const Payout& payout : question.payouts.found) outputs.push_back(payout.out);
    const WalkControl control{.stop = stop, .progress = nullptr, .keep_steps = common.json};
    std::vector<report::PolicyTrace> traces;
    for (const Policy policy : policies) {
        report::PolicyTrace traced{.trace = TRY(walk(view, outputs, {policy, Direction::forward},
                                                     context, limits, control))};
        if (goal.lists)
            traced.judgement = TRY(judge(view, traced.trace, *goal.lists, *goal.targets));
        traces.push_back(std::move(traced));
    }
    question.gaps = report::coverage_of(
        question, traces,
        {.block_time = open.block_time,
         .moment = common.as_of.empty() ? std::nullopt : std::optional(open.moment),
         .lists = goal.lists ? &*goal.lists : nullptr,
         .has_services = labelled.services.has_value()});
    report::Manifest manifest = manifest_of(open, goal, limits, options, question);
    manifest.services_sha256 = labelled.sha256;
    TRY(print(common, report::trace_answer(manifest, question, traces)));
    return verdict(question, traces);
}

}  // namespace wagetrail::cli
