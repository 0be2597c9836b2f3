#include "server/state/keys.h"

#include "chain/base/join_words.h"
#include "chain/base/secret.h"
#include "chain/base/sha256.h"

#include <algorithm>
#include <sstream>

namespace wagetrail::server {
namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kNameBytesMax = 64;
constexpr const char* kPrefix = "wtk_";  // so that scanners for leaked secrets know one

bool is_name(std::string_view name) {
    return !name.empty() && name.size() <= kNameBytesMax && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    });
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> names;
    std::istringstream stream{std::string(text)};
    for (std::string name; std::getline(stream, name, ',');) names.push_back(name);
    return names;
}

}  // namespace

Expected<std::string> add_key(lists::Sqlite& state, const NewKey& key, Time now) {
    if (!is_name(key.name))
        return fail(ErrorCode::invalid,
                    "\"" + key.name + "\" is no name for a key: 1 to 64 of a-z 0-9 . _ -");
    auto transaction = TRY(lists::SqliteTransaction::write(state));
    auto found = TRY(state.prepare("SELECT 1 FROM keys WHERE name = ?"));
    if (TRY(found.bind(key.name).step()))
        return fail(ErrorCode::invalid, "a key was already called \"" + key.name +
                                            "\"; names are not given twice, choose another");
    std::string text = kPrefix + TRY(random_text(kKeyBytes));
    auto insert = TRY(state.prepare(
        "INSERT INTO keys (name, sha256, scopes, per_second, created) VALUES (?, ?, ?, ?, ?)"));
    const Sha256Hash hash = sha256(as_bytes(text));
    TRY(insert.bind(key.name)
            .bind(hash.view())
            .bind(join_words(key.scopes.names(), ","))
            .bind(static_cast<std::int64_t>(key.per_second))
            .bind(now)
            .run());
    TRY(transaction.commit());
    return text;
}

Expected<std::vector<Key>> all_keys(lists::Sqlite& state) {
    auto rows = TRY(state.prepare(
        "SELECT name, sha256, scopes, per_second, created, revoked FROM keys ORDER BY name"));
    std::vector<Key> keys;
    while (TRY(rows.step())) {
        const Scopes scopes = TRY(Scopes::parse(split(rows.text(2))));
        Key key{.name = std::string(rows.text(0)),
                .sha256 = {},
                .scopes = scopes,
                .per_second = static_cast<std::uint64_t>(rows.integer(3)),
                .created = rows.time(4),
                .revoked = rows.time_if(5)};
        const auto hash = hash_of_bytes<Sha256Hash>(rows.blob(1));
        if (!hash)
            return fail(ErrorCode::corrupt, state.path() + ": the hash of the key \"" + key.name +
                                                "\" is damaged; restore the file from a backup");
        key.sha256 = *hash;
        keys.push_back(std::move(key));
    }
    return keys;
}

std::unexpected<Error> no_such_key(const std::string& name) {
    return fail(ErrorCode::not_found, "no key is called \"" + name + "\"; run wagetrail keys ls");
}

Expected<void> revoke_key(lists::Sqlite& state, const std::string& name, Time now) {
    auto transaction = TRY(lists::SqliteTransaction::write(state));
    auto found = TRY(state.prepare("SELECT 1 FROM keys WHERE name = ?"));
    if (!TRY(found.bind(name).step())) return no_such_key(name);
    auto update =
        TRY(state.prepare("UPDATE keys SET revoked = ? WHERE name = ? AND revoked IS NULL"));
    TRY(update.bind(now).bind(name).run());
    return transaction.commit();
}

KeyRing::KeyRing(const std::vector<Key>& keys) {
    for (const Key& key : keys)
        if (!key.revoked) keys_.emplace(std::hash<Sha256Hash>{}(key.sha256), key);
}

const Key* KeyRing::find(std::string_view text) const {
    const Sha256Hash hash = sha256(as_bytes(text));
    const auto [begin, end] = keys_.equal_range(std::hash<Sha256Hash>{}(hash));
    for (auto each = begin; each != end; ++each)
        if (equal_in_constant_time(each->second.sha256, hash)) return &each->second;
    return nullptr;
}

}  // namespace wagetrail::server
