// The part of GraphSense's REST interface that reads, mapped onto ours.
#include "server/routes/routes.h"

#include "chain/base/number.h"

#include "heuristics/question/open_ledger.h"
#include "heuristics/report/show.h"

#include "server/routes/graphsense/models.h"
#include "server/routes/neighbors_of.h"
#include "server/routes/pins_of.h"

#include <algorithm>
#include <array>
#include <set>
#include <sstream>

namespace wagetrail::server {
namespace graphsense {
namespace {

constexpr std::uint64_t kTransactionsMax = 10'000;      // of the address that is asked about
constexpr std::uint64_t kTransactionsOfOthers = 1'000;  // of each one beside it
constexpr std::uint64_t kEdgesMax = 10'000;             // transactions behind neighbours and links
constexpr const char* kTag = "graphsense";

/// A question about one address: everything open that it takes.
class Asked {
  public:
    static Result<Asked> open(Service& service, const Call& call, const std::stop_token& stop) {
        const auto generation = service.now();
        const question::Pins pins{.ledger = call.text("currency")};
        const Address address =
            TRY(question::choose_address(generation->home, pins, call.text("address")));
        Asked asked(generation, TRY(question::open_ledger(generation->home, pins, address.ledger)),
                    TRY(question::open_labels(generation->home, pins)), stop);
        asked.id_ = TRY(asked.find(address));
        asked.address_ = text(address);
        return asked;
    }

    [[nodiscard]] AddrId id() const { return id_; }
    [[nodiscard]] const std::string& address() const { return address_; }
    [[nodiscard]] const index::LedgerView& view() const { return *open_.view; }
    [[nodiscard]] Clusters& clusters() const { return *clusters_; }
    [[nodiscard]] const labels::LabelView* labels() const {
        return labels_.view ? &*labels_.view : nullptr;
    }
    [[nodiscard]] const std::stop_token& stop() const { return stop_; }
    [[nodiscard]] Place place(std::uint64_t transactions_max) const {
        return {.view = view(),
                .clusters = clusters(),
                .transactions_max = transactions_max,
                .stop = stop_};
    }
    /// not_found where GraphSense would say it too.
    [[nodiscard]] Result<AddrId> find(const Address& address) const {
        const auto id = TRY(view().find_address(address));
        if (!id)
            return refuse(ProblemCode::not_found,
                          "the address " + text(address) + " is not on the chain");
        return *id;
    }

  private:
    Asked(std::shared_ptr<Generation> generation,
          question::OpenLedger open,
          question::OpenLabels labels,
          std::stop_token stop)
        : generation_(std::move(generation)),
          open_(std::move(open)),
          labels_(std::move(labels)),
          clusters_(std::make_unique<Clusters>(*open_.view)),
          stop_(std::move(stop)) {}

