// A place in the JSON of a bundle, and what is read there. Every error names the place.
#pragma once

#include "chain/base/amount.h"
#include "chain/base/ids.h"
#include "chain/base/time.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace wagetrail::verifier {

using Json = nlohmann::json;

/// Borrows the document.
class Field {
  public:
    Field(const Json& value, std::string path) : value_(&value), path_(std::move(path)) {}

    /// null where there is nothing.
    [[nodiscard]] Field operator[](const char* key) const;
    [[nodiscard]] Field item(std::size_t index) const;
    /// Items of an array; 0 of anything else.
    [[nodiscard]] std::size_t size() const { return value_->is_array() ? value_->size() : 0; }
    [[nodiscard]] bool is_null() const { return value_->is_null(); }
    [[nodiscard]] const Json& json() const { return *value_; }
    [[nodiscard]] const std::string& path() const { return path_; }

    [[nodiscard]] Expected<std::string> text() const;
    [[nodiscard]] Expected<std::uint64_t> number() const;
    /// A decimal string in base units.
    [[nodiscard]] Expected<Amount> units() const;
    [[nodiscard]] Expected<Time> time() const;
    [[nodiscard]] Expected<Bytes> hex() const;
    /// "TXID:VOUT".
    [[nodiscard]] Expected<OutPoint> point() const;
    template <class H>
    [[nodiscard]] Expected<H> hash() const {
        const auto parsed = parse_hash<H>(TRY(text()));
        if (!parsed) return wrong("a hash of 64 hexadecimal digits");
        return *parsed;
    }
    [[nodiscard]] std::unexpected<Error> wrong(const std::string& expected) const;

  private:
    const Json* value_;
    std::string path_;  // JSON pointer
};

/// read: Expected<T>(Field).
template <class T, class Read>
Expected<std::vector<T>> all_of(const Field& field, const Read& read) {
    std::vector<T> all;
    if (!field.json().is_array()) return field.wrong("list");
    all.reserve(field.size());
    for (std::size_t i = 0; i < field.size(); ++i) all.push_back(TRY(read(field.item(i))));
    return all;
}

}  // namespace wagetrail::verifier
