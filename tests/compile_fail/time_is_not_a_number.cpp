// Seconds since 1970 are a Time, and no height or amount.
#include "chain/base/ids.h"
#include "chain/base/time.h"

namespace wagetrail {

bool before(Time time, Height height) {
#ifdef MUST_NOT_COMPILE
    return time < height;
#else
    return time.seconds < height.value;
#endif
}

}  // namespace wagetrail
