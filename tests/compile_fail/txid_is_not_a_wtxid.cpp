// The two hashes of one transaction do not mix (BIP141).
#include "chain/base/ids.h"

namespace wagetrail {

Txid name_of(const Wtxid& with_witness) {
#ifdef MUST_NOT_COMPILE
    return with_witness;
#else
    return Txid{with_witness.value};
#endif
}

}  // namespace wagetrail
