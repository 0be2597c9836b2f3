// The models of GraphSense's REST interface (graphsense-lib 2.16), filled from a view. What we
// cannot fill honestly is null; server/API.md says what that is.
#pragma once

#include "index/labels/label_view.h"

#include "heuristics/neighbors.h"

#include <nlohmann/json.hpp>

#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace wagetrail::server::graphsense {

using Json = nlohmann::json;

/// An address of the view, with what it takes to describe it.
struct Place {
    const index::LedgerView& view;
    Clusters& clusters;
    const labels::LabelView* labels;  // nullptr: none are at hand
    std::uint64_t transactions_max;   // that are looked at to count degrees
    const std::stop_token& stop;
};

/// {value, fiat_values}. Without prices, as the fiat of a moment is no fact of the chain.
[[nodiscard]] Json values(Amount amount);
/// The same of a difference.
[[nodiscard]] Json values(Amount plus, Amount minus);

[[nodiscard]] Expected<Json> tx_summary(const index::LedgerView& view, const index::TxRecord& tx);

/// 52 bits of the SHA-256 of the entity id: stable as long as the entity's first address is, and
/// exact in every client's numbers. Ours are texts.
[[nodiscard]] std::uint64_t cluster_number(const std::string& entity_id);

/// Address.
[[nodiscard]] Expected<Json> address_model(const Place& place, AddrId id);
/// Cluster, of old Entity. Totals are sums over at most 2,000 members; null beyond.
[[nodiscard]] Expected<Json> cluster_model(const Place& place, AddrId id);
/// AddressTxUtxo: what the address got (positive) or gave (negative).
[[nodiscard]] Expected<Json> address_tx(const Place& place, AddrId id, TxId tx);
[[nodiscard]] Expected<Json> link_model(const index::LedgerView& view, const Link& link);
[[nodiscard]] Json tag_model(LedgerId ledger,
                             const std::string& address,
                             const labels::Label& label);

}  // namespace wagetrail::server::graphsense
