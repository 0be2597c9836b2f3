#include "heuristics/report/merge_list.h"

namespace wagetrail::report {

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
                {"class", name(TRY(clusters.class_of(tx.id)))},
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

Expected<Listed> listed(const index::LedgerView& view,
                        Clusters& clusters,
                        const std::vector<Merge>& merges) {
    Listed list{.table = merge_table()};
    for (const Merge& merge : merges) {
        list.json.push_back(TRY(merge_json(view, clusters, merge)));
        add_row(list.table, list.json.back());
    }
    return list;
}

Expected<Listed> listed_addresses(const index::LedgerView& view,
                                  const std::vector<AddrId>& addresses) {
    Listed list{.table = Table({"address", "kind", "txs", "balance"},
                               {Align::left, Align::left, Align::right, Align::right})};
    for (const AddrId member : addresses) {
        const Address address = TRY(view.address(member));
        const index::Totals totals = TRY(view.totals(member));
        const Amount balance = totals.received - totals.sent;
        list.json.push_back({{"address", text(address)},
                             {"kind", name(address.kind)},
                             {"tx_count", totals.tx_count},
                             {"balance", amount_json(view.ledger(), balance)}});
        list.table.row({text(address), std::string(name(address.kind)),
                        std::to_string(totals.tx_count), display(view.ledger(), balance)});
    }
    return list;
}

}  // namespace wagetrail::report
