// Answers that cost reads of the index and do not change while it is pinned: the walks of one
// question, one per policy, come to the same addresses.
#pragma once

#include "chain/base/expected.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <unordered_map>
#include <utility>

namespace wagetrail {

/// Asks once per key, as far as a bound on memory allows. Errors are asked again. Copies share what
/// they remember; not thread-safe.
template <class Key, class Answer>
[[nodiscard]] std::function<Expected<Answer>(Key)> remembered(
    std::function<Expected<Answer>(Key)> ask) {
    constexpr std::size_t kKept = 200'000;
    using Answers = std::unordered_map<Key, Answer>;
    return [ask = std::move(ask),
            // shared: copies of a std::function remember together
            known = std::make_shared<Answers>()](Key key) -> Expected<Answer> {
        const auto found = known->find(key);
        if (found != known->end()) return found->second;
        Answer answer = TRY(ask(key));
        if (known->size() >= kKept) known->clear();  // as walks go on, old keys come no more
        known->emplace(key, answer);
        return answer;
    };
}

}  // namespace wagetrail
