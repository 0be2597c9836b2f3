#include "heuristics/report/markup.h"

#include "heuristics/report/table.h"

namespace wagetrail::report {

std::string markup(std::string_view text) {
    std::string safe;
    for (const char c : printable(text)) {
        switch (c) {
            case '&':
                safe += "&amp;";
                break;
            case '<':
                safe += "&lt;";
                break;
            case '>':
                safe += "&gt;";
                break;
            case '"':
                safe += "&quot;";
                break;
            case '\'':
                safe += "&#39;";
                break;
            default:
                safe += c;
        }
    }
    return safe;
}

std::string csv_cell(std::string_view text) {
    std::string cell = printable(text);
    if (!cell.empty() && std::string_view("=+-@").find(cell.front()) != std::string_view::npos)
        cell.insert(cell.begin(), '\'');
    if (cell.find_first_of(",\"") == std::string::npos) return cell;
    std::string quoted = "\"";
    for (const char c : cell) quoted += c == '"' ? "\"\"" : std::string(1, c);
    return quoted + "\"";
}

std::string dot_text(std::string_view text) {
    std::string safe;
    for (const char c : printable(text)) {
        if (c == '"' || c == '\\') safe += '\\';
        safe += c;
    }
    return safe;
}

}  // namespace wagetrail::report
