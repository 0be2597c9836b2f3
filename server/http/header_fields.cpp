#include "server/http/header_fields.h"

#include <algorithm>

namespace wagetrail::server {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

bool equal_without_case(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower, lower);
}

std::size_t HeaderFields::count(std::string_view name) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        rows_, [&](const auto& row) { return equal_without_case(row.first, name); }));
}

std::optional<std::string_view> HeaderFields::find(std::string_view name) const {
    for (const auto& [each, text] : rows_)
        if (equal_without_case(each, name)) return text;
    return std::nullopt;
}

std::string HeaderFields::joined(std::string_view name) const {
    std::string all;
    for (const auto& [each, text] : rows_)
        if (equal_without_case(each, name)) all += (all.empty() ? "" : ", ") + text;
    return all;
}

}  // namespace wagetrail::server
