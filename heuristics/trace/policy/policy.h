// How value that was mixed is taken apart again: a policy says which lots each output of one step
// consists of. Pure functions of ordered lots and ordered amounts, in exact integers: every output
// is filled and every lot used up to the last unit. The walk and the stand-alone verifier call the
// same ones.
//
// fifo (first in, first out; Clayton's case, 1816): the lots are a queue in input order, and the
// outputs are cut off its head in order.
//
// lifo (last in, first out): the same queue, cut off its tail. An output keeps the order that its
// lots came in, so that the next step knows its last ones.
//
// tainted-first: outputs in order are filled with tainted lots, in input order, as long as there
// are any: as much taint as possible stands as early as possible. The upper end of what any
// conserving policy may say of the first outputs.
//
// libr (lowest intermediate balance; Re Hallett's Estate, 1880, and James Roscoe v Winder, 1915):
// whoever pays spends his own money first, so that what was traced is kept as long as the balance
// allows, and what was added later does not restore it. Outputs in order are filled with untainted
// lots first. The lower end.
//
// poison: whatever was touched is tainted whole. It says where value may have gone and nothing of
// how much, so it takes nothing apart: split() does not know it, and no sums hold.
//
// haircut: every output carries the same fraction of taint, as nearly as whole units allow. First
// the tainted total is apportioned over the outputs by largest remainder, ties to the earlier
// output; what is left of an output is untainted. Then, within the tainted and within the untainted
// parts, outputs in order, each is apportioned over what is left of every lot by largest remainder,
// ties to the earlier lot. So the taint of an output is never a whole unit away from the exact
// fraction, however many sources it is made of and however they are cut into lots. (Pari passu;
// Barlow Clowes v Vaughan, 1992.)
//
// Within one step the taint of every prefix of the outputs, in order, is under libr at most what it
// is under fifo, lifo and haircut, and under these at most what it is under tainted-first. Nothing
// of the kind holds across steps.
#pragma once

#include "heuristics/trace/policy/lot.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail {

enum class Policy : std::uint8_t { fifo, lifo, haircut, tainted_first, libr, poison };

[[nodiscard]] std::string_view name(Policy policy);  // "fifo", ..., "tainted-first", ...
[[nodiscard]] std::optional<Policy> parse_policy(std::string_view word);
[[nodiscard]] std::span<const Policy> all_policies();  // in the order in which answers show them
[[nodiscard]] std::string policy_names();              // "fifo, lifo, ...", for messages

/// Whether every unit of every source is in exactly one place: true for all but poison.
[[nodiscard]] bool conserves(Policy policy);

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
[[nodiscard]] Split lifo(std::span<const Lot> lots, std::span<const Amount> outputs);
[[nodiscard]] Split haircut(std::span<const Lot> lots, std::span<const Amount> outputs);
[[nodiscard]] Split tainted_first(std::span<const Lot> lots, std::span<const Amount> outputs);
[[nodiscard]] Split libr(std::span<const Lot> lots, std::span<const Amount> outputs);
/// policy must conserve.
[[nodiscard]] Split split(Policy policy,
                          std::span<const Lot> lots,
                          std::span<const Amount> outputs);

/// Whether the order of lots means something, so that untainted lots must not be put together.
[[nodiscard]] bool keeps_order(Policy policy);

/// The lots of an output as the next step takes them in: fifo and lifo keep their order and join
/// neighbours of one source; the others have one lot per source, sorted, the untainted rest last.
[[nodiscard]] std::vector<Lot> lots_of(Policy policy,
                                       std::span<const Lot> lots,
                                       std::span<const Share> shares);

/// The same lots when the value of some sources is not followed further: it counts as untainted.
[[nodiscard]] std::vector<Lot> without(Policy policy,
                                       std::vector<Lot> lots,
                                       const std::function<bool(SourceId)>& is_left);

/// How many shares split() may write at most: what a step costs.
[[nodiscard]] std::uint64_t shares_max(Policy policy, std::size_t lots, std::size_t outputs);

}  // namespace wagetrail
