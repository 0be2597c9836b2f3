#include "heuristics/question/picture_names.h"

#include <algorithm>
#include <utility>

namespace wagetrail::question {

Expected<report::Holder> HolderNames::holder(const std::string& address) {
    const auto parsed = parse_address(view_.ledger(), address);
    // A script without an address form stands for itself.
    if (!parsed) return report::Holder{address, address};
    const auto id = TRY(view_.find_address(*parsed));
    if (!id) return report::Holder{address, address};
    return holder(*id);
}

Expected<report::Holder> HolderNames::holder(AddrId address) {
    Address own = TRY(view_.address(address));
    report::Holder holder{text(own), text(own)};
    if (level_) {
        const Entity entity = TRY(clusters_.entity(*level_, address));
        holder.id = TRY(clusters_.id(entity));
        holder.address = text(TRY(view_.address(entity.first)));
    }
    met_[holder.id].insert(std::move(own));
    return holder;
}

Expected<std::string> HolderNames::payer(const TxPosition& tx) const {
    const auto id = TRY(view_.find_tx(tx.txid));
    CHECK(id.has_value());
    std::map<AddrId, Amount> paid;
    for (const OutId out : TRY(view_.inputs(TRY(view_.tx(*id))))) {
        const index::OutputRecord output = TRY(view_.output(out));
        paid[output.address] += output.amount;
    }
    if (paid.empty()) return std::string();
    const auto most =
        std::ranges::max_element(paid, {}, [](const auto& each) { return each.second; });
    return text(TRY(view_.address(most->first)));
}

Expected<report::NodeFacts> HolderNames::facts(const report::PictureNode& node,
                                               const FactSources& sources) {
    report::NodeFacts facts;
    if (node.tx) {
        const auto id = TRY(view_.find_tx(node.tx->txid));
        if (!id) return facts;
        const TxClass tx_class = TRY(clusters_.class_of(*id));
        if (tx_class != TxClass::ordinary) facts.coinjoin = name(tx_class);
        return facts;
    }
    // At the level of transactions ends of ways are no holders: their addresses are looked up here.
    if (!met_.contains(node.id) && !node.address.empty())
        if (const auto address = parse_address(view_.ledger(), node.address))
            met_[node.id].insert(*address);
    for (const Address& address : met_[node.id]) {
        if (sources.labels != nullptr)
            for (labels::Label& label : TRY(sources.labels->of(address)))
                facts.labels.push_back(std::move(label));
        if (sources.lists == nullptr) continue;
        const auto listings = sources.lists->listings_of(address);
        facts.listings.insert(facts.listings.end(), listings.begin(), listings.end());
        const lists::VerdictKind kind =
            sources.lists->verdict_of(address, sources.lists->pins().as_of).kind;
        if (!facts.verdict || lists::is_listed(kind)) facts.verdict = kind;
    }
    if (node.kind != report::NodeKind::entity || met_[node.id].empty()) return facts;
    if (const auto id = TRY(view_.find_address(*met_[node.id].begin())))
        facts.size = TRY(clusters_.entity(level_.value(), *id)).size;
    return facts;
}

}  // namespace wagetrail::question
