// A bounded map of what was seen lately: two generations, the older one dropped when the newer is
// full. What is not here must be looked up elsewhere; forgetting is never wrong.
#pragma once

#include <cstddef>
#include <functional>
#include <unordered_map>
#include <utility>

namespace wagetrail::index {

template <class Key, class Value, class HashOf = std::hash<Key>>
class RecentTable {
  public:
    /// Holds between entries / 2 and entries of the last keys put before make_room, and all put
    /// since.
    explicit RecentTable(std::size_t entries) : generation_(entries / 2 + 1) {}

    /// nullptr when it is not here. The pointer lives until the next put, erase or clear.
    [[nodiscard]] const Value* find(const Key& key) const {
        if (const auto found = young_.find(key); found != young_.end()) return &found->second;
        if (const auto found = old_.find(key); found != old_.end()) return &found->second;
        return nullptr;
    }
    void put(const Key& key, Value value) { young_.insert_or_assign(key, std::move(value)); }
    /// The only moment at which anything is forgotten: what is in the table can be found elsewhere.
    void make_room() {
        if (young_.size() < generation_) return;
        old_ = std::move(young_);
        young_ = {};
    }
    void erase(const Key& key) {
        young_.erase(key);
        old_.erase(key);
    }
    void clear() {
        young_.clear();
        old_.clear();
    }

  private:
    std::size_t generation_;
    std::unordered_map<Key, Value, HashOf> young_;
    std::unordered_map<Key, Value, HashOf> old_;
};

}  // namespace wagetrail::index
