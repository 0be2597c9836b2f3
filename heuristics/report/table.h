// Text tables for terminals: columns padded to their widest cell, numbers flush right. Control
// characters of foreign text are shown as \xNN, so that no label can move the cursor or fake a
// line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wagetrail::report {

enum class Align : std::uint8_t { left, right };

class Table {
  public:
    explicit Table(std::vector<std::string> header, std::vector<Align> align = {});
    void row(std::vector<std::string> cells);
    /// Ends with a line end; empty when there is no row.
    [[nodiscard]] std::string text() const;

  private:
    std::vector<std::vector<std::string>> rows_;  // the first one is the header
    std::vector<Align> align_;
};

/// Foreign text made safe for a terminal: control characters and broken UTF-8 as \xNN.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace wagetrail::report
