#include "heuristics/trace/subjects.h"

#include "chain/base/number.h"
#include "chain/descriptor.h"

#include "index/lists/printable.h"

#include "heuristics/trace/wallet.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <span>

namespace wagetrail {
namespace {

std::unexpected<Error> unseen(const index::LedgerView& view, const std::string& what) {
    return fail(ErrorCode::not_found,
                what + " is not on " + std::string(params(view.ledger()).name) + " as of height " +
                    std::to_string(view.as_of().height.value));  // raw: printed
}

Expected<void> add(const index::LedgerView& view,
                   const std::vector<OutId>& outputs,
                   std::string_view subject,
                   const SubjectScope& scope,
                   Payouts& payouts) {
    for (const OutId out : outputs) {
        if (!scope.smallest.is_zero()) {
            const Amount amount = TRY(view.output(out)).amount;
            if (amount < scope.smallest) {
                ++payouts.small;
                payouts.small_amount += amount;
                continue;
            }
        }
        payouts.found.push_back({out, std::string(subject), std::nullopt});
    }
    if (payouts.found.size() <= scope.payouts_max || scope.newest_suffice) return {};
    return fail(ErrorCode::limit, "more than " + std::to_string(scope.payouts_max) +
                                      " payouts; name the ones you mean by txid or in a CSV");
}

/// Adds what the wallet pays in one transaction, or what it gets by it.
Expected<void> add_payouts(const index::LedgerView& view,
                           Clusters& clusters,
                           Wallet& wallet,
                           const index::TxRecord& tx,
                           std::string_view subject,
                           const SubjectScope& scope,
                           Payouts& payouts) {
    if (scope.side == SubjectSide::received)
        return add(view, TRY(wallet.received_by(tx)), subject, scope, payouts);
    if (is_coinjoin(TRY(clusters.class_of(tx.id)))) {
        payouts.coinjoins.push_back(tx.txid);
        return {};
    }
    return add(view, TRY(wallet.paid_by(tx)), subject, scope, payouts);
}

Expected<Payouts> transaction_payouts(const index::LedgerView& view,
                                      Clusters& clusters,
                                      const Txid& txid,
                                      std::string_view subject,
                                      const SubjectScope& scope) {
    const auto id = TRY(view.find_tx(txid));
    if (!id) return unseen(view, "transaction " + text(txid));
    const index::TxRecord tx = TRY(view.tx(*id));
    Wallet payer(view, clusters, scope.level);
    Payouts payouts;
    if (scope.side == SubjectSide::received) {
        // All outputs: nobody's wallet owns any of them.
        TRY(add(view, TRY(payer.paid_by(tx)), subject, scope, payouts));
        return payouts;
    }
    for (const OutId spent : TRY(view.inputs(tx))) TRY(payer.add(TRY(view.output(spent)).address));
    TRY(add_payouts(view, clusters, payer, tx, subject, scope, payouts));
    return payouts;
}

/// Once for each of the addresses that is in it.
Expected<std::uint64_t> transactions_of(const index::LedgerView& view,
                                        std::span<const AddrId> addresses) {
    std::uint64_t count = 0;
    for (const AddrId address : addresses) count += TRY(view.totals(address)).tx_count;
    return count;
}

Expected<Payouts> wallet_payouts(const index::LedgerView& view,
                                 Clusters& clusters,
                                 const std::vector<Address>& addresses,
                                 std::string_view subject,
                                 const SubjectScope& scope) {
    Wallet wallet(view, clusters, scope.level);
    std::vector<AddrId> named;
    for (const Address& address : addresses) {
        const auto id = TRY(view.find_address(address));
        if (!id) continue;
        named.push_back(*id);
        TRY(wallet.add(*id));
    }
    if (named.empty())
        return unseen(view, addresses.size() == 1
                                ? "address " + text(addresses.front())
                                : "none of the " + std::to_string(addresses.size()) + " addresses");
    const auto side =
        scope.side == SubjectSide::paid ? Wallet::Side::funds : Wallet::Side::receives;
    Payouts payouts;
    std::vector<TxId> transactions;
    std::vector<AddrId> looked_at;
    if (scope.newest_suffice) {
        auto members = TRY(wallet.members(scope.addresses_max));
        payouts.entity_left_out = !members;
        looked_at = members ? *std::move(members) : named;
        Wallet::Newest newest = TRY(wallet.newest(side, looked_at, scope.payouts_max));
        transactions = std::move(newest.transactions);
        payouts.truncated = !newest.are_all;
        payouts.reach.addresses = looked_at.size();
        payouts.reach.addresses_all =
            payouts.entity_left_out ? TRY(wallet.size()) : looked_at.size();
    } else {
        transactions = TRY(wallet.transactions(side, scope.addresses_max));
    }
    for (const TxId id : transactions) {
        if (scope.newest_suffice && payouts.found.size() >= scope.payouts_max) {
            payouts.truncated = true;
            break;
        }
        ++payouts.reach.transactions;
        const index::TxRecord tx = TRY(view.tx(id));
        TRY(add_payouts(view, clusters, wallet, tx, subject, scope, payouts));
    }
    payouts.reach.transactions_all = payouts.reach.transactions;
    if (payouts.truncated)  // a read for each address, which small wallets need not pay for
        payouts.reach.transactions_all = TRY(transactions_of(view, looked_at));
    return payouts;
}

/// The beginning suffices to find it again.
std::string quoted(std::string_view subject) {
    constexpr std::size_t kShown = 80;
    return "\"" + lists::printable_line(subject.substr(0, kShown)) +
           (subject.size() > kShown ? "...\"" : "\"");
}

/// The address in "btc:ADDRESS", or the subject itself.
Expected<Address> parse_member(LedgerId ledger, std::string_view subject) {
    const auto colon = subject.find(':');
    if (colon != std::string_view::npos)
        if (const auto named = parse_ledger(subject.substr(0, colon))) {
            if (*named != ledger)
                return fail(ErrorCode::invalid,
                            "the subject is of " + std::string(params(*named).name) +
                                ", the trace of " + std::string(params(ledger).name));
            subject.remove_prefix(colon + 1);
        }
    auto address = parse_address(ledger, subject);
    if (address) return address;
    return fail(address.error().code,
                quoted(subject) + " is no subject: " + address.error().what +
                    "; give an address, a txid, TXID:VOUT, an entity id, an xpub, a descriptor or "
                    "a file of payouts");
}

}  // namespace

std::optional<NamedOutput> parse_output(std::string_view subject) {
    const auto colon = subject.find(':');
    const auto txid = parse_hash<Txid>(subject.substr(0, colon));
    if (!txid) return std::nullopt;
    if (colon == std::string_view::npos) return NamedOutput{*txid, std::nullopt};
    const auto vout = parse_number(subject.substr(colon + 1));
    if (!vout) return std::nullopt;
    return NamedOutput{*txid, vout};
}

Expected<OutId> find_output(const index::LedgerView& view, const Txid& txid, std::uint64_t vout) {
    const auto id = TRY(view.find_tx(txid));
    if (!id) return unseen(view, "transaction " + text(txid));
    const index::TxRecord tx = TRY(view.tx(*id));
    if (vout >= tx.entry.out_count)
        return fail(ErrorCode::invalid, "transaction " + text(txid) + " has no output " +
                                            std::to_string(vout) + "; its last one is " +
                                            std::to_string(tx.entry.out_count - 1));
    return tx.first_out.next(vout);
}

Expected<Payouts> payouts_of(const index::LedgerView& view,
                             Clusters& clusters,
                             std::string_view subject,
                             const SubjectScope& scope) {
    if (const auto output = parse_output(subject)) {
        if (output->vout) {
            const OutId out = TRY(find_output(view, output->txid, *output->vout));
            return Payouts{.found = {{out, std::string(subject), std::nullopt}}};
        }
        return transaction_payouts(view, clusters, output->txid, subject, scope);
    }
    std::vector<Address> addresses;
    if (looks_like_descriptor(subject))
        addresses = TRY(expand_descriptor(view.ledger(), subject, scope.descriptor_range));
    else
        addresses.push_back(TRY(parse_member(view.ledger(), subject)));
    return wallet_payouts(view, clusters, addresses, subject, scope);
}

Expected<Payouts> payouts_of_each(const index::LedgerView& view,
                                  Clusters& clusters,
                                  const std::vector<Address>& addresses,
                                  const SubjectScope& scope) {
    std::vector<Payouts> parts;
    for (const Address& address : addresses)
        if (TRY(view.find_address(address)))
            parts.push_back(TRY(wallet_payouts(view, clusters, {address}, text(address), scope)));
    return joined(std::move(parts));
}

Payouts joined(std::vector<Payouts> parts) {
    Payouts all;
    for (Payouts& part : parts) {
        all.truncated = all.truncated || part.truncated;
        all.entity_left_out = all.entity_left_out || part.entity_left_out;
        all.reach.addresses += part.reach.addresses;
        all.reach.addresses_all += part.reach.addresses_all;
        all.reach.transactions += part.reach.transactions;
        all.reach.transactions_all += part.reach.transactions_all;
        all.small += part.small;
        all.small_amount += part.small_amount;
        std::move(part.found.begin(), part.found.end(), std::back_inserter(all.found));
        std::move(part.missing.begin(), part.missing.end(), std::back_inserter(all.missing));
        for (const Txid& txid : part.coinjoins)
            if (std::find(all.coinjoins.begin(), all.coinjoins.end(), txid) == all.coinjoins.end())
                all.coinjoins.push_back(txid);
    }
    // The first of several that name one output counts: a map keeps it.
    std::map<OutId, Payout> by_output;
    for (Payout& payout : all.found) by_output.try_emplace(payout.out, std::move(payout));
    all.found.clear();
    for (auto& [out, payout] : by_output) all.found.push_back(std::move(payout));
    return all;
}

}  // namespace wagetrail