    std::shared_ptr<Generation> generation_;
    question::OpenLedger open_;
    question::OpenLabels labels_;
    std::unique_ptr<Clusters> clusters_;
    std::stop_token stop_;
    AddrId id_;
    std::string address_;
};

Result<Answer> json_answer(const Json& json) {
    return Answer{.body = json.dump() + "\n"};
}

Result<std::size_t> first_of(const Call& call) {
    if (call.text("page").empty()) return 0;
    const auto number = parse_number(call.text("page"));
    if (!number) return refuse(ProblemCode::bad_parameter, "page is none that next_page gave");
    return *number;
}

Json next_of(std::size_t end, std::size_t count) {
    return end < count ? Json(std::to_string(end)) : Json();
}

bool newest_first(const Call& call) {
    return call.text("order") == "desc";
}

Result<Answer> address(const Asked& asked, const Call&) {
    return json_answer(TRY(address_model(asked.place(kTransactionsMax), asked.id())));
}

Result<Answer> cluster(const Asked& asked, const Call&) {
    return json_answer(TRY(cluster_model(asked.place(kTransactionsMax), asked.id())));
}

/// Those that only_ids names, in their order; all of them when it names none.
Result<std::vector<Neighbor>> wanted(const Asked& asked, const Call& call, const Neighbors& found) {
    if (call.text("only_ids").empty()) return found.found;
    std::set<AddrId> ids;
    std::istringstream names(call.text("only_ids"));
    for (std::string name; std::getline(names, name, ',');) {
        const Address address = TRY(parse_address(asked.view().ledger(), name));
        if (const auto id = TRY(asked.view().find_address(address))) ids.insert(*id);
    }
    std::vector<Neighbor> some;
    for (const Neighbor& each : found.found)
        if (ids.contains(each.address)) some.push_back(each);
    return some;
}

Result<Answer> neighbors(const Asked& asked, const Call& call) {
    const NeighborScope scope{.side = side_of(call), .transactions_max = kEdgesMax};
    const AddrId id = asked.id();
    const Neighbors found =
        TRY(neighbors_of(asked.view(), asked.clusters(), std::span(&id, 1), scope, asked.stop()));
    const std::vector<Neighbor> all = TRY(wanted(asked, call, found));
    const std::size_t first = TRY(first_of(call));
    std::size_t at = first;
    Json rows = Json::array();
    for (; at < all.size() && at - first < call.number("pagesize"); ++at) {
        const Neighbor& each = all[at];
        Json names = Json::array();
        if (call.flag("include_labels") && asked.labels() != nullptr)
            for (const labels::Label& label :
                 TRY(asked.labels()->of(TRY(asked.view().address(each.address)))))
                names.push_back(label.label);
        rows.push_back(
            {{"address", TRY(address_model(asked.place(kTransactionsOfOthers), each.address))},
             {"value", values(each.amount)},
             {"no_txs", each.transactions},
             {"labels", std::move(names)},
             {"token_values", nullptr}});
    }
    return json_answer({{"neighbors", std::move(rows)},
                        {"next_page", next_of(at, all.size())},
                        {"neighbors_truncated", found.truncated ? Json(true) : Json()}});
}

Result<Answer> links(const Asked& asked, const Call& call) {
    const Address other = TRY(parse_address(asked.view().ledger(), call.text("neighbor")));
    const AddrId to = TRY(asked.find(other));
    Links found = TRY(links_between(asked.view(), std::array{asked.id()}, std::array{to}, kEdgesMax,
                                    asked.stop()));
    if (found.truncated)
        return refuse(ProblemCode::limit_met,
                      "the address has more transactions than one question may take apart");
    if (newest_first(call)) std::ranges::reverse(found.found);
    const std::size_t first = TRY(first_of(call));
    std::size_t at = first;
    Json rows = Json::array();
    for (; at < found.found.size() && at - first < call.number("pagesize"); ++at)
        rows.push_back(TRY(link_model(asked.view(), found.found[at])));
    return json_answer(
        {{"links", std::move(rows)}, {"next_page", next_of(at, found.found.size())}});
}

Result<Answer> tags(const Asked& asked, const Call&) {
    Json rows = Json::array();
    if (asked.labels() != nullptr)
        for (const labels::Label& label :
             TRY(asked.labels()->of(TRY(asked.view().address(asked.id())))))
            rows.push_back(tag_model(asked.view().ledger(), asked.address(), label));
    return json_answer({{"address_tags", std::move(rows)}, {"next_page", nullptr}});
}

Height height_of(const Call& call, const char* name) {
    return Height(static_cast<std::uint32_t>(call.number(name)));
}

/// The transactions from `from` to before `end`.
struct Range {
    TxId from;
    TxId end;
};

/// Where the page begins: a place in the chain, as our own history gives it.
Result<TxId> begin_of_page(const Asked& asked, const Call& call) {
    const report::HistoryCursor cursor = TRY(report::parse_history_cursor(call.text("page")));
    const index::BlockRow block = TRY(asked.view().block(cursor.height));
    if (cursor.index >= block.tx_count)
        return refuse(ProblemCode::bad_parameter, "page is none that next_page gave");
    return block.first_tx.next(cursor.index);
}

/// What min_height, max_height and the pages before leave.
Result<Range> range_of(const Asked& asked, const Call& call) {
    Range range{.from = TxId(0), .end = asked.view().end_tx()};
    if (!call.text("min_height").empty())
        range.from = TRY(asked.view().block(height_of(call, "min_height"))).first_tx;
    if (!call.text("max_height").empty()) {
        const Height last = std::min(height_of(call, "max_height"), asked.view().as_of().height);
        const index::BlockRow block = TRY(asked.view().block(last));
        range.end = block.first_tx.next(block.tx_count);
    }
    if (call.text("page").empty()) return range;
    const TxId begin = TRY(begin_of_page(asked, call));
    if (newest_first(call))
        range.end = std::min(range.end, begin.next());
    else
        range.from = std::max(range.from, begin);
    return range;
}

Result<Answer> txs(const Asked& asked, const Call& call) {
    const Range range = TRY(range_of(asked, call));
    const std::uint64_t rows_max = call.number("pagesize");
    const index::HistoryPage page =
        newest_first(call) ? TRY(asked.view().history_back(asked.id(), range.end, rows_max))
                           : TRY(asked.view().history(asked.id(), range.from, rows_max));
    const auto is_within = [&](TxId tx) { return tx >= range.from && tx < range.end; };
    Json rows = Json::array();
    for (const index::Posting& posting : page.postings) {
        if (!is_within(posting.tx)) break;
        const bool wanted = call.text("direction") == "in"    ? posting.pays
                            : call.text("direction") == "out" ? posting.spends
                                                              : true;
        if (wanted) rows.push_back(TRY(address_tx(asked.view(), asked.id(), posting.tx)));
    }
    Json next;
    if (page.next && is_within(*page.next)) {
        const index::TxRecord tx = TRY(asked.view().tx(*page.next));
        next = report::text(report::HistoryCursor{tx.height, tx.index});
    }
    return json_answer({{"address_txs", std::move(rows)}, {"next_page", next}});
}

/// Whole addresses and transaction ids; GraphSense also finds beginnings of them.
Result<Answer> search(Service& service, const Call& call) {
    const auto generation = service.now();
    Json currencies = Json::array();
    for (const LedgerId ledger : generation->home.ledgers()) {
        const std::string name(params(ledger).name);
        if (!call.text("currency").empty() && call.text("currency") != name) continue;
        const auto open = TRY(question::open_ledger(generation->home, {.ledger = name}, ledger));
        Json addresses = Json::array();
        Json transactions = Json::array();
        const auto address = parse_address(ledger, call.text("q"));
        if (address && call.flag("include_addresses"))
            if (TRY(open.view->find_address(*address))) addresses.push_back(text(*address));
        const auto txid = parse_hash<Txid>(call.text("q"));
        if (txid && call.flag("include_txs"))
            if (TRY(open.view->find_tx(*txid))) transactions.push_back(text(*txid));
        currencies.push_back({{"currency", name}, {"addresses", addresses}, {"txs", transactions}});
    }
    return json_answer({{"currencies", std::move(currencies)},
                        {"labels", Json::array()},
                        {"actors", Json::array()}});
}

Result<Answer> stats(Service& service, const Now& now) {
    const auto generation = service.now();
    Json currencies = Json::array();
    for (const LedgerId ledger : generation->home.ledgers()) {
        const std::string name(params(ledger).name);
        const auto open = TRY(question::open_ledger(generation->home, {.ledger = name}, ledger));
        const index::BlockRow block = TRY(open.view->block(open.view->as_of().height));
        currencies.push_back({{"name", name},
                              {"network_type", "utxo"},
                              {"no_blocks", open.view->as_of().height.value + 1},  // raw: how many
                              {"no_txs", open.view->end_tx().value},               // raw: how many
                              {"no_addresses", block.end_addr().value},            // raw: how many
                              {"no_entities", kNotCounted},
                              {"no_address_relations", kNotCounted},
                              {"no_labels", kNotCounted},
                              {"no_tagged_addresses", kNotCounted},
                              {"timestamp", block.header.time}});
    }
    return json_answer({{"currencies", std::move(currencies)},
                        {"version", "wagetrail 0.1.0"},
                        {"request_timestamp", text(now())}});
}

Parameter currency() {
    Parameter currency = ledger_in_path();
    currency.name = "currency";
    return currency;
}

Parameter direction(const char* otherwise) {
    return {.name = "direction",
            .kind = Kind::choice,
            .about = "Of the value: to the address, or from it.",
            .otherwise = otherwise,
            .choices = {"in", "out"}};
}

Parameter flag(const char* name, const char* about, const char* otherwise = "false") {
    return {.name = name, .kind = Kind::flag, .about = about, .otherwise = otherwise};
}

Parameter height(const char* name, const char* about) {
    return {.name = name, .kind = Kind::number, .about = about, .max = 0xFFFF'FFFF};
}

std::vector<Parameter> paged(std::vector<Parameter> own) {
    own.push_back({.name = "page", .about = "next_page of the page before."});
    own.push_back({.name = "pagesize",
                   .kind = Kind::number,
                   .about = "How many rows at most.",
                   .otherwise = "100",
                   .min = 1,
                   .max = 5'000});
    return own;
}

using Ask = Result<Answer> (*)(const Asked&, const Call&);

Route route(Service& service,
            const char* rest,
            const char* name,
            const char* about,
            std::vector<Parameter> own,
            Ask ask) {
    std::vector<Parameter> parameters{currency(),
                                      text_in_path("address", "An address of the ledger.")};
    parameters.insert(parameters.end(), own.begin(), own.end());
    return {
        .path = std::string("/{currency}/addresses/{address}") + rest,
        .name = name,
        .about = about,
        .tag = kTag,
        .parameters = std::move(parameters),
        .handle = [&service, ask](const Call& call, const std::stop_token& stop) -> Result<Answer> {
            return ask(TRY(Asked::open(service, call, stop)), call);
        }};
}

std::vector<Route> all_routes(Service& service, const Now& now) {
    const Parameter labels = flag("include_labels", "With the labels of each neighbour.");
    Parameter only_currency = currency();
    only_currency.in = In::query;
    only_currency.about = "Of that ledger alone.";
    const Parameter only{
        .name = "only_ids", .about = "Only these addresses, with commas.", .max = 8'192};
    const Parameter actors = flag("include_actors", "Taken; there are none.");
    const Parameter order{.name = "order",
                          .kind = Kind::choice,
                          .about = "asc: the oldest first. desc: the newest first.",
                          .otherwise = "desc",
                          .choices = {"asc", "desc"}};
    const Parameter neighbor{
        .name = "neighbor", .about = "The other address.", .is_required = true};
    return {
        route(service, "", "get_address", "GraphSense's Address.", {}, address),
        route(service, "/cluster", "get_address_cluster", "GraphSense's Cluster.", {}, cluster),
        route(service, "/entity", "get_address_entity", "The same by its older name.", {}, cluster),
        route(service, "/neighbors", "list_address_neighbors", "GraphSense's NeighborAddresses.",
              paged({direction("out"), labels, only, actors}), neighbors),
        route(service, "/links", "list_address_links",
              "GraphSense's Links: the transactions from the address to the neighbour.",
              paged({neighbor, order}), links),
        route(service, "/tags", "list_tags_by_address", "GraphSense's AddressTags.", paged({}),
              tags),
        route(service, "/txs", "list_address_txs", "GraphSense's AddressTxs.",
              paged({direction(""), height("min_height", "From that block on."),
                     height("max_height", "Up to that block."), order}),
              txs),
        {.path = "/search",
         .name = "search",
         .about = "GraphSense's SearchResult, for whole addresses and transaction ids.",
         .tag = kTag,
         .parameters = {{.name = "q",
                         .about = "An address or a transaction id.",
                         .is_required = true},
                        only_currency,
                        {.name = "limit",
                         .kind = Kind::number,
                         .about = "Taken and not needed.",
                         .otherwise = "10",
                         .min = 1,
                         .max = 100},
                        flag("include_addresses", "Look for addresses.", "true"),
                        flag("include_txs", "Look for transactions.", "true"),
                        flag("include_labels", "Taken; none are found."),
                        flag("include_actors", "Taken; there are none."),
                        flag("include_sub_tx_identifiers", "Taken and not needed.")},
         .handle = [&service](const Call& call, const std::stop_token&) -> Result<Answer> {
             return search(service, call);
         }},
        {.path = "/stats",
         .name = "get_statistics",
         .about = "GraphSense's Stats.",
         .tag = kTag,
         .handle = [&service, now](const Call&, const std::stop_token&) -> Result<Answer> {
             return stats(service, now);
         }}};
}

}  // namespace
}  // namespace graphsense

std::vector<Route> graphsense_routes(Service& service, const Now& now) {
    return graphsense::all_routes(service, now);
}

}  // namespace wagetrail::server
