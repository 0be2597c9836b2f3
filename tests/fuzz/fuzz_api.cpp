// Any bytes as a question to every route of the table, over a home that holds nothing: whatever is
// in a path, a parameter or a body is answered or refused, and no name in it opens anything.
#include "server/http/router.h"
#include "server/routes/routes.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace wagetrail::server {
namespace {

constexpr std::size_t kBytesMax = 8'192;

Time now() {
    return Time{1'700'000'000};
}

struct Api {
    Service service{"/nowhere", "/nowhere", 1, 0, now};
    Router router{api_routes(service, {.test_subjects = true}, now)};
};

void check_answer(const Result<Answer>& answer) {
    if (!answer) {
        CHECK(nlohmann::json::accept(problem_json(answer.error(), "id")));
        return;
    }
    if (answer->pieces || answer->type != MediaType::json) return;
    CHECK(nlohmann::json::accept(answer->body));
}

/// First line: method and target; the rest is the body.
void check(std::string_view input) {
    static Api api;
    const std::size_t end = std::min(input.find('\n'), input.size());
    const std::string_view line = input.substr(0, end);
    const std::size_t space = std::min(line.find(' '), line.size());
    const auto target = parse_target(line.substr(std::min(space + 1, line.size())), kBytesMax);
    if (!target) return;
    const auto match = api.router.match(line.substr(0, space), *target, {});
    if (!match) return;
    const Route& route = api.router.routes()[match->route];
    Call call = match->call;
    call.body = input.substr(std::min(end + 1, input.size()));
    if (route.from_memory)
        if (const auto answer = route.from_memory(call)) check_answer(*answer);
    if (route.handle) check_answer(route.handle(call, {}));
}

}  // namespace
}  // namespace wagetrail::server

// The name is libFuzzer's. NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    wagetrail::server::check(std::string_view(reinterpret_cast<const char*>(data), size));
    return 0;
}
