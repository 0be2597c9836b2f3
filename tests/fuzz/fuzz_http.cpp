// Any bytes as a request's line, headers and body: the target, the route table with its parameters,
// Accept, and the fields of a body. What is taken must be within the table's bounds.
#include "server/http/router.h"
#include "server/routes/body_fields.h"

#include <algorithm>

namespace wagetrail::server {
namespace {

Router made_router() {
    const Parameter id{.name = "id", .in = In::path, .about = "id", .max = 20};
    const Parameter limit{.name = "limit",
                          .kind = Kind::number,
                          .about = "rows",
                          .otherwise = "25",
                          .min = 1,
                          .max = 100};
    const Parameter flag{.name = "flag", .kind = Kind::flag, .about = "flag"};
    return Router({{.path = "/", .name = "root", .about = "root"},
                   {.path = "/v1/things/{id}",
                    .name = "show",
                    .about = "show",
                    .parameters = {id, limit, flag},
                    .gives = {MediaType::json, MediaType::ndjson}},
                   {.path = "/v1/things/all", .name = "all", .about = "all"},
                   {.method = Method::post,
                    .path = "/v1/things",
                    .name = "ask",
                    .about = "ask",
                    .body_schema = "Thing"}});
}

void check_match(const Router::Match& match) {
    const Call& call = match.call;
    if (match.route != 1) return;
    CHECK(!call.text("id").empty() && call.text("id").size() <= 20);
    CHECK(is_utf8(call.text("id")) && call.text("id").find('/') == std::string::npos);
    CHECK(call.number("limit") >= 1 && call.number("limit") <= 100);
}

void check_target(std::string_view line, std::string_view accept) {
    static const Router router = made_router();
    constexpr std::size_t kBytesMax = 4'096;
    const auto target = parse_target(line, kBytesMax);
    if (!target) return;
    for (const std::string& segment : target->segments) {
        CHECK(!segment.empty() && segment != "." && segment != ".." && is_utf8(segment));
        CHECK(parse_target("/" + percent_encoded(segment), kBytesMax)->segments ==
              std::vector{segment});
    }
    HeaderFields headers;
    headers.add("Accept", accept);
    for (const char* const method : {"GET", "POST", "HEAD", "BREW"})
        if (const auto match = router.match(method, *target, headers)) check_match(*match);
    (void)router.allowed(*target);
}

void check_body(std::string_view text) {
    auto body = BodyFields::parse(text);
    if (!body) return;
    std::string subject;
    std::vector<std::string> subjects;
    bool details = false;
    std::uint32_t hops = 5;
    body->read("subject", subject);
    body->read("subjects", subjects);
    body->read("details", details);
    body->read_number("max_hops", 1, 1'000, hops);
    CHECK(hops >= 1 && hops <= 1'000);
    const auto done = body->done();
    if (!done) CHECK(!problem_json(done.error(), "id").empty());
}

/// Lines: target, Accept, Content-Type; the rest is the body.
void check(std::string_view input) {
    const auto line = [&] {
        const std::size_t end = std::min(input.find('\n'), input.size());
        const std::string_view text = input.substr(0, end);
        input.remove_prefix(std::min(end + 1, input.size()));
        return text;
    };
    const std::string_view target = line();
    const std::string_view accept = line();
    check_target(target, accept);
    (void)is_media_type(line(), MediaType::json);
    check_body(input);
}

}  // namespace
}  // namespace wagetrail::server

// The name is libFuzzer's. NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    wagetrail::server::check(std::string(data, data + size));
    return 0;
}
