// What a transaction did to an address, and where its life ends so far.
#pragma once

#include "index/view.h"

namespace wagetrail {

struct AddressFlow {
    Amount received;
    Amount sent;
};
[[nodiscard]] Expected<AddressFlow> flow_of(const index::LedgerView& view,
                                            AddrId address,
                                            const index::TxRecord& tx);

/// The newest transaction in the life of an address that is on the chain.
[[nodiscard]] Expected<index::Posting> last_posting(const index::LedgerView& view, AddrId id);

}  // namespace wagetrail
