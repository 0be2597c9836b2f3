#include "heuristics/report/table.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

namespace wagetrail::report {
namespace {

/// Length of the well-formed UTF-8 sequence at the start of text that is no control character; 0
/// for anything else.
std::size_t sequence_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t first = byte(0);
    if (first < 0x20 || first == 0x7F) return 0;
    if (first < 0x80) return 1;
    const std::size_t size = first >= 0xF0 && first < 0xF5   ? 4
                             : first >= 0xE0 && first < 0xF0 ? 3
                             : first >= 0xC2 && first < 0xE0 ? 2
                                                             : 0;
    if (size == 0 || text.size() < size) return 0;
    for (std::size_t i = 1; i < size; ++i)
        if ((byte(i) & 0xC0U) != 0x80U) return 0;
    if (first == 0xC2 && byte(1) < 0xA0) return 0;  // C1 control characters
    // Marks that turn the direction of text or hide in it.
    if (first == 0xE2 && byte(1) == 0x80 && (byte(2) >= 0x8B && byte(2) <= 0xAE)) return 0;
    if (first == 0xE2 && byte(1) == 0x81 && (byte(2) >= 0xA0 && byte(2) <= 0xAF)) return 0;
    return size;
}

std::size_t width(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<std::uint8_t>(c) & 0xC0U) != 0x80U;
    }));
}

}  // namespace

std::string printable(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t size = sequence_length(text);
        if (size > 0) {
            out += text.substr(0, size);
        } else {
            std::array<char, 8> escaped{};
            std::snprintf(escaped.data(), escaped.size(), "\\x%02X",
                          static_cast<unsigned>(static_cast<std::uint8_t>(text[0])));
            out += escaped.data();
        }
        text.remove_prefix(std::max<std::size_t>(size, 1));
    }
    return out;
}

Table::Table(std::vector<std::string> header, std::vector<Align> align) : align_(std::move(align)) {
    align_.resize(header.size(), Align::left);
    rows_.push_back(std::move(header));
}

void Table::row(std::vector<std::string> cells) {
    cells.resize(align_.size());
    for (std::string& cell : cells) cell = printable(cell);
    rows_.push_back(std::move(cells));
}

std::string Table::text() const {
    if (rows_.size() < 2) return {};
    std::vector<std::size_t> widths(align_.size());
    for (const auto& row : rows_)
        for (std::size_t i = 0; i < widths.size(); ++i)
            widths[i] = std::max(widths[i], width(row[i]));
    std::string out;
    for (const auto& row : rows_) {
        std::string line;
        for (std::size_t i = 0; i < widths.size(); ++i) {
            const std::string gap(widths[i] - width(row[i]), ' ');
            line += (i > 0 ? "  " : "") + (align_[i] == Align::right ? gap + row[i] : row[i] + gap);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + "\n";
    }
    return out;
}

}  // namespace wagetrail::report
