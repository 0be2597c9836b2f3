// A block owns the bytes its transactions borrow: a copy would borrow from the first.
#include "chain/bitcoin/block.h"

namespace wagetrail {

Block keep(Block& block) {
#ifdef MUST_NOT_COMPILE
    return block;
#else
    return std::move(block);
#endif
}

}  // namespace wagetrail
