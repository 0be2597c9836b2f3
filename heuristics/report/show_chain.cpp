#include "heuristics/clusters.h"
#include "heuristics/report/class_reasons.h"
#include "heuristics/report/json.h"
#include "heuristics/report/show.h"
#include "heuristics/report/table.h"

#include <algorithm>

namespace wagetrail::report {
namespace {

Expected<Json> input_json(const index::LedgerView& view, OutId spent, Table& table) {
    const index::OutputRecord out = TRY(view.output(spent));
    const index::TxRecord from = TRY(view.tx_of(spent));
    const std::string address = text(TRY(view.address(out.address)));
    const std::uint64_t vout = spent.value - from.first_out.value;  // raw: index in its transaction
    table.row({"in", display(view.ledger(), out.amount), address,
               text(from.txid) + ":" + std::to_string(vout)});
    return Json{{"prevout", {{"txid", text(from.txid)}, {"vout", vout}}},
                {"address", address},
                {"amount", amount_json(view.ledger(), out.amount)}};
}

Expected<Json> output_json(const index::LedgerView& view,
                           const index::OutputRecord& out,
                           std::uint64_t vout,
                           Table& table) {
    const Address address = TRY(view.address(out.address));
    Json json = {{"vout", vout},
                 {"address", text(address)},
                 {"kind", name(address.kind)},
                 {"amount", amount_json(view.ledger(), out.amount)},
                 {"spent_by", nullptr}};
    std::string where = is_unspendable(address) ? "unspendable" : "unspent";
    if (const auto spend = TRY(view.spender(out.id))) {
        const index::TxRecord spender = TRY(view.tx(spend->tx));
        json["spent_by"] = {{"txid", text(spender.txid)},
                            {"vin", spend->vin.value},          // raw: printed
                            {"height", spender.height.value}};  // raw: printed
        where = "spent by " + text(spender.txid);
    }
    table.row(
        {"out " + std::to_string(vout), display(view.ledger(), out.amount), text(address), where});
    return json;
}

std::string_view text(index::TxFlags::LockTimeClass lock_time) {
    switch (lock_time) {
        case index::TxFlags::LockTimeClass::none:
            return "none";
        case index::TxFlags::LockTimeClass::height:
            return "height";
        case index::TxFlags::LockTimeClass::time:
            return "time";
    }
    return "none";
}

std::string_view text(index::TxFlags::VersionClass version) {
    switch (version) {
        case index::TxFlags::VersionClass::other:
            return "other";
        case index::TxFlags::VersionClass::one:
            return "1";
        case index::TxFlags::VersionClass::two:
            return "2";
        case index::TxFlags::VersionClass::three:
            return "3";
    }
    return "other";
}

struct TxidPage {
    Json rows = Json::array();
    Json next;
    std::string text;
};

Expected<TxidPage> txid_page(const index::LedgerView& view,
                             const index::BlockRow& block,
                             Height height,
                             const HistoryRequest& request) {
    std::uint64_t at = 0;
    if (request.from) {
        at = request.from->index;
        if (request.from->height != height || at >= block.tx_count)
            return fail(ErrorCode::invalid, "no transaction " + text(*request.from) + " in block " +
                                                wagetrail::text(height) +
                                                "; use the cursor of the previous page");
    }
    const std::uint64_t end = std::min<std::uint64_t>(block.tx_count, at + request.limit);
    TxidPage page;
    const std::vector<Txid> txids = TRY(view.txids(block));
    for (; at < end; ++at) {
        page.rows.push_back(wagetrail::text(txids[at]));
        page.text += wagetrail::text(txids[at]) + "\n";
    }
    if (end < block.tx_count) {
        page.next = text(HistoryCursor{height, end});
        page.text += "more: --cursor " + page.next.get<std::string>() + "\n";
    }
    return page;
}

}  // namespace

Expected<ShowAnswer> show_transaction(const index::LedgerView& view,
                                      const Manifest& manifest,
                                      const Txid& txid) {
    const auto id = TRY(view.find_tx(txid));
    if (!id)
        return fail(ErrorCode::not_found,
                    "transaction " + wagetrail::text(txid) + " is not on " +
                        std::string(params(view.ledger()).name) + " as of height " +
                        std::to_string(view.as_of().height.value));  // raw: printed
    const index::TxRecord tx = TRY(view.tx(*id));
    Clusters clusters(view);
    const ClassReasons reasons = TRY(class_reasons(view, clusters, tx));
    const std::string_view tx_class = name(reasons.tx_class);
    Table table({"side", "amount", "address", "other end"},
                {Align::left, Align::right, Align::left, Align::left});
    Json inputs = Json::array();
    for (const OutId spent : TRY(view.inputs(tx)))
        inputs.push_back(TRY(input_json(view, spent, table)));
    Json outputs = Json::array();
    for (const index::OutputRecord& out : TRY(view.outputs(tx)))
        outputs.push_back(TRY(output_json(view, out, outputs.size(), table)));
    const Json position = TRY(position_json(view, tx));
    const index::TxFlags& flags = tx.entry.flags;
    std::string about = "transaction  " + wagetrail::text(tx.txid) + "\nledger       " +
                        std::string(params(view.ledger()).name) + "\nblock        " +
                        std::to_string(tx.height.value) + "  " +  // raw: printed
                        position["block_hash"].get<std::string>() + "\ntime         " +
                        position["time"].get<std::string>() + "\nfee          " +
                        display(view.ledger(), tx.entry.fee) + "\nclass        " +
                        std::string(tx_class) + (flags.is_coinbase ? " (coinbase)" : "") + "\n";
    for (const std::string& words : reasons.words) about += "             " + words + "\n";
    about += "\n";
    Json result = {{"position", position},
                   {"coinbase", flags.is_coinbase},
                   {"size", tx.entry.size},
                   {"version", text(flags.version)},
                   {"lock_time", text(flags.lock_time)},
                   {"signals_rbf", flags.signals_rbf},
                   {"has_witness", flags.has_witness},
                   {"hogex", flags.is_hogex},
                   {"fee", amount_json(view.ledger(), tx.entry.fee)},
                   {"class", tx_class},
                   {"class_reasons", reasons.words},
                   {"class_figures", reasons.figures},
                   {"inputs", std::move(inputs)},
                   {"outputs", std::move(outputs)}};
    return ShowAnswer{{sealed(manifest, std::move(result)), about + table.text()},
                      Presence::on_chain};
}

Expected<ShowAnswer> show_block(const index::LedgerView& view,
                                const Manifest& manifest,
                                Height height,
                                const HistoryRequest& page) {
    const index::BlockRow block = TRY(view.block(height));
    TxidPage txids = TRY(txid_page(view, block, height, page));
    const std::string number = std::to_string(height.value);  // raw: printed
    std::string about = "block      " + number + "  " + wagetrail::text(block.hash) +
                        "\nprevious   " + wagetrail::text(block.header.previous) + "\nledger     " +
                        std::string(params(view.ledger()).name) + "\ntime       " +
                        wagetrail::text(time_of(block)) + "\nmerkle     " +
                        wagetrail::text(block.header.merkle_root) + "\nsize       " +
                        std::to_string(block.size) + " bytes\ntxs        " +
                        std::to_string(block.tx_count) + "\n\n";
    Json result = {{"ledger", params(view.ledger()).name},
                   {"height", height.value},  // raw: printed
                   {"block_hash", wagetrail::text(block.hash)},
                   {"previous", wagetrail::text(block.header.previous)},
                   {"merkle_root", wagetrail::text(block.header.merkle_root)},
                   {"time", wagetrail::text(time_of(block))},
                   {"size", block.size},
                   {"extension_size", block.extension_size},
                   {"tx_count", block.tx_count},
                   {"txids", std::move(txids.rows)},
                   {"next", std::move(txids.next)}};
    return ShowAnswer{{sealed(manifest, std::move(result)), about + txids.text},
                      Presence::on_chain};
}

}  // namespace wagetrail::report
