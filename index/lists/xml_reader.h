// XML pushed through in pieces, element by element, in bounded memory. Names are local names: the
// prefix and the namespace are dropped. The encoding is the one the document states (UTF-8, UTF-16,
// ISO-8859-1); what comes out is UTF-8.
//
// Refused: a DOCTYPE (without one there are no entities to expand and nothing outside to fetch),
// nesting beyond 64, a tag, comment or instruction beyond 1 MiB, text of one element beyond 64 KiB.
#pragma once

#include "chain/base/expected.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace wagetrail::lists {

/// Of the element at hand; ends with the call that got it.
class XmlAttributes {
  public:
    /// Pairs of name and value, then a null pointer.
    explicit XmlAttributes(const char* const* pairs) : pairs_(pairs) {}
    /// Empty when absent.
    [[nodiscard]] std::string_view get(std::string_view name) const;
    /// What an element declares as its own namespace: xmlns, or else the first xmlns:PREFIX that
    /// is not one of W3C's. Empty when there is none.
    [[nodiscard]] std::string_view declared_namespace() const;

  private:
    const char* const* pairs_;
};

class XmlReader {
  public:
    struct Sinks {
        std::function<Expected<void>(std::string_view name, const XmlAttributes&)> start;
        /// text: what stood directly before the end tag, since the last tag.
        std::function<Expected<void>(std::string_view name, std::string_view text)> end;
    };

    explicit XmlReader(Sinks sinks);
    XmlReader(const XmlReader&) = delete;
    XmlReader& operator=(const XmlReader&) = delete;
    XmlReader(XmlReader&&) = delete;
    XmlReader& operator=(XmlReader&&) = delete;
    ~XmlReader();

    /// Errors, those of the sinks too, come with line and column. After one, no more calls.
    Expected<void> feed(std::string_view piece);
    /// invalid when the document has not ended.
    Expected<void> finish();

  private:
    struct Parser;

    std::unique_ptr<Parser> parser_;
};

}  // namespace wagetrail::lists
