// The addresses that count as one payer: trees of a cluster level. Tells what goes out of them from
// what goes back. Borrows view and clusters.
#pragma once

#include "heuristics/trace/subjects.h"

#include <optional>
#include <set>
#include <span>
#include <vector>

namespace wagetrail {

class Wallet {
  public:
    Wallet(const index::LedgerView& view, Clusters& clusters, ClusterLevel level)
        : view_(view), clusters_(clusters), level_(level) {}

    /// The tree around an address.
    [[nodiscard]] Expected<void> add(AddrId address);
    [[nodiscard]] Expected<bool> owns(AddrId address);

    /// Outputs of a transaction that leave the wallet, are worth something and can be spent.
    [[nodiscard]] Expected<std::vector<OutId>> paid_by(const index::TxRecord& tx);
    /// Outputs of a transaction that others pay to the wallet; none when it funds it itself.
    [[nodiscard]] Expected<std::vector<OutId>> received_by(const index::TxRecord& tx);
    /// Transactions that the wallet funds, or that pay to it, in chain order. limit: more members
    /// than allowed.
    enum class Side : std::uint8_t { funds, receives };
    [[nodiscard]] Expected<std::vector<TxId>> transactions(Side side, std::uint64_t addresses_max);
    /// All members; nullopt when there are more.
    [[nodiscard]] Expected<std::optional<std::vector<AddrId>>> members(std::uint64_t addresses_max);
    /// How many members there are.
    [[nodiscard]] Expected<std::uint64_t> size();
    struct Newest {
        std::vector<TxId> transactions;  // the newest first
        bool are_all = true;             // no older ones were left
    };
    /// Of these addresses, those in which one funds or is paid: at least count of them where there
    /// are so many. Work grows with members and count, not with their histories.
    [[nodiscard]] Expected<Newest> newest(Side side,
                                          std::span<const AddrId> members,
                                          std::size_t count) const;

  private:
    const index::LedgerView& view_;
    Clusters& clusters_;
    ClusterLevel level_;
    std::set<AddrId> roots_;
};

}  // namespace wagetrail
