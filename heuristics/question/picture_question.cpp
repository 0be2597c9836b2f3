#include "heuristics/question/picture_question.h"

#include "heuristics/question/contacts.h"
#include "heuristics/question/open_lists.h"
#include "heuristics/question/picture_names.h"
#include "heuristics/question/subject.h"
#include "heuristics/report/picture/picture_answer.h"
#include "heuristics/report/picture/sketch.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace wagetrail::question {
namespace {

struct Style {
    report::PictureLevel level = report::PictureLevel::entity;
    report::Across across = report::Across::hops;
};

Expected<Style> style_of(const PictureOptions& options) {
    const auto level = report::parse_picture_level(options.level);
    if (!level)
        return fail(
            ErrorCode::invalid,
            "a picture is of address, entity or transaction, not of \"" + options.level + "\"");
    const auto across = report::parse_across(options.across);
    if (!across)
        return fail(ErrorCode::invalid,
                    "a picture runs across hops or time, not \"" + options.across + "\"");
    return Style{*level, *across};
}

Expected<void> check(const PictureOptions& options) {
    if (options.trace.from.empty() && options.around.empty())
        return fail(ErrorCode::invalid,
                    "there is nothing to draw; name payouts to follow, or addresses to look at");
    for (const std::string& word : options.trace.policies) {
        const auto policy = parse_policy(word);
        if (word == "all" || (policy && !conserves(*policy)))
            return fail(ErrorCode::invalid,
                        "a picture shows amounts, so \"" + word +
                            "\" cannot be drawn; name policies that conserve them");
    }
    return {};
}

/// The picture while it is made, with all that it is made of.
class Making {
  public:
    Making(Home& home, const Pins& pins, const PictureOptions& options, OpenTrace& trace)
        : home_(home),
          pins_(pins),
          options_(options),
          trace_(trace),
          names_(*trace.open.view, *trace.clusters, level_of(options, trace)) {}

    Expected<Answered> made(const Following& following, const std::stop_token& stop) {
        const Style style = TRY(style_of(options_));
        const std::vector<report::Holder> seeds = TRY(around());
        report::DrawnPicture drawn{.ledger = trace_.open.view->ledger(), .across = style.across};
        std::vector<report::PolicyTrace> traces;
        if (!options_.trace.from.empty()) traces = TRY(follow(trace_, following, stop));
        drawn.folded = TRY(traced(traces, style.level));
        const std::size_t fixed = drawn.folded.picture.nodes.size();
        report::Sketch sketch(std::move(drawn.folded.picture));
        draw_around(seeds, sketch);
        TRY(draw_opened(sketch, style.level, drawn.not_opened, stop));
        drawn.folded.picture = std::move(sketch).done();
        drawn.layout = report::laid_out(drawn.folded.picture, style.across,
                                        std::max<std::size_t>(fixed, seeds_));
        report::Manifest manifest = manifest_of(trace_, options_.trace);
        TRY(add_facts(drawn, manifest));
        TRY(add_arrivals(drawn, traces));
        if (truncated_) manifest.coverage.emplace_back("NEIGHBORS_TRUNCATED");
        return Answered{report::picture_answer(manifest, trace_.question, traces, drawn),
                        traces.empty() ? Conclusion::settled : verdict_of(trace_.question, traces)};
    }

    /// Who is drawn in any case, before anything is followed: a name that is none costs no walk.
    Expected<std::vector<report::Holder>> around() {
        const index::LedgerView& view = *trace_.open.view;
        std::vector<report::Holder> holders;
        for (const std::string& subject : options_.around) {
            const Address address = TRY(subject_address(home_, pins_, subject, Accepts::addresses));
            if (address.ledger != view.ledger())
                return fail(ErrorCode::invalid, subject + " is of another ledger");
            if (!TRY(view.find_address(address)))
                return fail(ErrorCode::not_found,
                            subject + " is not on the chain as of the block asked about");
            holders.push_back(TRY(names_.holder(text(address))));
        }
        return holders;
    }

  private:
    static std::optional<ClusterLevel> level_of(const PictureOptions& options,
                                                const OpenTrace& trace) {
        if (options.level != name(report::PictureLevel::entity)) return std::nullopt;
        return trace.open.level;
    }

    Expected<report::Folded> traced(const std::vector<report::PolicyTrace>& traces,
                                    report::PictureLevel level) {
        if (traces.empty()) return report::Folded{.picture = {.level = level}};
        const report::PictureNames names{
            .holder = [&](const std::string& address) { return names_.holder(address); },
            .payer = [&](const TxPosition& tx) { return names_.payer(tx); }};
        report::Room room{.nodes = options_.nodes, .beside_each = options_.beside_each};
        for (const OpenedNode& opened : options_.opened)
            if (opened.what == OpenedNode::What::traced) room.more[opened.id] = opened.first;
        return report::folded(TRY(report::traced_picture(traces, level, names)), room);
    }

