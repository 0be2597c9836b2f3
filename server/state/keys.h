// Keys of the API. A key is 256 random bits, shown once when it is made; what is kept is its
// SHA-256 (a fast hash is enough, as nobody can try 2^256 of them).
#pragma once

#include "chain/base/ids.h"
#include "chain/base/time.h"

#include "index/lists/sqlite.h"

#include "server/http/scope.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace wagetrail::server {

struct Key {
    std::string name;
    Sha256Hash sha256;  // of its text
    Scopes scopes;
    std::uint64_t per_second = 0;  // 0: no limit
    Time created;
    std::optional<Time> revoked;
};

struct NewKey {
    std::string name;
    Scopes scopes;
    std::uint64_t per_second = 0;
};

/// The text of the new key. invalid: the name is none (1 to 64 of a-z 0-9 . _ -), or was given
/// before, to a revoked key too.
[[nodiscard]] Expected<std::string> add_key(lists::Sqlite& state, const NewKey& key, Time now);
/// By name.
[[nodiscard]] Expected<std::vector<Key>> all_keys(lists::Sqlite& state);
[[nodiscard]] std::unexpected<Error> no_such_key(const std::string& name);
/// no_such_key; of a revoked one, nothing changes.
[[nodiscard]] Expected<void> revoke_key(lists::Sqlite& state, const std::string& name, Time now);

/// The keys in force at one moment. Immutable.
class KeyRing {
  public:
    explicit KeyRing(const std::vector<Key>& keys);

    /// The key of that text. Compares in constant time: how long it takes tells nothing of a key.
    [[nodiscard]] const Key* find(std::string_view text) const;
    [[nodiscard]] bool empty() const { return keys_.empty(); }

  private:
    /// By the first bytes of the hash, which tell no more of a key than a guess would.
    std::unordered_multimap<std::size_t, Key> keys_;
};

}  // namespace wagetrail::server
