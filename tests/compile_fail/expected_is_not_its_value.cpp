// The value is only behind a check of the error.
#include "chain/base/expected.h"

namespace wagetrail {

Expected<int> row_count();

Expected<int> twice() {
#ifdef MUST_NOT_COMPILE
    return row_count() * 2;
#else
    return TRY(row_count()) * 2;
#endif
}

}  // namespace wagetrail
