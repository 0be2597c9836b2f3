// Proof that an index is what its own blocks say: a digest per family to compare two indexes, and
// checks that recompute one family from another.
#pragma once

#include "index/view.h"

#include <array>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace wagetrail::index {

struct FamilyDigest {
    Family family = Family::meta;
    std::uint64_t rows = 0;
    std::uint64_t key_bytes = 0;
    std::uint64_t value_bytes = 0;
    Sha256Hash digest;  // sum modulo 2^256 of SHA-256(key length, key, value): order-independent
};

/// One digest per family but `source_pos`, which says where a source keeps its blocks. Two indexes
/// of the same chain and rules have equal digests, whatever path filled them.
[[nodiscard]] Expected<std::vector<FamilyDigest>> digests(const ReadHandle& reader,
                                                          std::stop_token stop);

struct Finding {
    std::string family;
    std::string what;
};

struct Diagnosis {
    std::uint64_t blocks = 0;        // examined
    std::uint64_t transactions = 0;  // examined; 0 unless deep, like the rest
    std::uint64_t unspent = 0;       // outputs, the genesis coinbase included
    Amount unspent_amount;
    std::uint64_t unspendable = 0;  // of those: OP_RETURN and scripts beyond 10,000 bytes
    Amount unspendable_amount;
    std::vector<Finding> findings;  // empty: healthy; at most 100 are kept
};

enum class Depth : std::uint8_t {
    quick,  // the chain of the last 1,000 blocks: headers link, counts and ids continue
    deep,   // every row of every family is recomputed from the columns
};

/// Reads only. Called with each height examined: progress.
[[nodiscard]] Expected<Diagnosis> examine(const LedgerView& view,
                                          Depth depth,
                                          std::stop_token stop,
                                          const std::function<void(Height)>& progress);

}  // namespace wagetrail::index
