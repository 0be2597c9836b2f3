#include "server/state/cases.h"

#include "chain/base/secret.h"

namespace wagetrail::server {
namespace {

constexpr std::size_t kIdBytes = 16;
// Of one caller.
constexpr std::int64_t kCasesMax = 1'000;
constexpr std::int64_t kBytesMax = std::int64_t{256} << 20U;

Result<Case> none() {
    return refuse(ProblemCode::not_found, "there is no such case",
                  "GET /v1/cases lists those of the key");
}

std::int64_t size_of(const CaseText& text) {
    return static_cast<std::int64_t>(text.content.size());
}

std::unexpected<Problem> full(const std::string& how) {
    return refuse(ProblemCode::limit_met, how, "delete some that are closed");
}

constexpr const char* kTooLarge = "the cases of the key come to more than 256 MiB";

}  // namespace

Expected<CaseStore::Kept> CaseStore::kept_of(const std::string& caller) {
    auto rows =
        TRY(state_.prepare("SELECT count(*), coalesce(sum(bytes), 0) FROM cases WHERE caller = ?"));
    (void)TRY(rows.bind(caller).step());
    return Kept{.cases = rows.integer(0), .bytes = rows.integer(1)};
}

Result<Case> CaseStore::add(const std::string& caller, CaseText text, Time now) {
    const std::scoped_lock lock(mutex_);
    auto transaction = TRY(lists::SqliteTransaction::write(state_));
    const Kept kept = TRY(kept_of(caller));
    if (kept.cases >= kCasesMax) return full("there are 1000 cases already");
    if (kept.bytes + size_of(text) > kBytesMax) return full(kTooLarge);
    Case made{.id = TRY(random_text(kIdBytes)), .text = std::move(text)};
    made.created = now;
    made.changed = now;
    auto insert = TRY(state_.prepare(
        "INSERT INTO cases (id, caller, title, content, revision, created, changed, bytes) VALUES "
        "(?, ?, ?, ?, 1, ?, ?, ?)"));
    TRY(insert.bind(made.id)
            .bind(caller)
            .bind(made.text.title)
            .bind(made.text.content)
            .bind(now)
            .bind(now)
            .bind(size_of(made.text))
            .run());
    TRY(transaction.commit());
    return made;
}

Result<std::vector<Case>> CaseStore::all(const std::string& caller) {
    const std::scoped_lock lock(mutex_);
    auto rows = TRY(state_.prepare(
        "SELECT id, title, revision, created, changed FROM cases WHERE caller = ? ORDER BY "
        "changed DESC, id"));
    rows.bind(caller);
    std::vector<Case> all;
    while (TRY(rows.step()))
        all.push_back({.id = std::string(rows.text(0)),
                       .text = {.title = std::string(rows.text(1)), .content = {}},
                       .revision = static_cast<std::uint64_t>(rows.integer(2)),
                       .created = rows.time(3),
                       .changed = rows.time(4)});
    return all;
}

Result<Case> CaseStore::row(const std::string& caller, const std::string& id) {
    auto rows = TRY(state_.prepare(
        "SELECT title, content, revision, created, changed FROM cases WHERE caller = ? AND id = "
        "?"));
    if (!TRY(rows.bind(caller).bind(id).step())) return none();
    return Case{.id = id,
                .text = {.title = std::string(rows.text(0)), .content = std::string(rows.text(1))},
                .revision = static_cast<std::uint64_t>(rows.integer(2)),
                .created = rows.time(3),
                .changed = rows.time(4)};
}

Result<Case> CaseStore::find(const std::string& caller, const std::string& id) {
    const std::scoped_lock lock(mutex_);
    return row(caller, id);
}

Result<Case> CaseStore::change(const std::string& caller, const Case& changed, Time now) {
    const std::scoped_lock lock(mutex_);
    auto transaction = TRY(lists::SqliteTransaction::write(state_));
    Case kept = TRY(row(caller, changed.id));
    if (kept.revision != changed.revision)
        return refuse(
            ProblemCode::conflict,
            "the case was changed meanwhile: it has revision " + std::to_string(kept.revision),
            "read it again, and change that");
    const std::int64_t more = size_of(changed.text) - size_of(kept.text);
    if (more > 0 && TRY(kept_of(caller)).bytes + more > kBytesMax) return full(kTooLarge);
    kept.text = changed.text;
    ++kept.revision;
    kept.changed = now;
    auto update = TRY(state_.prepare(
        "UPDATE cases SET title = ?, content = ?, revision = ?, changed = ?, bytes = ? WHERE id = "
        "?"));
    TRY(update.bind(kept.text.title)
            .bind(kept.text.content)
            .bind(static_cast<std::int64_t>(kept.revision))
            .bind(now)
            .bind(size_of(kept.text))
            .bind(kept.id)
            .run());
    TRY(transaction.commit());
    return kept;
}

Result<Case> CaseStore::remove(const std::string& caller, const std::string& id) {
    const std::scoped_lock lock(mutex_);
    auto transaction = TRY(lists::SqliteTransaction::write(state_));
    Case removed = TRY(row(caller, id));
    auto remove = TRY(state_.prepare("DELETE FROM cases WHERE id = ?"));
    TRY(remove.bind(id).run());
    TRY(transaction.commit());
    return removed;
}

}  // namespace wagetrail::server
