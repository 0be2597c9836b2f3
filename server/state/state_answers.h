// What `keys` and `audit` print. No envelopes: they say nothing about a chain.
#pragma once

#include "heuristics/report/envelope.h"

#include "server/state/audit_chain.h"
#include "server/state/keys.h"

#include <string>
#include <vector>

namespace wagetrail::server {

[[nodiscard]] report::Answer new_key_answer(const NewKey& key, const std::string& text);
[[nodiscard]] report::Answer keys_answer(const std::vector<Key>& keys);
[[nodiscard]] report::Answer revoked_answer(const std::string& name);
[[nodiscard]] report::Answer audit_answer(const AuditHead& head);
[[nodiscard]] report::Answer lines_answer(const std::vector<std::string>& lines);

}  // namespace wagetrail::server
