#include "heuristics/report/evidence/report_log.h"

#include "chain/base/sha256.h"

#include "heuristics/report/json.h"
#include "heuristics/report/table.h"

namespace wagetrail::report {
namespace {

constexpr std::string_view kNone =
    "0000000000000000000000000000000000000000000000000000000000000000";

std::string text_of(const Json& line, const char* key) {
    const auto at = line.find(key);
    return at != line.end() && at->is_string() ? at->get<std::string>() : std::string();
}

}  // namespace

Expected<std::vector<LoggedReport>> read_log(std::string_view log) {
    std::vector<LoggedReport> all;
    while (!log.empty()) {
        const std::size_t end = log.find('\n');
        if (end == std::string_view::npos) break;
        const std::string line(log.substr(0, end));
        log.remove_prefix(end + 1);
        const auto broken = [&](const char* why) {
            return fail(ErrorCode::corrupt,
                        "line " + std::to_string(all.size() + 1) + " of the log " + why);
        };
        const Json json = Json::parse(line, nullptr, /*allow_exceptions=*/false);
        if (!json.is_object() || canonical(json) != line) return broken("is none of ours");
        LoggedReport one{.number = all.size() + 1,
                         .at = {},
                         .bundle = text_of(json, "bundle"),
                         .signer = text_of(json, "signer"),
                         .line = line,
                         .sha256 = sha256_hex(line)};
        if (json.value("number", Json()) != Json(one.number)) return broken("has another number");
        if (text_of(json, "previous") != (all.empty() ? kNone : all.back().sha256))
            return broken("does not follow from the line before: one of them was changed");
        const auto at = parse_time(text_of(json, "at"));
        if (!at) return broken("has no time");
        one.at = *at;
        all.push_back(std::move(one));
    }
    return all;
}

std::string next_line(const std::vector<LoggedReport>& before,
                      Time at,
                      const std::string& bundle,
                      const std::string& signer) {
    return canonical({{"number", before.size() + 1},
                      {"at", text(at)},
                      {"bundle", bundle},
                      {"signer", signer.empty() ? Json() : Json(signer)},
                      {"previous", before.empty() ? std::string(kNone) : before.back().sha256}}) +
           "\n";
}

Answer log_answer(const std::vector<LoggedReport>& log) {
    Table table({"number", "at", "bundle", "signed by"}, {Align::right});
    Json reports = Json::array();
    for (const LoggedReport& one : log) {
        table.row({std::to_string(one.number), text(one.at), one.bundle,
                   one.signer.empty() ? "nobody" : one.signer});
        reports.push_back({{"number", one.number},
                           {"at", text(one.at)},
                           {"bundle", one.bundle},
                           {"signer", one.signer.empty() ? Json() : Json(one.signer)},
                           {"sha256", one.sha256}});
    }
    const std::string last = log.empty() ? std::string(kNone) : log.back().sha256;
    return {sealed({}, {{"reports", std::move(reports)}, {"last", last}}),
            table.text() + (log.empty() ? "no report was made here\n"
                                        : "\nthe chain holds; its end is " + last +
                                              ": keep that elsewhere, and no line can be changed "
                                              "unseen\n")};
}

}  // namespace wagetrail::report
