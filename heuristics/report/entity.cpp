#include "heuristics/report/entity.h"

#include "chain/base/number.h"

#include "heuristics/coinjoin/lineage.h"
#include "heuristics/report/json.h"
#include "heuristics/report/label_json.h"
#include "heuristics/report/merge_list.h"
#include "heuristics/report/related.h"
#include "heuristics/report/table.h"

namespace wagetrail::report {
namespace {

constexpr std::size_t kChainMax = 100'000;

/// A merge's place in an answer: ids and sequences mean nothing outside one database, but the
/// merges of one transaction have an order.
Expected<MergePosition> position_of(const index::LedgerView& view, const MergeCursor& cursor) {
    const auto tx = TRY(view.find_tx(cursor.txid));
    if (!tx)
        return fail(ErrorCode::not_found,
                    "the cursor's transaction " + text(cursor.txid) + " is not on the chain");
    return MergePosition{.tx = *tx, .sequence = cursor.sequence};
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

/// Of the members on the page.
Expected<std::vector<labels::Label>> labels_of(const index::LedgerView& view,
                                               const labels::LabelView* labels,
                                               const std::vector<AddrId>& members) {
    std::vector<labels::Label> all;
    if (labels == nullptr) return all;
    for (const AddrId member : members)
        for (labels::Label& label : TRY(labels->of(TRY(view.address(member)))))
            all.push_back(std::move(label));
    return all;
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
    Listed addresses = TRY(listed_addresses(view, page.members));
    const Listed history =
        TRY(listed(view, clusters, TRY(clusters.merges(entity, {}, request.limit)).merges));
    const std::string id = TRY(clusters.id(entity));
    Related beside = TRY(related(view, request.elsewhere, request.raw, page.members));
    const std::vector<labels::Label> labels = TRY(labels_of(view, request.labels, page.members));
    Json next;
    if (page.next) next = text(TRY(view.address(*page.next)));
    std::string about = "entity  " + id + "\nlevel   " + std::string(name(entity.level)) +
                        "\nsize    " + std::to_string(entity.size) +
                        (entity.size == 1 ? " address\n" : " addresses\n") + labels_text(labels) +
                        "\n" + addresses.table.text();
    if (page.next) about += "more: --cursor " + next.get<std::string>() + "\n";
    if (!history.json.empty()) about += "\nmerges, oldest first\n" + history.table.text();
    if (history.json.size() + 1 < entity.size) about += "more: --history lists all of them\n";
    if (!beside.about.empty()) about += "\nrelated, no part of the entity\n" + beside.about;
    Json result = {{"entity", id},
                   {"level", name(entity.level)},
                   {"size", entity.size},
                   {"addresses", std::move(addresses.json)},
                   {"next", next},
                   {"merges", history.json},
                   {"merges_total", entity.size - 1},
                   {"elsewhere", std::move(beside.elsewhere)},
                   {"multisig_members", std::move(beside.multisig)},
                   {"hidden_scripts_not_read", beside.scripts_not_read},
                   {"labels", labels_json(labels)},
                   {"labels_contradict", labels::contradict(labels)}};
    return Answer{sealed(manifest, std::move(result)), about};
}

Expected<Answer> history_answer(const index::LedgerView& view,
                                const Manifest& manifest,
                                const HistoryOfEntity& request) {
    Clusters clusters(view);
    const AddrId asked = TRY(id_of(view, request.address));
    const Entity entity = TRY(clusters.entity(manifest.level.value_or(ClusterLevel::l1), asked));
    const MergePosition from =
        request.from ? TRY(position_of(view, *request.from)) : MergePosition{};
    const MergePage page = TRY(clusters.merges(entity, from, request.limit));
    Listed merges{.table = Table({"time", "height", "rule", "score", "txid", "a", "b"},
                                 {Align::left, Align::right, Align::left, Align::right})};
    for (const Merge& merge : page.merges) {
        Json one = TRY(merge_json(view, clusters, merge));
        const index::TxRecord tx = TRY(view.tx(merge.position.tx));
        one["time"] = text(time_of(TRY(view.block(tx.height))));
        merges.table.row({one["time"], std::to_string(tx.height.value),  // raw: printed
                          one["rule"], one["score"], one["txid"], one["a"], one["b"]});
        merges.json.push_back(std::move(one));
    }
    Json next;
    if (page.next) next = text(MergeCursor{TRY(view.tx(page.next->tx)).txid, page.next->sequence});
    const std::string id = TRY(clusters.id(entity));
    std::string about = "entity  " + id + "\nlevel   " + std::string(name(entity.level)) +
                        "\nmerges  " + std::to_string(entity.size - 1) + ", oldest first\n\n" +
                        merges.table.text();
    if (page.next) about += "more: --cursor " + next.get<std::string>() + "\n";
    Json result = {{"entity", id},
                   {"level", name(entity.level)},
                   {"size", entity.size},
                   {"merges", std::move(merges.json)},
                   {"merges_total", entity.size - 1},
                   {"next", next}};
    return Answer{sealed(manifest, std::move(result)), about};
}

std::string text(const MergeCursor& cursor) {
    return wagetrail::text(cursor.txid) + ":" + std::to_string(cursor.sequence);
}

Expected<MergeCursor> parse_merge_cursor(std::string_view text) {
    const auto colon = text.find(':');
    if (colon != std::string_view::npos) {
        const auto txid = parse_hash<Txid>(text.substr(0, colon));
        const auto sequence = parse_number(text.substr(colon + 1));
        if (txid && sequence && *sequence <= kLastMergePosition.sequence)
            return MergeCursor{*txid, static_cast<std::uint32_t>(*sequence)};
    }
    return fail(ErrorCode::invalid, "\"" + std::string(text) +
                                        "\" is no cursor of --history; use the one that the page "
                                        "before printed");
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
    const Listed path = TRY(listed(view, clusters, *chain));
    result["merges"] = path.json;
    result["weakest"] = nullptr;
    std::string about = "joined by " + std::to_string(chain->size()) +
                        (chain->size() == 1 ? " merge\n" : " merges\n") + path.table.text();
    if (!chain->empty()) {
        const Listed weakest = TRY(listed(view, clusters, {weakest_first(*chain).front()}));
        result["weakest"] = weakest.json.front();
        about += "\nweakest\n" + weakest.table.text();
    }
    return Explanation{{sealed(manifest, std::move(result)), about}, true};
}

}  // namespace wagetrail::report
