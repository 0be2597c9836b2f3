#include "chain/base/expected.h"

#include <cstdio>
#include <cstdlib>

namespace wagetrail {

void check_failed(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "wagetrail: internal error: %s is false at %s:%d; please report it\n",
                 condition, file, line);
    std::abort();
}

}  // namespace wagetrail
