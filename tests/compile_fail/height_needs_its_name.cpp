// A bare number is not a height.
#include "chain/base/ids.h"

namespace wagetrail {

bool is_genesis(Height height);

bool starts_the_chain() {
#ifdef MUST_NOT_COMPILE
    return is_genesis(0);
#else
    return is_genesis(Height(0));
#endif
}

}  // namespace wagetrail
