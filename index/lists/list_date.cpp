#include "index/lists/list_date.h"

#include <string>

namespace wagetrail::lists {
namespace {

struct Form {
    char separator;
    std::size_t day, month;  // where their two digits begin
    std::string_view example;
};

Expected<Time> parse_ten(std::string_view text, const Form& form) {
    const auto refused = [&] {
        return fail(ErrorCode::invalid, "\"" + std::string(text.substr(0, 40)) +
                                            "\" is not a date such as " +
                                            std::string(form.example));
    };
    if (text.size() != 10 || text[2] != form.separator || text[5] != form.separator)
        return refused();
    const auto time =
        parse_time(std::string(text.substr(6)) + "-" + std::string(text.substr(form.month, 2)) +
                   "-" + std::string(text.substr(form.day, 2)));
    if (!time) return refused();
    return *time;
}

}  // namespace

Expected<Time> parse_date(std::string_view text, DateForm form) {
    switch (form) {
        case DateForm::iso:
            return parse_time(text);
        case DateForm::day_month_year:
            return parse_ten(text,
                             {.separator = '.', .day = 0, .month = 3, .example = "21.03.2025"});
        case DateForm::month_day_year:
            return parse_ten(text,
                             {.separator = '/', .day = 3, .month = 0, .example = "03/21/2025"});
    }
    return fail(ErrorCode::invalid, "unknown form of date");
}

}  // namespace wagetrail::lists
