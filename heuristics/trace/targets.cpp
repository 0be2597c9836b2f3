#include "heuristics/trace/targets.h"

#include "chain/keys.h"

#include "heuristics/key_identity.h"

#include <algorithm>

namespace wagetrail {
namespace {

constexpr std::size_t kMembersMax = 10'000;

/// The scripts that whoever controls the address controls as well, as far as bytes tell: all forms
/// of a key, or the forms of its hash. The address itself is among them.
std::vector<Address> forms_of(const Address& address) {
    std::vector<Address> forms{address};
    const auto key = shown_key(address);
    for (Address& form : key ? addresses_of(*key, address.ledger) : hash_twins(address))
        if (form != address) forms.push_back(std::move(form));
    return forms;
}

}  // namespace

Expected<void> Targets::add(const index::LedgerView& view,
                            const Address& form,
                            const Address& named) {
    const auto id = TRY(view.find_address(form));
    if (!id) return {};
    std::vector<Address>& all = named_[TRY(clusters_->root(level_, *id))];
    const auto at = std::lower_bound(all.begin(), all.end(), named);
    if (at == all.end() || *at != named) all.insert(at, named);
    return {};
}

Expected<Targets> Targets::of(const index::LedgerView& view,
                              Clusters& clusters,
                              ClusterLevel level,
                              std::span<const Address> addresses) {
    Targets targets(clusters, level);
    for (const Address& named : addresses)
        for (const Address& form : forms_of(named)) TRY(targets.add(view, form, named));
    TRY(targets.gather_members());
    return targets;
}

Expected<Targets> Targets::listed(const index::LedgerView& view,
                                  Clusters& clusters,
                                  const lists::ListView& lists) {
    const std::vector<Address> addresses = lists.addresses();
    return of(view, clusters, ClusterLevel::l0, addresses);
}

Expected<void> Targets::gather_members() {
    for (const auto& [root, named] : named_) {
        const Entity entity = TRY(clusters_->entity(level_, root));
        if (entity.size + members_.size() > kMembersMax) return {};
        for (const AddrId member : TRY(clusters_->members(entity, AddrId(0), entity.size)).members)
            members_.insert(member);
    }
    has_all_members_ = true;
    return {};
}

Expected<std::span<const Address>> Targets::find(AddrId address) {
    if (has_all_members_ && !members_.contains(address)) return std::span<const Address>();
    const auto found = named_.find(TRY(clusters_->root(level_, address)));
    if (found == named_.end()) return std::span<const Address>();
    return std::span<const Address>(found->second);
}

}  // namespace wagetrail
