#include "heuristics/report/entity.h"

#include "heuristics/coinjoin/lineage.h"
#include "heuristics/report/json.h"
#include "heuristics/report/related.h"
#include "heuristics/report/table.h"

namespace wagetrail::report {
namespace {

constexpr std::size_t kMergesShown = 100;
constexpr std::size_t kChainMax = 100'000;

Expected<AddrId> id_of(const index::LedgerView& view, const Address& address) {
    const auto id = TRY(view.find_address(address));
    if (id) return *id;
    return fail(ErrorCode::not_found,
                "address " + text(address) + " was never seen on " +
                    std::string(params(view.ledger()).name) + " as of height " +
                    std::to_string(view.as_of().height.value));  // raw: printed
}

Expected<Json> merge_json(const index::LedgerView& view, Clusters& clusters, const Merge& merge) {
    const index::TxRecord tx = TRY(view.tx(merge.position.tx));
    return Json{{"a", text(TRY(view.address(merge.a)))},
                {"b", text(TRY(view.address(merge.b)))},
                {"rule", name(merge.rule)},
                {"score", score_text(merge.rule)},
                {"txid", text(tx.txid)},
                {"class", name(TRY(clusters.class_of(tx)))},
                {"height", tx.height.value}};  // raw: printed
}

Table merge_table() {
    return Table({"rule", "score", "height", "txid", "class", "a", "b"},
                 {Align::left, Align::right, Align::right});
}

void add_row(Table& table, const Json& merge) {
    table.row({merge["rule"], merge["score"], std::to_string(merge["height"].get<std::uint64_t>()),
               merge["txid"], merge["class"], merge["a"], merge["b"]});
}

struct MergeList {
    Json json = Json::array();
    Table table = merge_table();
};

Expected<MergeList> listed(const index::LedgerView& view,
                           Clusters& clusters,
                           const std::vector<Merge>& merges) {
    MergeList list;
    for (const Merge& merge : merges) {
        list.json.push_back(TRY(merge_json(view, clusters, merge)));
        add_row(list.table, list.json.back());
    }
    return list;
}

struct RoundList {
    Json json = Json::array();
    std::string about;
};

/// CoinJoins in which the two met: co-spends that joined nothing.
Expected<RoundList> refused(const index::LedgerView& view, Clusters& clusters, AddrId a, AddrId b) {
    const SharedRounds shared = TRY(shared_rounds(view, clusters, a, b));
    RoundList list;
    for (const SharedRound& round : shared.rounds) {
        const index::TxRecord tx = TRY(view.tx(round.tx));
        list.json.push_back({{"rule", name(MergeRule::co_spend)},
                             {"txid", text(tx.txid)},
                             {"height", tx.height.value},  // raw: printed
                             {"class", name(round.tx_class)}});
        list.about += "not joined by co_spend in " + text(tx.txid) + ", which is a CoinJoin (" +
                      std::string(name(round.tx_class)) + "; wagetrail show says why)\n";
    }
    if (!shared.complete) list.about += "only the oldest part of their history was looked at\n";
    return list;
}

}  // namespace

Expected<Answer> entity_answer(const index::LedgerView& view,
                               const Manifest& manifest,
                               const EntityRequest& request) {
    Clusters clusters(view);
    const AddrId asked = TRY(id_of(view, request.address));
    const Entity entity = TRY(clusters.entity(manifest.level.value_or(ClusterLevel::l1), asked));
    const AddrId from = request.from ? TRY(id_of(view, *request.from)) : AddrId(0);
    const MemberPage page = TRY(clusters.members(entity, from, request.limit));
    Json addresses = Json::array();
    Table table({"address", "kind", "txs", "balance"},
                {Align::left, Align::left, Align::right, Align::right});
    for (const AddrId member : page.members) {
        const Address address = TRY(view.address(member));
        const index::Totals totals = TRY(view.totals(member));
        const Amount balance = totals.received - totals.sent;
        addresses.push_back({{"address", text(address)},
                             {"kind", name(address.kind)},
                             {"tx_count", totals.tx_count},
                             {"balance", amount_json(view.ledger(), balance)}});
        table.row({text(address), std::string(name(address.kind)), std::to_string(totals.tx_count),
                   display(view.ledger(), balance)});
    }
    const MergeList history =
        TRY(listed(view, clusters, TRY(clusters.merges(entity, {}, kMergesShown)).merges));
    const std::string id = TRY(clusters.id(entity));
    Related beside = TRY(related(view, request.elsewhere, page.members));
    Json next;
    if (page.next) next = text(TRY(view.address(*page.next)));
    std::string about = "entity  " + id + "\nlevel   " + std::string(name(entity.level)) +
                        "\nsize    " + std::to_string(entity.size) +
                        (entity.size == 1 ? " address\n\n" : " addresses\n\n") + table.text();
    if (page.next) about += "more: --cursor " + next.get<std::string>() + "\n";
    if (!history.json.empty()) about += "\nmerges, oldest first\n" + history.table.text();
    if (!beside.about.empty()) about += "\nrelated, no part of the entity\n" + beside.about;
    Json result = {{"entity", id},
                   {"level", name(entity.level)},
                   {"size", entity.size},
                   {"addresses", std::move(addresses)},
                   {"next", next},
                   {"merges", history.json},
                   {"merges_total", entity.size - 1},
                   {"elsewhere", std::move(beside.elsewhere)},
                   {"multisig_members", std::move(beside.multisig)},
                   {"labels", Json::array()}};
    return Answer{sealed(manifest, std::move(result)), about};
}

Expected<Explanation> explain_answer(const index::LedgerView& view,
                                     const Manifest& manifest,
                                     const Address& a,
                                     const Address& b) {
    Clusters clusters(view);
    const ClusterLevel level = manifest.level.value_or(ClusterLevel::l1);
    const AddrId a_id = TRY(id_of(view, a));
    const AddrId b_id = TRY(id_of(view, b));
    const auto chain = TRY(clusters.explain(level, a_id, b_id, kChainMax));
    Json result = {{"a", text(a)}, {"b", text(b)}, {"joined", chain.has_value()}};
    if (!chain) {
        result["merges"] = Json::array();
        result["weakest"] = nullptr;
        const RoundList rounds = TRY(refused(view, clusters, a_id, b_id));
        result["refused"] = rounds.json;
        return Explanation{
            {sealed(manifest, std::move(result)),
             "nothing joins the two at level " + std::string(name(level)) + " as of height " +
                 std::to_string(view.as_of().height.value) + "\n" + rounds.about},  // raw: printed
            false};
    }
    const MergeList path = TRY(listed(view, clusters, *chain));
    result["merges"] = path.json;
    result["weakest"] = nullptr;
    std::string about = "joined by " + std::to_string(chain->size()) +
                        (chain->size() == 1 ? " merge\n" : " merges\n") + path.table.text();
    if (!chain->empty()) {
        const MergeList weakest = TRY(listed(view, clusters, {weakest_first(*chain).front()}));
        result["weakest"] = weakest.json.front();
        about += "\nweakest\n" + weakest.table.text();
    }
    return Explanation{{sealed(manifest, std::move(result)), about}, true};
}

}  // namespace wagetrail::report
