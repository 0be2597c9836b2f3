// The sum of two heights means nothing.
#include "chain/base/ids.h"

namespace wagetrail {

Height above(Height below, Height other) {
#ifdef MUST_NOT_COMPILE
    return below + other;
#else
    return below.next(other.value);
#endif
}

}  // namespace wagetrail
