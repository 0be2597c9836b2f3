// An error cannot be overlooked by not looking.
#include "chain/base/expected.h"

namespace wagetrail {

Expected<int> write_row();

bool stored() {
#ifdef MUST_NOT_COMPILE
    write_row();
    return true;
#else
    return write_row().has_value();
#endif
}

}  // namespace wagetrail
