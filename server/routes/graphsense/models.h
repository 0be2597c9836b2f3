// The models of GraphSense's REST interface (graphsense-lib 2.18), filled from a view. What is not
// counted to the end is marked in GraphSense's own way (aggregates_truncated, cutoff); what we
// cannot say is null, or kNotCounted where clients insist on a number. server/API.md has them all.
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

/// No client takes it for a count.
inline constexpr int kNotCounted = -1;

/// An address of the view, with what it takes to describe it.
struct Place {
    const index::LedgerView& view;
    Clusters& clusters;
    std::uint64_t transactions_max;  // of each side, that are looked at to count
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
/// Cluster, of old Entity. Sums over at most 2,000 members.
[[nodiscard]] Expected<Json> cluster_model(const Place& place, AddrId id);
/// AddressTxUtxo: what the address got (positive) or gave (negative).
[[nodiscard]] Expected<Json> address_tx(const index::LedgerView& view, AddrId id, TxId tx);
[[nodiscard]] Expected<Json> link_model(const index::LedgerView& view, const Link& link);
[[nodiscard]] Json tag_model(LedgerId ledger,
                             const std::string& address,
                             const labels::Label& label);

}  // namespace wagetrail::server::graphsense
