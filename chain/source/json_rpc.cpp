#include "chain/source/json_rpc.h"

#include <nlohmann/json.hpp>

#include <utility>

namespace wagetrail {
namespace {

using nlohmann::json;

// Enough for a batch of descriptions of a chain, and too little to fill the memory with.
constexpr std::size_t kValuesMax = 20'000;
constexpr int kDepthMax = 16;

struct TooMuch {};

std::unexpected<Error> no_answer(std::string_view why) {
    return fail(ErrorCode::corrupt, "the node's answer is no JSON-RPC: " + std::string(why) +
                                        "; is this the RPC port of a node?");
}

Expected<json> parse_json(std::string_view body) {
    std::size_t values = 0;
    const auto guard = [&values](int depth, json::parse_event_t, json&) {
        if (++values > kValuesMax || depth > kDepthMax) throw TooMuch{};
        return true;
    };
    try {
        json parsed = json::parse(body, guard, /*allow_exceptions=*/false);
        if (parsed.is_discarded()) return no_answer("it is not JSON");
        return parsed;
    } catch (const TooMuch&) {
        return fail(ErrorCode::limit, "the node's answer holds more values than any we asked for");
    }
}

/// A value that is neither list nor object, as text.
std::string plain_text(json& value) {
    if (value.is_string()) return std::move(value.get_ref<std::string&>());
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

RpcError error_of(json& error) {
    RpcError result{.code = 0, .message = "no reason given"};
    if (!error.is_object()) return result;
    if (const auto code = error.find("code"); code != error.end() && code->is_number_integer())
        result.code = code->get<std::int64_t>();
    if (const auto message = error.find("message"); message != error.end() && message->is_string())
        result.message = message->get<std::string>();
    return result;
}

RpcAnswer answer_of(json& object) {
    RpcAnswer answer;
    if (const auto error = object.find("error"); error != object.end() && !error->is_null()) {
        answer.error = error_of(*error);
        return answer;
    }
    const auto result = object.find("result");
    if (result == object.end()) {
        answer.error = RpcError{.code = 0, .message = "neither result nor error"};
    } else if (result->is_object()) {
        for (auto& [name, value] : result->items())
            if (!value.is_structured()) answer.fields.emplace(name, plain_text(value));
    } else if (!result->is_array()) {
        answer.text = plain_text(*result);
    }
    return answer;
}

}  // namespace

std::string encode_batch(std::span<const RpcCall> calls) {
    json batch = json::array();
    for (const RpcCall& call : calls) {
        json params = json::array();
        for (const RpcParam& param : call.params)
            std::visit([&params](const auto& value) { params.push_back(value); }, param);
        batch.push_back({{"jsonrpc", "1.0"},
                         {"id", batch.size()},
                         {"method", call.method},
                         {"params", std::move(params)}});
    }
    return batch.dump(-1, ' ', false, json::error_handler_t::replace);
}

Expected<std::vector<RpcAnswer>> parse_batch(std::string_view body, std::size_t calls) {
    json parsed = TRY(parse_json(body));
    std::vector<RpcAnswer> answers(calls);
    if (parsed.is_object()) {
        const RpcAnswer whole = answer_of(parsed);
        if (!whole.error && calls != 1) return no_answer("a single result stands for a batch");
        std::fill(answers.begin(), answers.end(), whole);
        return answers;
    }
    if (!parsed.is_array()) return no_answer("it is neither a list nor an object");
    std::vector<bool> seen(calls);
    for (json& entry : parsed) {
        if (!entry.is_object()) return no_answer("an entry of the list is no object");
        const auto id = entry.find("id");
        if (id == entry.end() || !id->is_number_unsigned()) return no_answer("an id is missing");
        const auto index = id->get<std::uint64_t>();
        if (index >= calls || seen[index]) return no_answer("an id is unknown or doubled");
        seen[index] = true;
        answers[index] = answer_of(entry);
    }
    if (parsed.size() != calls) return no_answer("an answer is missing");
    return answers;
}

}  // namespace wagetrail
