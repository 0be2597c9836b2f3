#include "chain/base/number.h"

#include "heuristics/address_life.h"
#include "heuristics/clusters.h"
#include "heuristics/report/json.h"
#include "heuristics/report/label_json.h"
#include "heuristics/report/show.h"
#include "heuristics/report/table.h"

namespace wagetrail::report {
namespace {

struct History {
    Json json;
    std::string text;
};

Expected<History> history_of(const index::LedgerView& view,
                             AddrId id,
                             const HistoryRequest& request) {
    TxId from(0);
    if (request.from) {
        const index::BlockRow block = TRY(view.block(request.from->height));
        if (request.from->index >= block.tx_count)
            return fail(ErrorCode::invalid,
                        "no transaction " + text(*request.from) +
                            " on this chain; use the cursor of the previous page");
        from = block.first_tx.next(request.from->index);
    }
    const index::HistoryPage page = TRY(view.history(id, from, request.limit));
    Json rows = Json::array();
    Table table({"height", "time", "received", "sent", "txid"},
                {Align::right, Align::left, Align::right, Align::right, Align::left});
    for (const index::Posting& posting : page.postings) {
        const index::TxRecord tx = TRY(view.tx(posting.tx));
        const AddressFlow flow = TRY(flow_of(view, id, tx));
        const Json position = TRY(position_json(view, tx));
        rows.push_back({{"position", position},
                        {"received", amount_json(view.ledger(), flow.received)},
                        {"sent", amount_json(view.ledger(), flow.sent)}});
        table.row({std::to_string(tx.height.value),  // raw: printed
                   position["time"],
                   flow.received.is_zero() ? "" : display(view.ledger(), flow.received),
                   flow.sent.is_zero() ? "" : display(view.ledger(), flow.sent),
                   wagetrail::text(tx.txid)});
    }
    Json next;
    std::string more;
    if (page.next) {
        const index::TxRecord tx = TRY(view.tx(*page.next));
        next = text(HistoryCursor{tx.height, tx.index});
        more = "more: --history --cursor " + next.get<std::string>() + "\n";
    }
    return History{{{"rows", std::move(rows)}, {"next", next}}, "\n" + table.text() + more};
}

Expected<Json> edge_position(const index::LedgerView& view, const index::Posting& posting) {
    return position_json(view, TRY(view.tx(posting.tx)));
}

}  // namespace

std::string text(const HistoryCursor& cursor) {
    return text(cursor.height) + ":" + std::to_string(cursor.index);
}

Expected<HistoryCursor> parse_history_cursor(std::string_view text) {
    const auto colon = text.find(':');
    const auto height = parse_number(text.substr(0, colon));
    const auto index = colon == std::string_view::npos ? std::optional<std::uint64_t>()
                                                       : parse_number(text.substr(colon + 1));
    if (height && *height <= 0xFFFFFFFF && index)
        return HistoryCursor{Height(static_cast<std::uint32_t>(*height)), *index};
    return fail(ErrorCode::invalid,
                "\"" + std::string(text) +
                    "\" is not a cursor; use the one that the previous page ended with");
}

Expected<ShowAnswer> show_address(const index::LedgerView& view,
                                  const Manifest& manifest,
                                  const Address& address,
                                  std::span<const labels::Label> labels,
                                  const std::optional<HistoryRequest>& history) {
    const LedgerId ledger = view.ledger();
    const std::string shown = text(address);
    Json result = {
        {"ledger", params(ledger).name}, {"address", shown}, {"kind", name(address.kind)}};
    const auto id = TRY(view.find_address(address));
    const index::Totals totals = id ? TRY(view.totals(*id)) : index::Totals();
    result["on_chain"] = id.has_value();
    result["tx_count"] = totals.tx_count;
    result["received"] = amount_json(ledger, totals.received);
    result["sent"] = amount_json(ledger, totals.sent);
    result["balance"] = amount_json(ledger, totals.received - totals.sent);
    result["first"] = nullptr;
    result["last"] = nullptr;
    result["entity"] = nullptr;
    result["labels"] = labels_json(labels);
    result["labels_contradict"] = labels::contradict(labels);
    std::string about = "address   " + shown + "\nledger    " + std::string(params(ledger).name) +
                        "\nkind      " + std::string(name(address.kind)) + "\n" +
                        labels_text(labels);
    if (!id) {
        about += "on chain  no: never seen as of height " +
                 std::to_string(view.as_of().height.value) + "\n";  // raw: printed
        return ShowAnswer{{sealed(manifest, std::move(result)), about}, Presence::not_on_chain};
    }
    result["first"] = TRY(edge_position(view, TRY(view.history(*id, TxId(0), 1)).postings.at(0)));
    result["last"] = TRY(edge_position(view, TRY(last_posting(view, *id))));
    Clusters clusters(view);
    const Entity entity = TRY(clusters.entity(manifest.level.value_or(ClusterLevel::l1), *id));
    result["entity"] = {{"id", TRY(clusters.id(entity))}, {"size", entity.size}};
    about += "received  " + display(ledger, totals.received) + "\nsent      " +
             display(ledger, totals.sent) + "\nbalance   " +
             display(ledger, totals.received - totals.sent) + "\ntxs       " +
             std::to_string(totals.tx_count) + "\nfirst     " +
             result["first"]["time"].get<std::string>() + "  " +
             result["first"]["txid"].get<std::string>() + "\nlast      " +
             result["last"]["time"].get<std::string>() + "  " +
             result["last"]["txid"].get<std::string>() + "\nentity    " +
             result["entity"]["id"].get<std::string>() + " (" + std::to_string(entity.size) +
             (entity.size == 1 ? " address)\n" : " addresses)\n");
    if (history) {
        History page = TRY(history_of(view, *id, *history));
        result["history"] = std::move(page.json);
        about += page.text;
    }
    return ShowAnswer{{sealed(manifest, std::move(result)), about}, Presence::on_chain};
}

}  // namespace wagetrail::report
