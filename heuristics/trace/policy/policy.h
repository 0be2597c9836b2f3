// How value that was mixed is taken apart again: a policy says which lots each output of one step
// consists of. Pure functions of ordered lots and ordered amounts, in exact integers: every output
// is filled and every lot used up to the last unit. The walk and the stand-alone verifier call the
// same ones.
//
// fifo: the lots are a queue in input order, and the outputs are cut off its head in order.
//
// haircut: every output carries the same fraction of taint, as nearly as whole units allow. First
// the tainted total is apportioned over the outputs by largest remainder, ties to the earlier
// output; what is left of an output is untainted. Then, within the tainted and within the untainted
// parts, outputs in order, each is apportioned over what is left of every lot by largest remainder,
// ties to the earlier lot. So the taint of an output is never a whole unit away from the exact
// fraction, however many sources it is made of and however they are cut into lots.
#pragma once

#include "heuristics/trace/policy/lot.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace wagetrail {

enum class Policy : std::uint8_t { fifo, haircut };

[[nodiscard]] std::string_view name(Policy policy);  // "fifo", "haircut"
[[nodiscard]] std::optional<Policy> parse_policy(std::string_view word);
[[nodiscard]] std::span<const Policy> all_policies();  // in the order in which answers show them

/// A part of one of the lots that went in.
struct Share {
    std::size_t lot = 0;  // index among them
    Amount basis;
    Amount quantity;  // never zero

    friend bool operator==(const Share&, const Share&) = default;
};

/// What each output is made of, in the order of the outputs; within an output in the policy's
/// order.
using Split = std::vector<std::vector<Share>>;

/// lots: of all inputs in input order, untainted ones included. outputs: in order, the fee last.
/// Both must have the same sum.
[[nodiscard]] Split fifo(std::span<const Lot> lots, std::span<const Amount> outputs);
[[nodiscard]] Split haircut(std::span<const Lot> lots, std::span<const Amount> outputs);
[[nodiscard]] Split split(Policy policy,
                          std::span<const Lot> lots,
                          std::span<const Amount> outputs);

/// Whether the order of lots means something, so that untainted lots must not be put together.
[[nodiscard]] bool keeps_order(Policy policy);

/// The lots of an output as the next step takes them in: fifo keeps their order and joins
/// neighbours of one source; haircut has one lot per source, sorted, the untainted rest last.
[[nodiscard]] std::vector<Lot> lots_of(Policy policy,
                                       std::span<const Lot> lots,
                                       std::span<const Share> shares);

/// How many shares split() may write at most: what a step costs.
[[nodiscard]] std::uint64_t shares_max(Policy policy, std::size_t lots, std::size_t outputs);

}  // namespace wagetrail
