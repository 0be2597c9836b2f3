#include "server/follow_state.h"

#include <nlohmann/json.hpp>

#include <string_view>

namespace wagetrail::server {
namespace {

using Json = nlohmann::json;

std::string_view name_of(FollowPhase phase) {
    switch (phase) {
        case FollowPhase::starting:
            return "starting";
        case FollowPhase::reading:
            return "reading";
        case FollowPhase::at_tip:
            return "at_tip";
        case FollowPhase::failing:
            return "failing";
    }
    return {};
}

std::string ledger_of(const FollowState& follow) {
    return std::string(params(follow.ledger).name);
}

Json json_of(const FollowState& follow) {
    Json error;
    if (follow.last_error)
        error = {{"message", follow.last_error->what}, {"at", text(follow.last_error->at)}};
    return {{"state", name_of(follow.phase)},
            {"since", text(follow.since)},
            {"errors", follow.errors},
            {"last_error", std::move(error)}};
}

bool is_failing(const FollowState& follow) {
    return follow.phase == FollowPhase::failing;
}

void add(std::string& out, const FollowState& follow, const char* name, std::int64_t value) {
    out += std::string(name) + "{ledger=\"" + ledger_of(follow) + "\"} " + std::to_string(value) +
           "\n";
}

}  // namespace

std::string with_follows(const std::string& status, std::span<const FollowState> follows) {
    if (follows.empty()) return status;
    Json json = Json::parse(status);
    for (const FollowState& follow : follows)
        json["behind"][ledger_of(follow)]["follow"] = json_of(follow);
    // An error may quote what the node sent: bytes that are no UTF-8 become a replacement.
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string failing_words(std::span<const FollowState> follows) {
    std::string words;
    for (const FollowState& follow : follows) {
        if (!is_failing(follow)) continue;
        if (!words.empty()) words += "; ";
        words += ledger_of(follow) + " cannot be read since " + text(follow.since) +
                 ": its node does not answer, or not as it should";
    }
    return words;
}

std::string follow_metrics(std::span<const FollowState> follows) {
    if (follows.empty()) return {};
    std::string out =
        "# HELP wagetrail_follow_failing 1 while the node of a followed ledger cannot be read.\n"
        "# TYPE wagetrail_follow_failing gauge\n";
    for (const FollowState& follow : follows)
        add(out, follow, "wagetrail_follow_failing", is_failing(follow) ? 1 : 0);
    out +=
        "# HELP wagetrail_follow_since_seconds Since when it is so, or reads, or is at the tip "
        "(Unix time).\n"
        "# TYPE wagetrail_follow_since_seconds gauge\n";
    for (const FollowState& follow : follows)
        add(out, follow, "wagetrail_follow_since_seconds", follow.since.seconds);
    out +=
        "# HELP wagetrail_follow_errors_total Attempts that failed.\n"
        "# TYPE wagetrail_follow_errors_total counter\n";
    for (const FollowState& follow : follows)
        add(out, follow, "wagetrail_follow_errors_total", static_cast<std::int64_t>(follow.errors));
    return out;
}

}  // namespace wagetrail::server
