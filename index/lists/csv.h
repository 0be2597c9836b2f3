// Comma-separated values (RFC 4180), pushed through in pieces of any size: quoted fields with
// commas, line ends (which become spaces) and doubled quotes in them, LF, CRLF or CR. Every byte is
// checked: a quote in a wrong place, text that is not printable UTF-8, a field or row beyond the
// bounds is an error with line and column, so what comes out is safe to store and to print.
#pragma once

#include "chain/base/expected.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wagetrail::lists {

struct CsvField {
    std::string text;
    std::uint64_t line = 0;    // where it begins, from 1
    std::uint64_t column = 0;  // in bytes, from 1
    bool quoted = false;
};

inline constexpr std::size_t kCsvFieldBytesMax = 16 * 1024;
inline constexpr std::size_t kCsvFieldsMax = 256;

/// "line 3, column 17".
[[nodiscard]] std::string place(const CsvField& field);

class CsvReader {
  public:
    /// Never empty. An empty line is a row of one empty field.
    using RowSink = std::function<Expected<void>(const std::vector<CsvField>& row)>;

    explicit CsvReader(RowSink sink) : sink_(std::move(sink)) {}

    /// After an error (of its own or of the sink) the reader must not be used any more.
    Expected<void> feed(std::string_view piece);
    /// The end of the text: the last row needs no line end.
    Expected<void> finish();

  private:
    enum class State : std::uint8_t { field_start, plain, quoted, quote_in_quoted, after_return };

    Expected<void> take(char c);
    Expected<void> take_plain(char c);
    Expected<void> take_quoted(char c);
    Expected<void> append(char c);
    Expected<void> end_field();
    Expected<void> end_row();
    [[nodiscard]] std::unexpected<Error> error(std::string_view what) const;

    RowSink sink_;
    State state_ = State::field_start;
    std::vector<CsvField> row_;
    CsvField field_;
    std::uint64_t line_ = 1;
    std::uint64_t column_ = 0;  // of the byte at hand
};

}  // namespace wagetrail::lists
