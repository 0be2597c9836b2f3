#include "heuristics/report/change_entity.h"

#include "heuristics/report/merge_list.h"

#include <algorithm>

namespace wagetrail::report {
namespace {

constexpr std::size_t kRowsShown = 100;
constexpr std::size_t kChainMax = 100'000;
constexpr std::string_view kChangeRuleName = "change";
// Below every rule of L0 and L1: a rank for sorting, not a probability.
constexpr std::string_view kChangeScore = "0.800";
constexpr std::string_view kLimitMet = "l2_limit_met";
constexpr std::string_view kPossibleService = "l2_possible_service";

/// As a merge of L0 or L1, with the vote.
Expected<Json> change_json(const index::LedgerView& view,
                           Clusters& clusters,
                           const ChangeMerge& merge) {
    const index::TxRecord tx = TRY(view.tx(merge.tx));
    Json rules = Json::array();
    for (const ChangeRule rule : merge.rules) rules.push_back(name(rule));
    return Json{{"a", text(TRY(view.address(merge.a)))},
                {"b", text(TRY(view.address(merge.b)))},
                {"rule", kChangeRuleName},
                {"score", kChangeScore},
                {"txid", text(tx.txid)},
                {"vout", merge.vout.value},  // raw: printed
                {"margin", merge.margin},
                {"votes", std::move(rules)},
                {"class", name(TRY(clusters.class_of(tx.id)))},
                {"height", tx.height.value}};  // raw: printed
}

struct RefusedList {
    Json json = Json::array();
    Table table{{"reason", "votes", "height", "txid", "payer", "change"},
                {Align::left, Align::right, Align::right}};
};

Expected<RefusedList> listed_refused(const index::LedgerView& view,
                                     Clusters& clusters,
                                     const std::vector<RefusedMerge>& refused) {
    RefusedList list;
    for (std::size_t i = 0; i < std::min(refused.size(), kRowsShown); ++i) {
        Json one = TRY(change_json(view, clusters, refused[i].merge));
        one["reason"] = name(refused[i].reason);
        list.table.row({one["reason"], std::to_string(refused[i].merge.margin),
                        std::to_string(one["height"].get<std::uint64_t>()), one["txid"], one["a"],
                        one["b"]});
        list.json.push_back(std::move(one));
    }
    return list;
}

/// The members of all parts on one page, in order of first appearance.
Expected<MemberPage> members_of(Clusters& clusters,
                                const ChangeEntity& entity,
                                AddrId from,
                                std::size_t limit) {
    MemberPage all;
    for (const Entity& part : entity.parts) {
        const MemberPage page = TRY(clusters.members(part, from, limit + 1));
        all.members.insert(all.members.end(), page.members.begin(), page.members.end());
    }
    std::sort(all.members.begin(), all.members.end());
    if (all.members.size() > limit) {
        all.next = all.members[limit];
        all.members.resize(limit);
    }
    return all;
}

void add_coverage(Manifest& manifest, const ChangeEntity& entity) {
    if (!entity.is_complete) manifest.coverage.emplace_back(kLimitMet);
    if (entity.is_too_large) manifest.coverage.emplace_back(kPossibleService);
}

std::string coverage_text(const Manifest& manifest) {
    std::string text;
    for (const std::string& code : manifest.coverage) {
        if (code == kLimitMet) text += "\nincomplete: a limit of the search was met\n";
        if (code == kPossibleService)
            text += "\nthe entity is a possible service already at L1: change was not looked at\n";
    }
    return text;
}

struct PartList {
    Json json = Json::array();
    Table table{{"L1 entity", "addresses"}, {Align::left, Align::right}};
};

Expected<PartList> listed_parts(const Clusters& clusters, const ChangeEntity& entity) {
    PartList list;
    for (std::size_t i = 0; i < std::min(entity.parts.size(), kRowsShown); ++i) {
        const std::string id = TRY(clusters.id(entity.parts[i]));
        list.json.push_back({{"entity", id}, {"size", entity.parts[i].size}});
        list.table.row({id, std::to_string(entity.parts[i].size)});
    }
    return list;
}

/// From a to b: what joined them at L1, then a merge by change, and so on.
Expected<Json> chain_json(const index::LedgerView& view,
                          Clusters& clusters,
                          AddrId a,
                          AddrId b,
                          const std::vector<ChangeMerge>& path) {
    Json chain = Json::array();
    AddrId at = a;
    const auto walk_to = [&](AddrId next) -> Expected<void> {
        const auto steps = TRY(clusters.explain(ClusterLevel::l1, at, next, kChainMax));
        CHECK(steps.has_value());  // both are in one part
        for (const Merge& step : *steps) chain.push_back(TRY(merge_json(view, clusters, step)));
        at = next;
        return {};
    };
    for (const ChangeMerge& merge : path) {
        const bool forward = TRY(clusters.root(ClusterLevel::l1, at)) == merge.root_a;
        TRY(walk_to(forward ? merge.a : merge.b));
        Json one = TRY(change_json(view, clusters, merge));
        if (!forward) std::swap(one["a"], one["b"]);
        chain.push_back(std::move(one));
        at = forward ? merge.b : merge.a;
    }
    TRY(walk_to(b));
    return chain;
}

/// Lowest score first, then fewest votes, then latest.
const Json* weakest_of(const Json& chain) {
    const auto doubt = [](const Json& merge) {
        return std::tuple(merge["score"].get<std::string>(), merge.value("margin", 0U),
                          -merge["height"].get<std::int64_t>());
    };
    const auto found = std::min_element(
        chain.begin(), chain.end(),
        [&](const Json& left, const Json& right) { return doubt(left) < doubt(right); });
    return found == chain.end() ? nullptr : &*found;
}

}  // namespace

Expected<ChangeAnswer> change_entity_answer(const index::LedgerView& view,
                                            Manifest manifest,
                                            ChangeOverlay& overlay,
                                            const EntityRequest& request,
                                            const std::stop_token& stop) {
    Clusters clusters(view);
    const AddrId asked = TRY(id_of(view, request.address));
    const AddrId from = request.from ? TRY(id_of(view, *request.from)) : AddrId(0);
    const ChangeEntity entity = TRY(overlay.entity(asked, stop));
    add_coverage(manifest, entity);
    const MemberPage page = TRY(members_of(clusters, entity, from, request.limit));
    Listed addresses = TRY(listed_addresses(view, page.members));
    Listed merges{.table = merge_table()};
    for (std::size_t i = 0; i < std::min(entity.merges.size(), kRowsShown); ++i) {
        merges.json.push_back(TRY(change_json(view, clusters, entity.merges[i])));
        add_row(merges.table, merges.json.back());
    }
    PartList parts = TRY(listed_parts(clusters, entity));
    RefusedList refused = TRY(listed_refused(view, clusters, entity.refused));
    const std::string id = TRY(clusters.id({.first = entity.first}));
    Json next;
    if (page.next) next = text(TRY(view.address(*page.next)));
    std::string about =
        "entity  " + id + "\nlevel   " + std::string(kChangeLevelName) + "\nsize    " +
        std::to_string(entity.size) + (entity.size == 1 ? " address" : " addresses") + " in " +
        std::to_string(entity.parts.size()) +
        (entity.parts.size() == 1 ? " L1 entity\n\n" : " L1 entities\n\n") + addresses.table.text();
    if (page.next) about += "more: --cursor " + next.get<std::string>() + "\n";
    about += "\nwithout change\n" + parts.table.text();
    if (!merges.json.empty()) about += "\nmerges by change, oldest first\n" + merges.table.text();
    if (!refused.json.empty()) about += "\nrefused, oldest first\n" + refused.table.text();
    about += coverage_text(manifest);
    Json result = {{"entity", id},
                   {"level", kChangeLevelName},
                   {"size", entity.size},
                   {"addresses", std::move(addresses.json)},
                   {"next", next},
                   {"parts", std::move(parts.json)},
                   {"parts_total", entity.parts.size()},
                   {"merges", std::move(merges.json)},
                   {"merges_total", entity.merges.size()},
                   {"refused", std::move(refused.json)},
                   {"refused_total", entity.refused.size()},
                   {"labels", Json::array()}};
    return ChangeAnswer{{sealed(manifest, std::move(result)), about}, entity.is_complete};
}

Expected<ChangeAnswer> change_explain_answer(const index::LedgerView& view,
                                             Manifest manifest,
                                             ChangeOverlay& overlay,
                                             const Address& a,
                                             const Address& b,
                                             const std::stop_token& stop) {
    Clusters clusters(view);
    const AddrId a_id = TRY(id_of(view, a));
    const AddrId b_id = TRY(id_of(view, b));
    const ChangeEntity entity = TRY(overlay.entity(a_id, stop));
    add_coverage(manifest, entity);
    const auto path = path_between(entity.merges, TRY(clusters.root(ClusterLevel::l1, a_id)),
                                   TRY(clusters.root(ClusterLevel::l1, b_id)));
    Json result = {{"a", text(a)}, {"b", text(b)}, {"joined", path.has_value()}};
    result["weakest"] = nullptr;
    result["merges"] = Json::array();
    std::string about = "nothing joins the two at level " + std::string(kChangeLevelName) +
                        " as of height " + text(view.as_of().height) + "\n";
    if (path) {
        const Json chain = TRY(chain_json(view, clusters, a_id, b_id, *path));
        Table table = merge_table();
        for (const Json& merge : chain) add_row(table, merge);
        about = "joined by " + std::to_string(chain.size()) +
                (chain.size() == 1 ? " merge\n" : " merges\n") + table.text();
        if (const Json* weakest = weakest_of(chain)) {
            Table one = merge_table();
            add_row(one, *weakest);
            about += "\nweakest\n" + one.text();
            result["weakest"] = *weakest;
        }
        result["merges"] = chain;
    }
    about += coverage_text(manifest);
    return ChangeAnswer{{sealed(manifest, std::move(result)), about}, entity.is_complete};
}

Expected<Answer> cut_answer(const index::LedgerView& view,
                            const Manifest& manifest,
                            const CutRequest& request,
                            const std::stop_token& stop) {
    Clusters clusters(view);
    const AddrId asked = TRY(id_of(view, request.address));
    const auto edge_id = TRY(view.find_tx(request.edge));
    if (!edge_id)
        return fail(ErrorCode::not_found, "transaction " + text(request.edge) +
                                              " is not on the chain as of height " +
                                              text(view.as_of().height));
    const index::TxRecord edge = TRY(view.tx(*edge_id));
    const Cut done = TRY(cut(view, clusters, asked, edge, request.limits, stop));
    const std::string id = TRY(clusters.id(done.entity));
    Json parts = Json::array();
    Table table({"part", "addresses"}, {Align::left, Align::right});
    for (const CutPart& part : done.parts) {
        Json members = Json::array();
        for (std::size_t i = 0; i < std::min(part.members.size(), request.limit); ++i)
            members.push_back(text(TRY(view.address(part.members[i]))));
        const std::string part_id = TRY(clusters.id({.first = part.first}));
        table.row({part_id, std::to_string(part.members.size())});
        parts.push_back({{"entity", part_id},
                         {"size", part.members.size()},
                         {"addresses", std::move(members)}});
    }
    const bool holds = done.parts.size() == 1;
    const std::string about =
        "entity  " + id + "\nsize    " + std::to_string(done.entity.size) + " addresses\nwithout " +
        text(request.edge) + ", which spends " + std::to_string(done.addresses_cut) +
        " of them together\n\n" +
        (holds ? "it holds: " : "it falls into " + std::to_string(done.parts.size()) + " parts; ") +
        std::to_string(done.co_spends) + " other co-spends join its addresses\n\n" + table.text();
    Json result = {{"entity", id},
                   {"level", name(done.entity.level)},
                   {"size", done.entity.size},
                   {"edge", TRY(position_json(view, edge))},
                   {"addresses_cut", done.addresses_cut},
                   {"co_spends", done.co_spends},
                   {"holds", holds},
                   {"parts", std::move(parts)}};
    return Answer{sealed(manifest, std::move(result)), about};
}

}  // namespace wagetrail::report
