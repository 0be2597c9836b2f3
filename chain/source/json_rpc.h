// JSON-RPC as Bitcoin Core and its forks speak it: batches of calls as text, and their answers.
#pragma once

#include "chain/base/expected.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace wagetrail {

using RpcParam = std::variant<std::uint64_t, std::string>;

struct RpcCall {
    std::string method;
    std::vector<RpcParam> params;
};

struct RpcError {
    std::int64_t code = 0;
    std::string message;
};

/// Error numbers of the nodes that we act upon.
inline constexpr std::int64_t kRpcMisc = -1;  // among others: a block that was pruned
inline constexpr std::int64_t kRpcUnknownBlock = -5;
inline constexpr std::int64_t kRpcOutOfRange = -8;
inline constexpr std::int64_t kRpcWarmUp = -28;

/// The answer to one call: either error is set, or the result is in text or fields.
struct RpcAnswer {
    std::optional<RpcError> error;
    std::string text;  // a result that is a string; any other plain value as JSON writes it
    std::map<std::string, std::string> fields;  // plain members of a result that is an object
};

/// A batch; the calls are numbered from 0 by their ids.
[[nodiscard]] std::string encode_batch(std::span<const RpcCall> calls);

/// The answers in the order of the calls, whatever their order in the batch. A single error object
/// in place of a batch is the answer to every call, and a single result that to the only one.
/// corrupt: not JSON, not JSON-RPC, an answer missing, doubled or to no call; limit: more values
/// than answers to calls of ours hold.
[[nodiscard]] Expected<std::vector<RpcAnswer>> parse_batch(std::string_view body,
                                                           std::size_t calls);

}  // namespace wagetrail
