#include "server/state/audit_chain.h"

#include "chain/base/sha256.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace wagetrail::server {
namespace {

Sha256Hash hash_of(const Sha256Hash& previous, ByteView lines) {
    return Sha256Hash{Sha256().update(previous.view()).update(lines).finish()};
}

bool is(ByteView blob, const Sha256Hash& hash) {
    return equal(blob, hash.view());
}

std::string quoted(const std::string& text) {
    const bool is_plain = std::ranges::all_of(
        text, [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
    if (is_plain) return "\"" + text + "\"";
    return nlohmann::json(text).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
}

std::unexpected<Error> broken(const lists::Sqlite& state, std::uint64_t number, const char* how) {
    return fail(ErrorCode::corrupt, state.path() + ": batch " + std::to_string(number) +
                                        " of the audit log " + how +
                                        "; compare with a backup to see what was changed");
}

}  // namespace

/// By hand, as one is written for each request: nearly all of them hold nothing to be escaped.
std::string audit_line(const Exchanged& exchanged, Time at) {
    return "{\"answer\":" + quoted(exchanged.answer_sha256) + ",\"at\":" + quoted(text(at)) +
           ",\"body\":" + quoted(exchanged.body_sha256) +
           ",\"caller\":" + quoted(exchanged.caller) + ",\"id\":" + quoted(exchanged.request_id) +
           ",\"method\":" + quoted(exchanged.method) + ",\"peer\":" + quoted(exchanged.peer) +
           ",\"status\":" + std::to_string(exchanged.status) +
           ",\"target\":" + quoted(exchanged.target) +
           ",\"took_us\":" + std::to_string(exchanged.took.count()) + "}\n";
}

Expected<void> append_batch(lists::Sqlite& state,
                            Time at,
                            const std::string& lines,
                            std::uint64_t entries) {
    auto transaction = TRY(lists::SqliteTransaction::write(state));
    auto last = TRY(state.prepare("SELECT number, sha256 FROM audit ORDER BY number DESC LIMIT 1"));
    std::int64_t number = 1;
    Sha256Hash previous{};
    if (TRY(last.step())) {
        number = last.integer(0) + 1;
        const auto hash = hash_of_bytes<Sha256Hash>(last.blob(1));
        if (!hash) return broken(state, static_cast<std::uint64_t>(number - 1), "has no hash");
        previous = *hash;
    }
    const Sha256Hash own = hash_of(previous, as_bytes(lines));
    auto insert =
        TRY(state.prepare("INSERT INTO audit (number, at, lines, entries, previous, "
                          "sha256) VALUES (?, ?, ?, ?, ?, ?)"));
    TRY(insert.bind(number)
            .bind(at)
            .bind(as_bytes(lines))
            .bind(static_cast<std::int64_t>(entries))
            .bind(previous.view())
            .bind(own.view())
            .run());
    return transaction.commit();
}

Expected<AuditHead> verify_audit(lists::Sqlite& state, const std::optional<NotedBatch>& noted) {
    auto rows = TRY(state.prepare(
        "SELECT number, lines, entries, previous, sha256 FROM audit ORDER BY number"));
    AuditHead head;
    while (TRY(rows.step())) {
        const std::uint64_t number = ++head.batches;
        if (rows.integer(0) != static_cast<std::int64_t>(number))
            return broken(state, number, "is missing");
        if (!is(rows.blob(3), head.sha256))
            return broken(state, number, "does not follow from the one before");
        head.sha256 = hash_of(head.sha256, rows.blob(1));
        const auto lines = std::ranges::count(rows.blob(1), std::uint8_t{'\n'});
        if (!is(rows.blob(4), head.sha256) || rows.integer(2) != lines)
            return broken(state, number, "was changed");
        if (noted && noted->number == number && noted->sha256 != head.sha256)
            return broken(state, number, "is not the one that was noted");
        head.entries += static_cast<std::uint64_t>(lines);
    }
    if (noted && noted->number > head.batches)
        return broken(state, noted->number, "was noted and is missing");
    return head;
}

Expected<std::vector<std::string>> last_lines(lists::Sqlite& state, std::size_t limit) {
    auto rows = TRY(state.prepare("SELECT lines FROM audit ORDER BY number DESC"));
    std::vector<std::string> lines;
    while (lines.size() < limit && TRY(rows.step())) {
        std::string_view batch = rows.text(0);
        while (!batch.empty() && lines.size() < limit) {
            batch.remove_suffix(1);  // the end of its last line
            const std::size_t begin = batch.rfind('\n') + 1;
            lines.emplace_back(batch.substr(begin));
            batch = batch.substr(0, begin);
        }
    }
    std::ranges::reverse(lines);
    return lines;
}

}  // namespace wagetrail::server
