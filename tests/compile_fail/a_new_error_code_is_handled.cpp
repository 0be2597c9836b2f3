// A switch over a closed enum names each of its values.
#include "chain/base/expected.h"

namespace wagetrail {

bool is_our_fault(ErrorCode code) {
    switch (code) {
        case ErrorCode::not_found:
        case ErrorCode::invalid:
        case ErrorCode::io:
        case ErrorCode::limit:
#ifndef MUST_NOT_COMPILE
        case ErrorCode::cancelled:
#endif
            return false;
        case ErrorCode::corrupt:
            return true;
    }
    return true;
}

}  // namespace wagetrail
