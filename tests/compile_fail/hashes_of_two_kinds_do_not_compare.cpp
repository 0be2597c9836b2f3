// A transaction is never equal to a block.
#include "chain/base/ids.h"

namespace wagetrail {

bool same(const Txid& tx, const BlockHash& block) {
#ifdef MUST_NOT_COMPILE
    return tx == block;
#else
    return tx.value == block.value;
#endif
}

}  // namespace wagetrail
