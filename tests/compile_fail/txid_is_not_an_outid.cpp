// A dense transaction id does not become an output id.
#include "chain/base/ids.h"

namespace wagetrail {

OutId first_output(TxId tx) {
#ifdef MUST_NOT_COMPILE
    return tx;
#else
    return OutId(tx.value);
#endif
}

}  // namespace wagetrail
