// vout and vin do not mix.
#include "chain/base/ids.h"

namespace wagetrail {

OutPoint spent(const Txid& tx, InIndex vin) {
#ifdef MUST_NOT_COMPILE
    return OutPoint{tx, vin};
#else
    return OutPoint{tx, OutIndex(vin.value)};
#endif
}

}  // namespace wagetrail
