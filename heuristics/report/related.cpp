#include "heuristics/report/related.h"

#include "heuristics/evidence.h"
#include "heuristics/key_identity.h"

namespace wagetrail::report {
namespace {

Expected<void> add_elsewhere(const index::LedgerView& other, const Address& member, Related& all) {
    const MergeRule rule = member.kind == AddressKind::p2pk || member.kind == AddressKind::p2tr
                               ? MergeRule::same_key
                               : MergeRule::same_hash;
    for (const Address& form : forms_on(other.ledger(), member)) {
        const auto id = TRY(other.find_address(form));
        if (!id) continue;
        const std::string ledger(params(other.ledger()).name);
        all.elsewhere.push_back({{"ledger", ledger},
                                 {"address", text(form)},
                                 {"kind", name(form.kind)},
                                 {"rule", name(rule)},
                                 {"score", score_text(rule)},
                                 {"of", text(member)},
                                 {"tx_count", TRY(other.totals(*id)).tx_count}});
        all.about += std::string(name(rule)) + " on " + ledger + ": " + text(form) + " of " +
                     text(member) + "\n";
    }
    return {};
}

Expected<void> add_members(const index::LedgerView& view, const Address& member, Related& all) {
    const auto members = multisig_members(member);
    if (!members) return {};
    for (const PublicKey& key : members->keys)
        for (const Address& form : addresses_of(key, view.ledger())) {
            if (!TRY(view.find_address(form))) continue;
            all.multisig.push_back({{"multisig", text(member)},
                                    {"required", members->required},
                                    {"total", members->total},
                                    {"address", text(form)},
                                    {"kind", name(form.kind)}});
            all.about += "multisig_member: a key of " + text(form) + " is one of " +
                         std::to_string(members->total) + " of which " +
                         std::to_string(members->required) + " must sign\n";
        }
    return {};
}

}  // namespace

Expected<Related> related(const index::LedgerView& view,
                          const std::vector<const index::LedgerView*>& elsewhere,
                          const std::vector<AddrId>& members) {
    Related all;
    for (const AddrId id : members) {
        const Address member = TRY(view.address(id));
        for (const index::LedgerView* other : elsewhere) TRY(add_elsewhere(*other, member, all));
        TRY(add_members(view, member, all));
    }
    return all;
}

}  // namespace wagetrail::report
