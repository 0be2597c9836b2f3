// A value or the error that took its place. Every function of ours that can fail returns one;
// exceptions of libraries are caught where the library is called.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace wagetrail {

enum class ErrorCode : std::uint8_t {
    not_found,  // asked for something that is not there
    invalid,    // the caller's input is wrong
    corrupt,    // stored or received data contradicts itself
    io,         // disk, network or another process failed
    limit,      // a bound was met
    cancelled,  // the caller asked to stop
};

struct Error {
    ErrorCode code = ErrorCode::invalid;
    std::string what;  // one sentence for people: what, where, and the next step where there is one

    friend bool operator==(const Error&, const Error&) = default;
};

/// std::expected that cannot be dropped unread.
template <class T>
class [[nodiscard]] Expected : public std::expected<T, Error> {
  public:
    using Base = std::expected<T, Error>;
    using Base::Base;
    Expected(Base base) : Base(std::move(base)) {}  // NOLINT(google-explicit-constructor)
};

[[nodiscard]] inline std::unexpected<Error> fail(ErrorCode code, std::string what) {
    return std::unexpected<Error>(Error{code, std::move(what)});
}

/// Adds where it happened in front of what happened, on the way up.
[[nodiscard]] inline std::unexpected<Error> with_context(Error error, std::string_view context) {
    error.what = std::string(context) + ": " + error.what;
    return std::unexpected<Error>(std::move(error));
}

[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace wagetrail

/// For our own bugs, always on, never for input: prints the condition and aborts.
#define CHECK(condition) \
    ((condition) ? void(0) : ::wagetrail::check_failed(#condition, __FILE__, __LINE__))

/// The value of an Expected, or return its error from the enclosing function. May be nested.
#define TRY(expression) TRY_NAMED_(expression, TRY_JOIN_(try_result_, __COUNTER__))
#define TRY_JOIN_(a, b) TRY_JOIN_AGAIN_(a, b)
#define TRY_JOIN_AGAIN_(a, b) a##b
#define TRY_NAMED_(expression, result)                                        \
    __extension__({                                                           \
        auto&& result = (expression);                                         \
        if (!(result)) return ::std::unexpected(::std::move(result).error()); \
        *::std::move(result);                                                 \
    })
