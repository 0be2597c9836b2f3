#include "server/state/state_answers.h"

#include "chain/base/join_words.h"

#include "heuristics/report/table.h"

#include <nlohmann/json.hpp>

namespace wagetrail::server {
namespace {

using Json = nlohmann::json;

std::string rate_text(std::uint64_t per_second) {
    return per_second == 0 ? "no limit" : std::to_string(per_second) + "/s";
}

Json key_json(const Key& key) {
    return {{"name", key.name},
            {"scopes", key.scopes.names()},
            {"per_second", key.per_second},
            {"created", text(key.created)},
            {"revoked", key.revoked ? Json(text(*key.revoked)) : Json()}};
}

}  // namespace

report::Answer new_key_answer(const NewKey& key, const std::string& text) {
    const Json json{{"key", text},
                    {"name", key.name},
                    {"per_second", key.per_second},
                    {"scopes", key.scopes.names()}};
    return {.json = json.dump(),
            .text = text + "\n\nThe key of " + key.name + " (" + join_words(key.scopes.names()) +
                    "; " + rate_text(key.per_second) +
                    "). It is shown this once; send it as\nAuthorization: Bearer KEY\n"};
}

report::Answer keys_answer(const std::vector<Key>& keys) {
    Json rows = Json::array();
    report::Table table({"name", "scopes", "rate", "made", "revoked"});
    for (const Key& key : keys) {
        rows.push_back(key_json(key));
        table.row({key.name, join_words(key.scopes.names()), rate_text(key.per_second),
                   text(key.created), key.revoked ? text(*key.revoked) : "-"});
    }
    return {.json = Json{{"keys", rows}}.dump(),
            .text = keys.empty() ? "no keys; wagetrail keys add NAME makes one\n" : table.text()};
}

report::Answer revoked_answer(const std::string& name) {
    return {.json = Json{{"revoked", name}}.dump(),
            .text = name + " is revoked; a server that runs refuses it within seconds\n"};
}

report::Answer audit_answer(const AuditHead& head) {
    const std::string hash = to_hex(head.sha256.view());
    const std::string batches = std::to_string(head.batches);
    return {
        .json = Json{{"batches", head.batches}, {"entries", head.entries}, {"sha256", hash}}.dump(),
        .text = "unbroken as far as it goes: " + std::to_string(head.entries) + " requests in " +
                batches + " batches\nNote " + batches + ":" + hash +
                " elsewhere; --noted checks later that nothing before it was taken away\n"};
}

report::Answer lines_answer(const std::vector<std::string>& lines) {
    Json rows = Json::array();
    report::Table table({"at", "caller", "status", "request", "id"});
    for (const std::string& line : lines) {
        Json row = Json::parse(line, nullptr, false);
        if (!row.is_object()) continue;
        const auto field = [&](const char* name) { return row.value(name, std::string()); };
        table.row({field("at"), field("caller").empty() ? field("peer") : field("caller"),
                   std::to_string(row.value("status", 0)),
                   field("method") + " " + report::printable(field("target")), field("id")});
        rows.push_back(std::move(row));
    }
    return {.json = Json{{"entries", rows}}.dump(),
            .text = lines.empty() ? "nothing was asked yet\n" : table.text()};
}

}  // namespace wagetrail::server
