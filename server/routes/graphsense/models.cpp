#include "server/routes/graphsense/models.h"

#include "chain/base/sha256.h"

#include "heuristics/address_life.h"

#include <initializer_list>
#include <optional>

namespace wagetrail::server::graphsense {
namespace {

constexpr std::size_t kMembersMax = 2'000;

/// Signs apart; both below 2^53 wherever a client can read them.
std::int64_t number(Amount amount) {
    return static_cast<std::int64_t>(amount.units());
}

/// The life of some addresses.
struct Life {
    index::Totals totals;
    std::optional<TxId> first;
    std::optional<TxId> last;
    bool has_all_members = true;
};

Expected<void> add(const index::LedgerView& view, AddrId id, Life& life) {
    const index::Totals totals = TRY(view.totals(id));
    life.totals.received += totals.received;
    life.totals.sent += totals.sent;
    const TxId first = TRY(view.history(id, TxId(0), 1)).postings.at(0).tx;
    const TxId last = TRY(last_posting(view, id)).tx;
    if (!life.first || first < *life.first) life.first = first;
    if (!life.last || last > *life.last) life.last = last;
    return {};
}

Expected<Neighbors> neighbors_on(const Place& place,
                                 std::span<const AddrId> members,
                                 NeighborSide side,
                                 bool entities) {
    return neighbors_of(
        place.view, place.clusters, members,
        {.side = side, .entities = entities, .transactions_max = place.transactions_max},
        place.stop);
}

/// GraphSense's own words for what is not counted to the end.
void mark_floors(Json& model, bool all_members, const Neighbors& in, const Neighbors& out) {
    Json floors = Json::array();
    Json approximate = Json::array();
    const auto note = [](Json& list, bool applies, std::initializer_list<const char*> names) {
        if (!applies) return;
        for (const char* const name : names) list.push_back(name);
    };
    note(floors, in.truncated || !all_members, {"in_degree", "no_incoming_txs"});
    note(floors, out.truncated || !all_members, {"out_degree", "no_outgoing_txs"});
    note(floors, !all_members, {"total_received", "total_spent"});
    note(approximate, !all_members, {"balance", "last_tx"});
    if (floors.empty()) return;
    model["aggregates_truncated"] = true;
    model["cutoff"] = {{"floor_fields", std::move(floors)},
                       {"approximate_fields", std::move(approximate)}};
}

/// What Address and Cluster have in common.
Expected<Json> life_model(const Place& place,
                          std::span<const AddrId> members,
                          bool entities,
                          const Life& life) {
    const Neighbors in = TRY(neighbors_on(place, members, NeighborSide::in, entities));
    const Neighbors out = TRY(neighbors_on(place, members, NeighborSide::out, entities));
    Json model{{"currency", params(place.view.ledger()).name},
               {"balance", values(life.totals.received, life.totals.sent)},
               {"total_received", values(life.totals.received)},
               {"total_spent", values(life.totals.sent)},
               {"first_tx", TRY(tx_summary(place.view, TRY(place.view.tx(life.first.value()))))},
               {"last_tx", TRY(tx_summary(place.view, TRY(place.view.tx(life.last.value()))))},
               {"in_degree", in.found.size()},
               {"out_degree", out.found.size()},
               {"no_incoming_txs", in.transactions},
               {"no_outgoing_txs", out.transactions},
               {"actors", Json::array()}};
    mark_floors(model, life.has_all_members, in, out);
    return model;
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
    TRY(add(place.view, id, life));
    Json model = TRY(life_model(place, std::span(&id, 1), /*entities=*/false, life));
    const Entity entity = TRY(place.clusters.entity(ClusterLevel::l1, id));
    model["address"] = text(TRY(place.view.address(id)));
    model["entity"] = model["cluster"] = cluster_number(TRY(place.clusters.id(entity)));
    model["is_contract"] = nullptr;
    model["status"] = nullptr;
    return model;
}

Expected<Json> cluster_model(const Place& place, AddrId id) {
    const Entity entity = TRY(place.clusters.entity(ClusterLevel::l1, id));
    const MemberPage page = TRY(place.clusters.members(entity, AddrId(0), kMembersMax));
    Life life;
    for (const AddrId member : page.members) TRY(add(place.view, member, life));
    life.has_all_members = !page.next;
    Json model = TRY(life_model(place, page.members, /*entities=*/true, life));
    model["entity"] = model["cluster"] = cluster_number(TRY(place.clusters.id(entity)));
    model["root_address"] = text(TRY(place.view.address(entity.first)));
    model["no_addresses"] = entity.size;
    model["best_address_tag"] = nullptr;
    model["no_address_tags"] = kNotCounted;
    return model;
}

Expected<Json> address_tx(const index::LedgerView& view, AddrId id, TxId tx_id) {
    const index::TxRecord tx = TRY(view.tx(tx_id));
    const AddressFlow flow = TRY(flow_of(view, id, tx));
    Json model = TRY(tx_summary(view, tx));
    model["currency"] = params(view.ledger()).name;
    model["tx_type"] = "utxo";
    model["coinbase"] = tx.index == 0;
    model["value"] = values(flow.received, flow.sent);
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
            {"cluster", nullptr},
            {"entity", nullptr}};
}

}  // namespace wagetrail::server::graphsense
