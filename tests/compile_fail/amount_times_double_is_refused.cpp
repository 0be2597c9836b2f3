// Money is never scaled by floating point.
#include "chain/base/amount.h"

namespace wagetrail {

Amount half(Amount amount) {
#ifdef MUST_NOT_COMPILE
    return amount * 0.5;
#else
    return scaled(amount, Amount(1), Amount(2));
#endif
}

}  // namespace wagetrail
