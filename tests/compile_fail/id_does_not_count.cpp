// Ids are not counters: next() is the only arithmetic.
#include "chain/base/ids.h"

namespace wagetrail {

TxId after(TxId tx) {
#ifdef MUST_NOT_COMPILE
    return ++tx;
#else
    return tx.next();
#endif
}

}  // namespace wagetrail
