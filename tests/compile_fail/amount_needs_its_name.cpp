// A bare number is not an amount.
#include "chain/base/amount.h"

namespace wagetrail {

Amount dust() {
#ifdef MUST_NOT_COMPILE
    return 546;
#else
    return Amount(546);
#endif
}

}  // namespace wagetrail
