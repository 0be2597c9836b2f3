// A JSON body, field by field. Whatever is in it and was not asked for is an error that names it:
// a misspelt limit must not be taken for its default.
#pragma once

#include "server/http/problem.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail::server {

class BodyFields {
  public:
    /// bad_body: no JSON, no object, or one that is nested too deep.
    [[nodiscard]] static Result<BodyFields> parse(std::string_view body);
    /// Of an object inside a body.
    [[nodiscard]] static Result<BodyFields> of(nlohmann::json json);

    /// Each leaves `into` as it is when the body lacks the field, and notes what is wrong for
    /// done().
    void read(const char* name, std::string& into);
    void read(const char* name, bool& into);
    void read(const char* name, std::vector<std::string>& into);
    template <class Number>
    void read_number(const char* name, std::uint64_t min, std::uint64_t max, Number& into) {
        if (const auto number = number_at(name, min, max)) into = static_cast<Number>(*number);
    }
    /// nullptr when it is not there.
    [[nodiscard]] const nlohmann::json* take(const char* name);
    void wrong(const char* name, const std::string& what);

    /// The first thing that was wrong, or a field that nobody read.
    [[nodiscard]] Result<void> done() const;

  private:
    explicit BodyFields(nlohmann::json json) : json_(std::move(json)) {}
    [[nodiscard]] std::optional<std::uint64_t> number_at(const char* name,
                                                         std::uint64_t min,
                                                         std::uint64_t max);

    nlohmann::json json_;
    std::set<std::string> read_;
    std::string wrong_;
};

}  // namespace wagetrail::server
