#include "server/routes/graphsense/models.h"

#include "chain/base/sha256.h"

#include "heuristics/report/show.h"

#include <algorithm>

namespace wagetrail::server::graphsense {
namespace {

constexpr std::size_t kMembersMax = 2'000;
constexpr std::size_t kPage = 1'000;

/// Signs apart; both below 2^53 wherever a client can read them.
std::int64_t number(Amount amount) {
    return static_cast<std::int64_t>(amount.units());
}

/// The life of some addresses. Counts are null when there is more than was looked at.
struct Life {
    index::Totals totals;
    std::optional<TxId> first;
    std::optional<TxId> last;
    std::uint64_t incoming = 0;
    std::uint64_t outgoing = 0;
    bool is_whole = true;
};

void note(Life& life, const index::Posting& posting) {
    life.incoming += posting.pays ? 1 : 0;
    life.outgoing += posting.spends ? 1 : 0;
}

Expected<void> add_ends(const index::LedgerView& view, AddrId id, Life& life) {
    const TxId first = TRY(view.history(id, TxId(0), 1)).postings.at(0).tx;
    const TxId last = TRY(report::last_posting(view, id)).tx;
    if (!life.first || first < *life.first) life.first = first;
    if (!life.last || last > *life.last) life.last = last;
    return {};
}

Expected<void> add(const Place& place, AddrId id, Life& life) {
    const index::Totals totals = TRY(place.view.totals(id));
    life.totals.received += totals.received;
    life.totals.sent += totals.sent;
    life.totals.tx_count += totals.tx_count;
    TRY(add_ends(place.view, id, life));
    if (life.totals.tx_count > place.transactions_max) {
        life.is_whole = false;
        return {};
    }
    for (std::optional<TxId> at = TxId(0); at;) {
        const index::HistoryPage page = TRY(place.view.history(id, *at, kPage));
        for (const index::Posting& posting : page.postings) note(life, posting);
        at = page.next;
    }
    return {};
}

Expected<Json> degree(const Place& place,
                      std::span<const AddrId> members,
                      NeighborSide side,
                      bool entities,
                      const Life& life) {
    if (!life.is_whole) return Json();
    const Neighbors found = TRY(neighbors_of(
        place.view, place.clusters, members,
        {.side = side, .entities = entities, .transactions_max = place.transactions_max},
        place.stop));
    return found.truncated ? Json() : Json(found.found.size());
}

Expected<Json> summary_of(const index::LedgerView& view, const std::optional<TxId>& id) {
    if (!id) return Json();
    return tx_summary(view, TRY(view.tx(*id)));
}

/// What Address and Cluster have in common.
Expected<Json> life_model(const Place& place,
                          std::span<const AddrId> members,
                          bool entities,
                          const Life& life) {
    const bool whole = life.is_whole;
    return Json{{"currency", params(place.view.ledger()).name},
                {"balance", values(life.totals.received, life.totals.sent)},
                {"total_received", values(life.totals.received)},
                {"total_spent", values(life.totals.sent)},
                {"first_tx", TRY(summary_of(place.view, life.first))},
                {"last_tx", TRY(summary_of(place.view, life.last))},
                {"in_degree", TRY(degree(place, members, NeighborSide::in, entities, life))},
                {"out_degree", TRY(degree(place, members, NeighborSide::out, entities, life))},
                {"no_incoming_txs", whole ? Json(life.incoming) : Json()},
                {"no_outgoing_txs", whole ? Json(life.outgoing) : Json()},
                {"actors", Json::array()}};
}

}  // namespace

Json values(Amount amount) {
    return values(amount, Amount(0));
}

Json values(Amount plus, Amount minus) {
    return {{"value", number(plus) - number(minus)}, {"fiat_values", Json::array()}};
}

Expected<Json> tx_summary(const index::LedgerView& view, const index::TxRecord& tx) {
    const index::BlockRow block = TRY(view.block(tx.height));
    return Json{{"height", tx.height.value},  // raw: printed
                {"timestamp", block.header.time},
                {"tx_hash", text(tx.txid)}};
}

std::uint64_t cluster_number(const std::string& entity_id) {
    return std::stoull(sha256_hex(entity_id).substr(0, 13), nullptr, 16);
}

Expected<Json> address_model(const Place& place, AddrId id) {
    Life life;
    TRY(add(place, id, life));
    Json model = TRY(life_model(place, std::span(&id, 1), /*entities=*/false, life));
    const Entity entity = TRY(place.clusters.entity(ClusterLevel::l1, id));
    model["address"] = text(TRY(place.view.address(id)));
    model["entity"] = model["cluster"] = cluster_number(TRY(place.clusters.id(entity)));
    model["is_contract"] = nullptr;
    model["status"] =
        "clean";  // of their incremental updates; an index of ours is always up to date
    return model;
}

Expected<Json> cluster_model(const Place& place, AddrId id) {
    const Entity entity = TRY(place.clusters.entity(ClusterLevel::l1, id));
    const MemberPage page = TRY(place.clusters.members(entity, AddrId(0), kMembersMax));
    Life life;
    for (const AddrId member : page.members) TRY(add(place, member, life));
    life.is_whole = life.is_whole && !page.next;
    // A transaction of two members would count twice.
    Json model = TRY(life_model(place, page.members, /*entities=*/true, life));
    if (page.members.size() > 1) model["no_incoming_txs"] = model["no_outgoing_txs"] = nullptr;
    if (page.next)
        for (const char* const name :
             {"balance", "total_received", "total_spent", "first_tx", "last_tx"})
            model[name] = nullptr;
    model["entity"] = model["cluster"] = cluster_number(TRY(place.clusters.id(entity)));
    model["root_address"] = text(TRY(place.view.address(entity.first)));
    model["no_addresses"] = entity.size;
    model["best_address_tag"] = nullptr;
    model["no_address_tags"] = nullptr;
    return model;
}

Expected<Json> address_tx(const Place& place, AddrId id, TxId tx_id) {
    const index::TxRecord tx = TRY(place.view.tx(tx_id));
    Amount received;
    Amount sent;
    for (const index::OutputRecord& output : TRY(place.view.outputs(tx)))
        if (output.address == id) received += output.amount;
    const auto inputs = TRY(place.view.inputs(tx));
    for (const OutId spent : inputs) {
        const index::OutputRecord output = TRY(place.view.output(spent));
        if (output.address == id) sent += output.amount;
    }
    Json model = TRY(tx_summary(place.view, tx));
    model["currency"] = params(place.view.ledger()).name;
    model["tx_type"] = "utxo";
    model["coinbase"] = inputs.empty();
    model["value"] = values(received, sent);
    return model;
}

Expected<Json> link_model(const index::LedgerView& view, const Link& link) {
    Json model = TRY(tx_summary(view, link.tx));
    model["currency"] = params(view.ledger()).name;
    model["tx_type"] = "utxo";
    model["input_value"] = values(Amount(0), link.paid);  // they print what was paid as negative
    model["output_value"] = values(link.received);
    return model;
}

Json tag_model(LedgerId ledger, const std::string& address, const labels::Label& label) {
    return {{"address", address},
            {"currency", params(ledger).name},
            {"label", label.label},
            {"category", labels::name(label.category)},
            {"concepts", Json::array({labels::name(label.category)})},
            {"actor", nullptr},
            {"abuse", nullptr},
            {"source", label.source},
            {"lastmod", nullptr},
            {"tag_type", "actor"},
            {"confidence", nullptr},
            {"confidence_level", label.confidence},
            {"is_cluster_definer", false},
            {"inherited_from", nullptr},
            {"tagpack_title", label.pack},
            {"tagpack_creator", label.by},
            {"tagpack_uri", nullptr},
            {"tagpack_is_public", false},
            {"entity", nullptr}};
}

}  // namespace wagetrail::server::graphsense
