#include "heuristics/question/show_question.h"

#include "chain/base/number.h"

#include "heuristics/question/subject.h"
#include "heuristics/report/show.h"
#include "heuristics/trace/subjects.h"

namespace wagetrail::question {
namespace {

std::optional<Height> as_height(std::string_view text) {
    const auto number = parse_number(text);
    if (!number || *number > 0xFFFFFFFF) return std::nullopt;
    return Height(static_cast<std::uint32_t>(*number));
}

Expected<report::HistoryRequest> page_of(const ShowOptions& options) {
    report::HistoryRequest page{.from = std::nullopt, .limit = options.limit};
    if (!options.cursor.empty()) page.from = TRY(report::parse_history_cursor(options.cursor));
    return page;
}

/// A transaction, named by one of its outputs too, or, failing that, a block of that hash.
Expected<report::ShowAnswer> show_hash(Home& home,
                                       const Pins& pins,
                                       const ShowOptions& options,
                                       const NamedOutput& named) {
    const OpenLedger open = TRY(open_ledger(home, pins, TRY(choose_ledger(home, pins))));
    if (named.vout)
        TRY(find_output(*open.view, named.txid, *named.vout));
    else if (const auto hash = parse_hash<BlockHash>(text(named.txid)))
        if (const auto height = TRY(open.view->find_block(*hash)))
            return report::show_block(*open.view, open.manifest(), *height, TRY(page_of(options)));
    return report::show_transaction(*open.view, open.manifest(), named.txid);
}

Expected<report::ShowAnswer> show_subject(Home& home,
                                          const Pins& pins,
                                          const ShowOptions& options) {
    // First: a hash may be written in decimal digits alone, and 64 of them are never a height.
    if (const auto output = parse_output(options.subject))
        return show_hash(home, pins, options, *output);
    if (const auto height = as_height(options.subject)) {
        const OpenLedger open = TRY(open_ledger(home, pins, TRY(choose_ledger(home, pins))));
        return report::show_block(*open.view, open.manifest(), *height, TRY(page_of(options)));
    }
    const Address address = TRY(subject_address(home, pins, options.subject, Accepts::anything));
    const OpenLedger open = TRY(open_ledger(home, pins, address.ledger));
    std::optional<report::HistoryRequest> history;
    if (options.history || !options.cursor.empty()) history = TRY(page_of(options));
    const OpenLabels labels = TRY(open_labels(home, pins));
    report::Manifest manifest = open.manifest();
    std::vector<labels::Label> found;
    if (labels.view) {
        report::pin_labels(*labels.view, manifest);
        found = TRY(labels.view->of(address));
    }
    return report::show_address(*open.view, manifest, address, found, history);
}

}  // namespace

Expected<Answered> show(Home& home, const Pins& pins, const ShowOptions& options) {
    report::ShowAnswer shown = TRY(show_subject(home, pins, options));
    return Answered{std::move(shown.answer), shown.presence == report::Presence::on_chain
                                                 ? Conclusion::settled
                                                 : Conclusion::open};
}

}  // namespace wagetrail::question
