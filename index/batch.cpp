#include "index/database.h"

#include <algorithm>
#include <cstring>

namespace wagetrail::index {
namespace {

/// The first eight bytes of a key as a number that sorts like them; shorter keys end in zeros.
std::uint64_t head(ByteView key) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < sizeof number; ++i)
        number = number << 8U | (i < key.size() ? key[i] : 0U);
    return number;
}

}  // namespace

void Batch::put(Family family, ByteView key, ByteView value) {
    entries_.push_back({.family = family,
                        .erases = false,
                        .key_size = static_cast<std::uint32_t>(key.size()),
                        .value_size = static_cast<std::uint32_t>(value.size()),
                        .at = bytes_.size()});
    bytes_.insert(bytes_.end(), key.begin(), key.end());
    bytes_.insert(bytes_.end(), value.begin(), value.end());
}

void Batch::erase(Family family, ByteView key) {
    put(family, key, {});
    entries_.back().erases = true;
}

void Batch::add(const Batch& other) {
    entries_.reserve(entries_.size() + other.entries_.size());
    for (Entry entry : other.entries_) {
        entry.at += bytes_.size();
        entries_.push_back(entry);
    }
    bytes_.insert(bytes_.end(), other.bytes_.begin(), other.bytes_.end());
}

std::vector<Batch::Entry> Batch::sorted() const {
    struct Place {
        std::uint64_t head;
        std::uint32_t index;
        Family family;
    };
    std::vector<Place> places;
    places.reserve(entries_.size());
    for (std::uint32_t i = 0; i < entries_.size(); ++i)
        places.push_back({head(key(entries_[i])), i, entries_[i].family});
    const auto before = [this](const Place& a, const Place& b) {
        if (a.family != b.family) return a.family < b.family;
        if (a.head != b.head) return a.head < b.head;
        const ByteView left = key(entries_[a.index]);
        const ByteView right = key(entries_[b.index]);
        const int order =
            std::memcmp(left.data(), right.data(), std::min(left.size(), right.size()));
        if (order != 0) return order < 0;
        if (left.size() != right.size()) return left.size() < right.size();
        return a.index < b.index;
    };
    std::sort(places.begin(), places.end(), before);
    std::vector<Entry> ordered;
    ordered.reserve(entries_.size());
    for (const Place& place : places) ordered.push_back(entries_[place.index]);
    return ordered;
}

}  // namespace wagetrail::index
