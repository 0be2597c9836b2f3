// An amount does not turn into a number by itself.
#include "chain/base/amount.h"

namespace wagetrail {

std::uint64_t percentage(Amount amount) {
#ifdef MUST_NOT_COMPILE
    return amount;
#else
    return amount.units();
#endif
}

}  // namespace wagetrail
