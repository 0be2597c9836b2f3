#include "heuristics/report/related.h"

#include "heuristics/evidence.h"
#include "heuristics/hidden_members.h"
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

Expected<void> add_members(const index::LedgerView& view,
                           AddrId id,
                           const Address& member,
                           index::RawBlocks* raw,
                           Related& all) {
    if (raw == nullptr && may_hide_multisig(member) && !TRY(view.totals(id)).sent.is_zero())
        ++all.scripts_not_read;
    const auto read = shown_members(view, id, member, raw);
    if (!read && read.error().code != ErrorCode::not_found && read.error().code != ErrorCode::io)
        return std::unexpected(read.error());
    if (!read) ++all.scripts_not_read;  // the source is away, or has other blocks
    if (!read || !*read) return {};
    const ShownMembers& shown = **read;
    const MultisigMembers& members = shown.members;
    const std::string address = text(member);
    all.about += "multisig: " + std::to_string(members.required) + " of " +
                 std::to_string(members.total) + " must sign for " + address + "\n";
    Json keys = Json::array();
    for (const PublicKey& key : members.keys) {
        Json forms = Json::array();
        for (const Address& form : addresses_of(key, view.ledger())) {
            if (!TRY(view.find_address(form))) continue;
            forms.push_back({{"address", text(form)}, {"kind", name(form.kind)}});
            all.about += "multisig_member: a key of " + text(form) + " is one of them\n";
        }
        keys.push_back({{"key", to_hex(key.compressed)}, {"addresses", std::move(forms)}});
    }
    all.multisig.push_back(
        {{"multisig", address},
         {"required", members.required},
         {"total", members.total},
         {"shown_by", shown.shown_by ? Json(text(*shown.shown_by)) : Json(nullptr)},
         {"members", std::move(keys)}});
    return {};
}

}  // namespace

Expected<Related> related(const index::LedgerView& view,
                          const std::vector<const index::LedgerView*>& elsewhere,
                          index::RawBlocks* raw,
                          const std::vector<AddrId>& members) {
    Related all;
    for (const AddrId id : members) {
        const Address member = TRY(view.address(id));
        for (const index::LedgerView* other : elsewhere) TRY(add_elsewhere(*other, member, all));
        TRY(add_members(view, id, member, raw, all));
    }
    if (all.scripts_not_read > 0)
        all.about += "multisig_member: " + std::to_string(all.scripts_not_read) +
                     " hidden scripts were not read; --source names blocks to read them from\n";
    return all;
}

}  // namespace wagetrail::report