    void draw_around(const std::vector<report::Holder>& seeds, report::Sketch& sketch) {
        for (const report::Holder& holder : seeds) {
            const std::size_t node =
                sketch.node({.id = holder.id,
                             .kind = names_are_entities() ? report::NodeKind::entity
                                                          : report::NodeKind::address,
                             .address = holder.address,
                             .tx = {}});
            seeds_ = std::max(seeds_, node + 1);
        }
    }
    [[nodiscard]] bool names_are_entities() const { return level_of(options_, trace_).has_value(); }

    Expected<void> draw_opened(report::Sketch& sketch,
                               report::PictureLevel level,
                               std::vector<std::string>& not_opened,
                               const std::stop_token& stop) {
        ContactDrawing contacts(*trace_.open.view, *trace_.clusters, names_, sketch);
        for (const OpenedNode& opened : options_.opened) {
            const auto node = sketch.find(opened.id);
            if (!node) not_opened.push_back(opened.id);
            if (!node || opened.what == OpenedNode::What::traced) continue;
            if (TRY(contacts.open(*node, level, opened, stop))) truncated_ = true;
        }
        return {};
    }

    Expected<void> add_facts(report::DrawnPicture& drawn, report::Manifest& manifest) {
        const auto lists = TRY(open_lists(home_, pins_, trace_.open, {}));
        if (lists) report::pin_lists(*lists, manifest);
        FactSources sources{.lists = lists ? &*lists : nullptr};
        if (trace_.labels.view) sources.labels = &*trace_.labels.view;
        for (const report::PictureNode& node : drawn.folded.picture.nodes)
            drawn.facts.push_back(TRY(names_.facts(node, sources)));
        return {};
    }

    /// The verdicts of the trace, beside whom they are about.
    Expected<void> add_arrivals(report::DrawnPicture& drawn,
                                const std::vector<report::PolicyTrace>& traces) {
        using Verdicts = std::pair<lists::VerdictKind, lists::VerdictKind>;
        std::map<std::string, std::map<Verdicts, report::Shares>> by_holder;
        for (std::size_t policy = 0; policy < traces.size(); ++policy) {
            if (!traces[policy].judgement) continue;
            const Trace& trace = traces[policy].trace;
            for (std::size_t i = 0; i < trace.reached.size(); ++i) {
                const JudgedArrival& judged = traces[policy].judgement->arrivals.at(i);
                const report::Holder holder =
                    TRY(names_.holder(text(trace.reached[i].coin.address)));
                report::Shares& shares =
                    by_holder[holder.id][{judged.at_payout.kind, judged.at_arrival.kind}];
                shares.resize(traces.size());
                shares[policy] += trace.reached[i].amount;
            }
        }
        const std::vector<report::PictureNode>& nodes = drawn.folded.picture.nodes;
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            const auto found = by_holder.find(nodes[i].id);
            if (found == by_holder.end()) continue;
            for (auto& [verdicts, shares] : found->second)
                drawn.facts[i].arrivals.push_back(
                    {verdicts.first, verdicts.second, std::move(shares)});
        }
        return {};
    }

    Home& home_;
    const Pins& pins_;
    const PictureOptions& options_;
    OpenTrace& trace_;
    HolderNames names_;
    std::size_t seeds_ = 0;  // nodes that are there before any is opened
    bool truncated_ = false;
};

struct Opened {
    Pins pins;  // with the ledger that `around` names where nothing is followed
    std::unique_ptr<OpenTrace> trace;
};

Expected<Opened> open_picture(Home& home,
                              const Pins& pins,
                              const PictureOptions& options,
                              NamedFiles files) {
    TRY(check(options));
    TRY(style_of(options));
    Opened opened{.pins = pins, .trace = {}};
    if (pins.ledger.empty() && options.trace.from.empty())
        opened.pins.ledger = params(TRY(ledger_of(home, pins, options.around, files))).name;
    opened.trace = TRY(open_trace(home, opened.pins, options.trace, std::move(files)));
    return opened;
}

}  // namespace

Expected<bool> needs_walk(Home& home,
                          const Pins& pins,
                          const PictureOptions& options,
                          const NamedFiles& files) {
    const Opened opened = TRY(open_picture(home, pins, options, files));
    (void)TRY(Making(home, opened.pins, options, *opened.trace).around());
    return !opened.trace->question.payouts.found.empty() || !options.opened.empty();
}

Expected<Answered> picture(Home& home,
                           const Pins& pins,
                           const PictureOptions& options,
                           const Following& following,
                           const std::stop_token& stop,
                           NamedFiles files) {
    const Opened opened = TRY(open_picture(home, pins, options, std::move(files)));
    Following with_steps = following;
    with_steps.keep_steps = true;
    return Making(home, opened.pins, options, *opened.trace).made(with_steps, stop);
}

}  // namespace wagetrail::question
