#include "server/http/client_words.h"

#include <algorithm>
#include <array>
#include <vector>

namespace wagetrail::server {
namespace {

struct Step {
    std::string_view command;  // as it stands in the error; the first one that is there counts
    std::string_view instead;
};

constexpr std::array kSteps{
    Step{"wagetrail status", "GET /v1/status has the heights and ledgers that are indexed"},
    Step{"wagetrail sync",
         "GET /v1/status has the ledgers that are indexed; whoever runs the "
         "server adds others"},
    Step{"wagetrail lists ls", "GET /v1/lists has those at hand"},
    Step{"wagetrail lists import",
         "GET /v1/lists has those at hand; whoever runs the server imports others"},
    Step{"wagetrail lists search", "GET /v1/search says what a text may be"},
    Step{"wagetrail labels import", "whoever runs the server imports labels"},
    Step{"wagetrail show TXID",
         "GET /v1/transactions/{ledger}/{id} has the addresses of a transaction"},
    Step{"wagetrail show", "GET /v1/search knows heights, blocks and transactions"},
    Step{"--max-proofs", "ask for less"},
    // No client can do these, or what else a command does to a home.
    Step{"wagetrail ", "whoever runs the server can mend it"},
    Step{"--home", "whoever runs the server can mend it"},
    Step{"--source", "whoever runs the server can mend it"},
    Step{"the same command again", "ask again when whoever runs the server has seen to it"},
};

/// Options that are called otherwise in a body; any other is its parameter, with "_" for "-".
struct Name {
    std::string_view option;
    std::string_view parameter;
};

constexpr std::array kNames{Name{"k", "count"}, Name{"gap", "descriptor_gap"},
                            Name{"no-labels", "without_labels"}};

bool is_of_option(char c) {
    return (c >= 'a' && c <= 'z') || c == '-';
}

/// "min-value" of "--min-value 3"; empty: the text begins with none.
std::string_view option_at(std::string_view text) {
    if (!text.starts_with("--")) return {};
    text.remove_prefix(2);
    const auto end = std::ranges::find_if_not(text, is_of_option);
    return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

std::string parameter_of(std::string_view option) {
    const auto named = std::ranges::find(kNames, option, &Name::option);
    if (named != kNames.end()) return std::string(named->parameter);
    std::string parameter(option);
    std::ranges::replace(parameter, '-', '_');
    return parameter;
}

/// The parts between "; " outside of quotes.
std::vector<std::string_view> clauses_of(std::string_view what) {
    std::vector<std::string_view> clauses;
    bool is_quoted = false;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < what.size(); ++i) {
        if (what[i] == '"') is_quoted = !is_quoted;
        if (is_quoted || !what.substr(i).starts_with("; ")) continue;
        clauses.push_back(what.substr(begin, i - begin));
        begin = i + 2;
    }
    clauses.push_back(what.substr(begin));
    return clauses;
}

/// With parameters in place of options.
std::string reworded(std::string_view clause) {
    std::string text;
    bool is_quoted = false;
    for (std::size_t i = 0; i < clause.size(); ++i) {
        if (clause[i] == '"') is_quoted = !is_quoted;
        const bool may_begin = !is_quoted && (i == 0 || clause[i - 1] == ' ');
        const std::string_view option = may_begin ? option_at(clause.substr(i)) : "";
        if (option.empty()) {
            text += clause[i];
            continue;
        }
        text += parameter_of(option);
        i += 1 + option.size();
    }
    return text;
}

std::string_view step_of(std::string_view clause) {
    for (const Step& step : kSteps)
        if (clause.find(step.command) != std::string_view::npos) return step.instead;
    return {};
}

void add(std::string& sentence, std::string_view clause) {
    if (!sentence.empty()) sentence += "; ";
    sentence += clause;
}

}  // namespace

ClientWords client_words(std::string_view what) {
    ClientWords words;
    const auto clauses = clauses_of(what);
    for (std::size_t i = 0; i < clauses.size(); ++i) {
        const std::string_view step = i == 0 ? std::string_view() : step_of(clauses[i]);
        if (step.empty())
            add(words.message, reworded(clauses[i]));
        else if (words.hint.find(step) == std::string::npos)
            add(words.hint, step);
    }
    return words;
}

}  // namespace wagetrail::server
