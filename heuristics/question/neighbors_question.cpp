#include "heuristics/question/neighbors_question.h"

#include "chain/base/number.h"

#include "heuristics/question/entity_name.h"
#include "heuristics/question/subject.h"
#include "heuristics/report/neighbor_answer.h"

#include <algorithm>
#include <utility>

namespace wagetrail::question {
namespace {

constexpr std::size_t kMembersMax = 2'000;
constexpr std::uint64_t kLinkTransactionsMax = 10'000;  // that are looked at
constexpr std::size_t kLinksMax = 1'000;                // that are told

struct Members {
    std::vector<AddrId> ids;
    bool truncated = false;
};

Expected<Members> members_of(Clusters& clusters, AddrId address, bool entity) {
    if (!entity) return Members{{address}};
    const Entity whole = TRY(clusters.entity(ClusterLevel::l1, address));
    MemberPage page = TRY(clusters.members(whole, AddrId(0), kMembersMax));
    return Members{std::move(page.members), page.next.has_value()};
}

Expected<std::size_t> first_of(const std::string& cursor) {
    if (cursor.empty()) return 0;
    const auto number = parse_number(cursor);
    if (!number)
        return fail(ErrorCode::invalid,
                    "\"" + cursor + "\" is not a cursor; use the one of the page before");
    return *number;
}

/// Names the rows of a page, with what labels say of each.
Expected<std::vector<report::NeighborRow>> rows_of(const index::LedgerView& view,
                                                   Clusters& clusters,
                                                   const OpenLabels& labels,
                                                   const Neighbors& found,
                                                   const NeighborsOptions& options,
                                                   std::size_t first) {
    std::vector<report::NeighborRow> rows;
    for (std::size_t i = first; i < found.found.size() && rows.size() < options.limit; ++i) {
        report::NeighborRow row{.neighbor = found.found[i]};
        AddrId named = row.neighbor.address;
        if (options.scope.entities) {
            const Entity entity = TRY(clusters.entity(ClusterLevel::l1, named));
            named = entity.first;
            row.name = TRY(clusters.id(entity));
        }
        const Address address = TRY(view.address(named));
        if (!options.scope.entities) row.name = text(address);
        if (labels.view) row.labels = TRY(labels.view->of(address));
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace

Expected<Answered> neighbors(Home& home,
                             const Pins& pins,
                             const NeighborsOptions& options,
                             const std::stop_token& stop) {
    const Address address = TRY(subject_address(home, pins, options.subject, Accepts::addresses));
    const OpenLedger open = TRY(open_ledger(home, pins, address.ledger));
    const OpenLabels labels = TRY(open_labels(home, pins));
    report::Manifest manifest = open.manifest();
    if (labels.view) report::pin_labels(*labels.view, manifest);
    manifest.limits = {{"transactions", options.scope.transactions_max}};
    report::NeighborPage page{.ledger = address.ledger,
                              .subject = options.subject,
                              .scope = options.scope,
                              .first = TRY(first_of(options.cursor))};
    const auto id = TRY(open.view->find_address(address));
    page.on_chain = id.has_value();
    if (!id) return Answered{report::neighbors_answer(manifest, page), Conclusion::open};
    Clusters clusters(*open.view);
    const Members members = TRY(members_of(clusters, *id, options.scope.entities));
    const Neighbors found =
        TRY(neighbors_of(*open.view, clusters, members.ids, options.scope, stop));
    page.transactions = found.transactions;
    page.count = found.found.size();
    page.rows = TRY(rows_of(*open.view, clusters, labels, found, options, page.first));
    const bool truncated = members.truncated || found.truncated;
    if (truncated) manifest.coverage.emplace_back("NEIGHBORS_TRUNCATED");
    return Answered{report::neighbors_answer(manifest, page),
                    truncated ? Conclusion::open : Conclusion::settled};
}

Expected<Answered> links(Home& home,
                         const Pins& pins,
                         const LinksOptions& options,
                         const std::stop_token& stop) {
    const Address from = TRY(subject_address(home, pins, options.from, Accepts::addresses));
    const OpenLedger open = TRY(open_ledger(home, pins, from.ledger));
    const index::LedgerView& view = *open.view;
    report::Manifest manifest = open.manifest();
    manifest.limits = {{"transactions", kLinkTransactionsMax}, {"links", kLinksMax}};
    report::LinkPage page{.ledger = from.ledger, .from = options.from, .to = options.to};
    const Address to = TRY(parse_address(from.ledger, split_entity_name(options.to).address));
    const auto from_id = TRY(view.find_address(from));
    const auto to_id = TRY(view.find_address(to));
    page.on_chain = from_id && to_id;
    if (!page.on_chain)
        return Answered{TRY(report::links_answer(view, manifest, page)), Conclusion::open};
    Clusters clusters(view);
    const Members payers = TRY(members_of(clusters, *from_id, options.entities));
    const Members payees = TRY(members_of(clusters, *to_id, options.entities));
    Links found = TRY(links_between(view, payers.ids, payees.ids, kLinkTransactionsMax, stop));
    page.count = found.found.size();
    page.links = std::move(found.found);
    page.links.resize(std::min(page.links.size(), kLinksMax));
    const bool truncated =
        found.truncated || payers.truncated || payees.truncated || page.links.size() < page.count;
    if (truncated) manifest.coverage.emplace_back("NEIGHBORS_TRUNCATED");
    return Answered{TRY(report::links_answer(view, manifest, page)),
                    truncated ? Conclusion::open : Conclusion::settled};
}

}  // namespace wagetrail::question
