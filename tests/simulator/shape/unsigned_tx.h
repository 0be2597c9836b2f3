// The bytes of a transaction without valid signatures, written once and hashed as they stand.
#pragma once

#include "tests/simulator/shape/coin_tiers.h"
#include "tests/simulator/tx_builder.h"

#include <variant>

namespace wagetrail::simulator {

/// Data nobody can spend: eight bytes tell one from another.
struct DataPayload {
    std::uint64_t number = 0;
};

struct ShapeOutput {
    std::variant<Payee, DataPayload> to;
    Amount amount;
};

struct UnsignedTx {
    std::vector<ShapeCoin> inputs;
    std::vector<ShapeOutput> outputs;
    std::uint32_t version = 2;
    std::uint32_t lock_time = 0;
    std::uint32_t sequence = 0xFFFFFFFD;
};

/// outputs of the result stay empty; fee is what the transaction's own leave.
[[nodiscard]] BuiltTx serialised(const UnsignedTx& tx, Rng& rng);
/// About the bytes of the serialised transaction.
[[nodiscard]] std::uint64_t size_about(const UnsignedTx& tx);

}  // namespace wagetrail::simulator
