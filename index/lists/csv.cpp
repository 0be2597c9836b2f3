#include "index/lists/csv.h"

#include "index/lists/printable.h"

namespace wagetrail::lists {

std::string place(const CsvField& field) {
    return "line " + std::to_string(field.line) + ", column " + std::to_string(field.column);
}

std::unexpected<Error> CsvReader::error(std::string_view what) const {
    return fail(ErrorCode::invalid, "line " + std::to_string(line_) + ", column " +
                                        std::to_string(column_) + ": " + std::string(what));
}

Expected<void> CsvReader::feed(std::string_view piece) {
    for (const char c : piece) {
        ++column_;
        TRY(take(c));
        if (c == '\n') {
            ++line_;
            column_ = 0;
        }
    }
    return {};
}

Expected<void> CsvReader::finish() {
    ++column_;
    if (state_ == State::quoted) return error("the text ends within a quoted field");
    const bool nothing = row_.empty() && field_.text.empty() && state_ != State::quote_in_quoted;
    if (state_ == State::after_return || nothing) return {};
    TRY(end_field());
    return end_row();
}

Expected<void> CsvReader::take(char c) {
    if (state_ == State::after_return) {
        state_ = State::field_start;
        if (c == '\n') return {};
        ++line_;
        column_ = 1;
    }
    if (state_ == State::quoted || state_ == State::quote_in_quoted) return take_quoted(c);
    return take_plain(c);
}

Expected<void> CsvReader::take_plain(char c) {
    if (state_ == State::field_start) {
        field_.line = line_;
        field_.column = column_;
    }
    switch (c) {
        case ',':
            return end_field();
        case '\r':
        case '\n':
            TRY(end_field());
            TRY(end_row());
            if (c == '\r') state_ = State::after_return;
            return {};
        case '"':
            if (state_ != State::field_start)
                return error("a quote within a field that does not begin with one");
            field_.quoted = true;
            state_ = State::quoted;
            return {};
        default:
            state_ = State::plain;
            return append(c);
    }
}

Expected<void> CsvReader::take_quoted(char c) {
    if (state_ == State::quoted) {
        if (c == '"') {
            state_ = State::quote_in_quoted;
            return {};
        }
        if (c == '\r') return {};
        return append(c == '\n' ? ' ' : c);
    }
    if (c == '"') {
        state_ = State::quoted;
        return append(c);
    }
    if (c != ',' && c != '\r' && c != '\n') return error("text after the closing quote");
    return take_plain(c);
}

Expected<void> CsvReader::append(char c) {
    if (field_.text.size() >= kCsvFieldBytesMax)
        return error("a field longer than " + std::to_string(kCsvFieldBytesMax) + " bytes");
    field_.text.push_back(c);
    return {};
}

Expected<void> CsvReader::end_field() {
    if (const auto at = first_unprintable(field_.text)) {
        return fail(ErrorCode::invalid, place(field_) +
                                            ": the field holds a control character or is not UTF-8 "
                                            "(byte " +
                                            std::to_string(*at + 1) + " of it)");
    }
    if (row_.size() >= kCsvFieldsMax)
        return error("more than " + std::to_string(kCsvFieldsMax) + " fields in a row");
    if (field_.line == 0) {  // empty at the very end of the text
        field_.line = line_;
        field_.column = column_;
    }
    row_.push_back(std::move(field_));
    field_ = {};
    state_ = State::field_start;
    return {};
}

Expected<void> CsvReader::end_row() {
    TRY(sink_(row_));
    row_.clear();
    state_ = State::field_start;
    return {};
}

}  // namespace wagetrail::lists
