#include "heuristics/report/entity.h"

#include "chain/base/number.h"

#include "heuristics/report/json.h"
#include "heuristics/report/merge_list.h"
#include "heuristics/report/table.h"

namespace wagetrail::report {
namespace {

constexpr std::size_t kMergesShown = 100;
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
    const Listed history = TRY(listed(view, TRY(clusters.merges(entity, {}, kMergesShown)).merges));
    const std::string id = TRY(clusters.id(entity));
    Json next;
    if (page.next) next = text(TRY(view.address(*page.next)));
    std::string about = "entity  " + id + "\nlevel   " + std::string(name(entity.level)) +
                        "\nsize    " + std::to_string(entity.size) +
                        (entity.size == 1 ? " address\n\n" : " addresses\n\n") +
                        addresses.table.text();
    if (page.next) about += "more: --cursor " + next.get<std::string>() + "\n";
    if (!history.json.empty()) about += "\nmerges, oldest first\n" + history.table.text();
    Json result = {{"entity", id},
                   {"level", name(entity.level)},
                   {"size", entity.size},
                   {"addresses", std::move(addresses.json)},
                   {"next", next},
                   {"merges", history.json},
                   {"merges_total", entity.size - 1},
                   {"labels", Json::array()}};
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
        Json one = TRY(merge_json(view, merge));
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
        return Explanation{
            {sealed(manifest, std::move(result)),
             "nothing joins the two at level " + std::string(name(level)) + " as of height " +
                 std::to_string(view.as_of().height.value) + "\n"},  // raw: printed
            false};
    }
    const Listed path = TRY(listed(view, *chain));
    result["merges"] = path.json;
    result["weakest"] = nullptr;
    std::string about = "joined by " + std::to_string(chain->size()) +
                        (chain->size() == 1 ? " merge\n" : " merges\n") + path.table.text();
    if (!chain->empty()) {
        const Listed weakest = TRY(listed(view, {weakest_first(*chain).front()}));
        result["weakest"] = weakest.json.front();
        about += "\nweakest\n" + weakest.table.text();
    }
    return Explanation{{sealed(manifest, std::move(result)), about}, true};
}

}  // namespace wagetrail::report
