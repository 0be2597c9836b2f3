#include "heuristics/report/neighbor_answer.h"

#include "heuristics/report/label_json.h"
#include "heuristics/report/table.h"

namespace wagetrail::report {

Answer neighbors_answer(const Manifest& manifest, const NeighborPage& page) {
    const char* const kind = page.scope.entities ? "entity" : "address";
    Json rows = Json::array();
    Table table({kind, "transactions", "value"}, {Align::left, Align::right, Align::right});
    for (const NeighborRow& row : page.rows) {
        rows.push_back({{kind, row.name},
                        {"transactions", row.neighbor.transactions},
                        {"value", amount_json(page.ledger, row.neighbor.amount)},
                        {"labels", labels_json(row.labels)}});
        table.row({row.name, std::to_string(row.neighbor.transactions),
                   display(page.ledger, row.neighbor.amount)});
    }
    const std::size_t end = page.first + page.rows.size();
    const Json next = end < page.count ? Json(std::to_string(end)) : Json();
    return {sealed(manifest, {{"subject", page.subject},
                              {"ledger", params(page.ledger).name},
                              {"on_chain", page.on_chain},
                              {"direction", name(page.scope.side)},
                              {"transactions", page.transactions},
                              {"count", page.count},
                              {"neighbors", std::move(rows)},
                              {"next", next}}),
            page.rows.empty() ? "no neighbours\n" : table.text()};
}

Expected<Answer> links_answer(const index::LedgerView& view,
                              const Manifest& manifest,
                              const LinkPage& page) {
    Json rows = Json::array();
    Table table({"time", "txid", "paid", "received"},
                {Align::left, Align::left, Align::right, Align::right});
    for (const Link& link : page.links) {
        Json position = TRY(position_json(view, link.tx));
        table.row({position.at("time").get<std::string>(), text(link.tx.txid),
                   display(page.ledger, link.paid), display(page.ledger, link.received)});
        rows.push_back({{"position", std::move(position)},
                        {"paid", amount_json(page.ledger, link.paid)},
                        {"received", amount_json(page.ledger, link.received)}});
    }
    return Answer{sealed(manifest, {{"from", page.from},
                                    {"to", page.to},
                                    {"ledger", params(page.ledger).name},
                                    {"on_chain", page.on_chain},
                                    {"count", page.count},
                                    {"links", std::move(rows)}}),
                  page.links.empty() ? "no transactions between them\n" : table.text()};
}

}  // namespace wagetrail::report
