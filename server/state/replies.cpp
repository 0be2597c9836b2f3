#include "server/state/replies.h"

namespace wagetrail::server {
namespace {

constexpr std::int64_t kKeptSeconds = 24 * 3600;
constexpr std::int64_t kKeptOfCaller = 10'000;
constexpr std::int64_t kBytesOfCaller = std::int64_t{64} << 20U;
constexpr std::int64_t kBytesMax = std::int64_t{256} << 10U;  // of an answer that is kept

}  // namespace

Expected<void> ReplyStore::restart() {
    const std::scoped_lock lock(mutex_);
    return state_.run("DELETE FROM replies WHERE status = 0");
}

Result<std::optional<Answer>> ReplyStore::begin(const ReplyKey& key, Time now) {
    const std::scoped_lock lock(mutex_);
    auto transaction = TRY(lists::SqliteTransaction::write(state_));
    auto old = TRY(state_.prepare("DELETE FROM replies WHERE at < ?"));
    TRY(old.bind(Time{now.seconds - kKeptSeconds}).run());
    auto rows = TRY(state_.prepare(
        "SELECT request, status, location, body FROM replies WHERE caller = ? AND key = ?"));
    if (TRY(rows.bind(key.caller).bind(key.key).step())) {
        if (rows.text(0) != key.request)
            return refuse(ProblemCode::key_reused,
                          "the Idempotency-Key came before with another request",
                          "give each request a key of its own");
        if (rows.integer(1) == 0)
            return refuse(ProblemCode::conflict, "the request of this key is being answered",
                          "ask again in a moment");
        return std::optional(Answer{.body = std::string(rows.text(3)),
                                    .status = static_cast<unsigned>(rows.integer(1)),
                                    .location = std::string(rows.text(2))});
    }
    auto kept = TRY(
        state_.prepare("SELECT count(*), coalesce(sum(bytes), 0) FROM replies WHERE caller = ?"));
    (void)TRY(kept.bind(key.caller).step());
    if (kept.integer(0) >= kKeptOfCaller || kept.integer(1) > kBytesOfCaller - kBytesMax)
        return refuse(ProblemCode::limit_met,
                      "as many answers to the caller's Idempotency-Keys are kept as may be: 10000, "
                      "or 64 MiB of them",
                      "each is forgotten after a day; ask without one meanwhile");
    // Room for the largest that is kept, so that answers which are made at once cannot pass the
    // bound together.
    auto insert = TRY(state_.prepare(
        "INSERT INTO replies (caller, key, request, at, status, bytes) VALUES (?, ?, ?, ?, 0, ?)"));
    TRY(insert.bind(key.caller).bind(key.key).bind(key.request).bind(now).bind(kBytesMax).run());
    TRY(transaction.commit());
    return std::optional<Answer>();
}

Expected<void> ReplyStore::store(const ReplyKey& key, const Answer& answer) {
    const std::scoped_lock lock(mutex_);
    auto update =
        TRY(state_.prepare("UPDATE replies SET status = ?, location = ?, body = ?, bytes = "
                           "? WHERE caller = ? AND key = ?"));
    return update.bind(static_cast<std::int64_t>(answer.status))
        .bind(answer.location)
        .bind(answer.body)
        .bind(static_cast<std::int64_t>(answer.body.size()))
        .bind(key.caller)
        .bind(key.key)
        .run();
}

void ReplyStore::keep(const ReplyKey& key, const Answer& answer) {
    // An answer that cannot be kept is still an answer: asked again, it is made again, and as
    // answers are pinned it is the same while nothing new came in.
    if (answer.body.size() > static_cast<std::size_t>(kBytesMax) || !store(key, answer))
        forget(key);
}

void ReplyStore::forget(const ReplyKey& key) {
    const std::scoped_lock lock(mutex_);
    auto remove = state_.prepare("DELETE FROM replies WHERE caller = ? AND key = ?");
    if (remove) (void)remove->bind(key.caller).bind(key.key).run();
}

}  // namespace wagetrail::server
