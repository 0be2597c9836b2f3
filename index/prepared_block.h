// A block with everything its bytes alone tell about its rows, found ahead of its turn.
#pragma once

#include "chain/address.h"
#include "chain/base/ids.h"
#include "chain/source/block_source.h"

#include <memory>
#include <vector>

namespace wagetrail::index {

/// What a Derivation wants to know about a block's bytes; only it knows what that is.
class Hints {
  public:
    Hints() = default;
    Hints(const Hints&) = delete;
    Hints& operator=(const Hints&) = delete;
    Hints(Hints&&) = delete;
    Hints& operator=(Hints&&) = delete;
    virtual ~Hints() = default;
};

struct PreparedOutput {
    Address address;
    Sha256Hash script_hash;
};

struct PreparedBlock {
    SourceBlock source;
    std::vector<PreparedOutput> outputs;  // of all transactions, in block order
    std::unique_ptr<Hints> hints;         // nullptr when the derivation prepares nothing
};

}  // namespace wagetrail::index
