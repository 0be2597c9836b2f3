// What a user names, as payouts to follow: whose money left whom, output by output.
//
//   TXID:VOUT          that output
//   TXID               its outputs that do not go back to whoever funded it
//   ADDRESS            what the wallet around the address paid: of every transaction that it funds,
//                      the outputs that do not go back to it. The level says how far the wallet
//                      reaches: at L0 the other forms of the key, at L1 co-spent addresses too
//   LEDGER:ADDRESS     an entity, by any of its addresses: the same
//   xpub, descriptor   the same for all its addresses as one wallet
//
// Change to an address that nothing joins with the wallet looks like a payout; a higher level joins
// more. CoinJoins are left out and named, since nobody can say whose their outputs are. Outputs of
// nothing and outputs that nobody can spend are no payouts.
//
// For a walk back the same names stand for what came in: of a transaction all its outputs, of a
// wallet those that others paid to it.
#pragma once

#include "heuristics/clusters.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail {

struct Payout {
    OutId out;
    std::string subject;                // as the user named it; of a table: the payee_id
    std::optional<std::uint64_t> line;  // of the table
};

/// A row of a table without an output on this ledger as of the view.
struct MissingPayout {
    std::uint64_t line = 0;
    std::string subject;
    std::string why;
};

/// How much of a wallet was looked at. Where not all was, a transaction counts once for each
/// address of the wallet in it, on either side, so transactions_all is the most there can be.
struct WalletReach {
    std::uint64_t addresses = 0;
    std::uint64_t addresses_all = 0;
    std::uint64_t transactions = 0;      // on the side asked for
    std::uint64_t transactions_all = 0;  // of those addresses
};

struct Payouts {
    std::vector<Payout> found;           // in chain order
    std::vector<MissingPayout> missing;  // by line
    std::vector<Txid> coinjoins;         // left out, in chain order
    bool truncated = false;              // older ones were left out
    bool entity_left_out = false;        // only those of the named addresses: they are many more
    WalletReach reach;                   // where the newest suffice
    std::uint64_t small = 0;             // left out for their size
    Amount small_amount;
};

/// What of a subject is followed: what it paid, or what others paid to it.
enum class SubjectSide : std::uint8_t { paid, received };

struct SubjectScope {
    SubjectSide side = SubjectSide::paid;
    ClusterLevel level = ClusterLevel::l1;
    std::uint32_t descriptor_range = 1'000;  // indexes per chain of an xpub or descriptor
    std::uint64_t addresses_max = 100'000;   // of one wallet
    std::uint64_t payouts_max = 100'000;
    /// Of a wallet with more than payouts_max, take the newest instead of failing; of one with more
    /// than addresses_max, those of the named addresses.
    bool newest_suffice = false;
    Amount smallest;                       // outputs below it are left out, and counted
    std::int64_t pay_date_slack_days = 1;  // a pay date matches blocks this many days around it
};

struct NamedOutput {
    Txid txid;
    std::optional<std::uint64_t> vout;
};

/// "TXID" or "TXID:VOUT"; nullopt for anything else.
[[nodiscard]] std::optional<NamedOutput> parse_output(std::string_view subject);

/// not_found: no such transaction as of the view. invalid: it has fewer outputs.
[[nodiscard]] Expected<OutId> find_output(const index::LedgerView& view,
                                          const Txid& txid,
                                          std::uint64_t vout);

/// not_found: a valid subject that the ledger has not seen (unknown is not clean). invalid: no
/// subject. limit: a bound of the scope was met.
[[nodiscard]] Expected<Payouts> payouts_of(const index::LedgerView& view,
                                           Clusters& clusters,
                                           std::string_view subject,
                                           const SubjectScope& scope);

/// Several addresses, each a subject of its own under its text; those that the ledger has not seen
/// are left out.
[[nodiscard]] Expected<Payouts> payouts_of_each(const index::LedgerView& view,
                                                Clusters& clusters,
                                                const std::vector<Address>& addresses,
                                                const SubjectScope& scope);

/// A table with a header line. Columns by name, any order and case, others are ignored: tx_hash (or
/// txid, or "txid:vout" in it) and vout; address, amount, currency (or asset), pay_date, chain,
/// payee_id. A row is found by tx_hash, narrowed by vout, address and amount as far as given, or
/// without tx_hash by address, pay_date and amount. Amounts of another currency are not compared.
/// invalid, with the line: a malformed row, one that fits several outputs, one that contradicts the
/// output it names, or an output named by two rows.
[[nodiscard]] Expected<Payouts> payouts_of_table(const index::LedgerView& view,
                                                 Clusters& clusters,
                                                 std::string_view csv,
                                                 const SubjectScope& scope);

/// All of them as one list in chain order; an output that several name counts for the first.
[[nodiscard]] Payouts joined(std::vector<Payouts> parts);

}  // namespace wagetrail
