#include "index/lists/search.h"

#include "index/lists/listed_address.h"
#include "index/lists/lookalike.h"
#include "index/lists/printable.h"
#include "index/lists/sqlite.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

namespace wagetrail::lists {
namespace {

constexpr std::size_t kQuestionBytesMin = 3;
constexpr std::size_t kQuestionBytesMax = 256;
constexpr std::size_t kAddressPartMin = 6;  // shorter parts are in half of all addresses
constexpr std::size_t kOneLetterMin = 20;   // shorter texts are no addresses

/// Letters and digits, in one case; other scripts as they are.
std::string squeezed(std::string_view text) {
    std::string out;
    for (const char c : ascii_lower(text)) {
        const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                          (static_cast<unsigned char>(c) & 0x80U) != 0;
        if (kept) out.push_back(c);
    }
    return out;
}

std::set<std::string> words_of(const std::string& skeleton) {
    std::set<std::string> out;
    for (std::string_view rest = skeleton; !rest.empty();) {
        const std::size_t end = std::min(rest.find(' '), rest.size());
        out.emplace(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return out;
}

/// One letter changed, left out, added, or two neighbours swapped.
bool one_letter_apart(std::string_view a, std::string_view b) {
    if (a.size() > b.size()) std::swap(a, b);
    if (b.size() - a.size() > 1) return false;
    const auto first =
        static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin()).first - a.begin());
    if (first == a.size()) return b.size() != a.size();
    if (a.size() != b.size()) return a.substr(first) == b.substr(first + 1);
    const bool swapped = first + 1 < a.size() && a[first] == b[first + 1] &&
                         a[first + 1] == b[first] && a.substr(first + 2) == b.substr(first + 2);
    return swapped || a.substr(first + 1) == b.substr(first + 1);
}

/// What was asked, in the forms that are compared.
struct Question {
    explicit Question(const std::string& typed)
        : text(one_line(typed)),
          lower(ascii_lower(text)),
          squeezed_text(squeezed(text)),
          name(name_skeleton(text)),
          joined_name(squeezed(name)),
          words(words_of(name)),
          address(address_skeleton(text)) {
        const ListedAddress read = recognise(text);
        if (!read.family.empty()) address_key = read.key;
    }
    std::string text, lower, squeezed_text;
    std::string name, joined_name;
    std::set<std::string> words;
    std::string address;
    std::string address_key;  // empty: not an address
};

std::optional<MatchKind> match_name(const Question& asked, const std::string& name) {
    if (name == asked.text) return MatchKind::exact;
    if (ascii_lower(name) == asked.lower) return MatchKind::letter_case;
    if (asked.joined_name.empty()) return std::nullopt;
    if (squeezed(name) == asked.squeezed_text) return MatchKind::spacing;
    const std::string skeleton = name_skeleton(name);
    const std::string joined = squeezed(skeleton);
    if (joined == asked.joined_name) return MatchKind::lookalike;
    const auto words = words_of(skeleton);
    if (std::includes(words.begin(), words.end(), asked.words.begin(), asked.words.end()))
        return MatchKind::all_words;
    if (joined.starts_with(asked.joined_name)) return MatchKind::beginning;
    if (joined.find(asked.joined_name) != std::string::npos) return MatchKind::part;
    return std::nullopt;
}

std::optional<MatchKind> match_address(const Question& asked,
                                       const std::string& text,
                                       const std::string& key) {
    if (text == asked.text) return MatchKind::exact;
    if (key == asked.address_key) return MatchKind::same_address;
    if (ascii_lower(text) == asked.lower) return MatchKind::letter_case;
    if (asked.address.size() < kAddressPartMin) return std::nullopt;
    if (squeezed(text) == asked.squeezed_text) return MatchKind::spacing;
    const std::string skeleton = address_skeleton(text);
    if (skeleton == asked.address) return MatchKind::lookalike;
    if (asked.address.size() >= kOneLetterMin && one_letter_apart(skeleton, asked.address))
        return MatchKind::one_letter;
    if (skeleton.starts_with(asked.address)) return MatchKind::beginning;
    if (skeleton.find(asked.address) != std::string::npos) return MatchKind::part;
    return std::nullopt;
}

/// A party of a list, whatever rows of the registry it is spread over.
struct Candidate {
    SearchHit hit;
    bool matches = false;
    std::optional<Time> named;  // the snapshot that gave the name
    std::map<std::pair<std::string, std::string>, bool> addresses;  // text, ticker -> listed

    void take(MatchedField field, const std::string& text, std::optional<MatchKind> kind) {
        if (!kind) return;
        const auto rank = std::tie(*kind, field, text);
        if (matches && rank >= std::tie(hit.kind, hit.field, hit.matched)) return;
        matches = true;
        hit.kind = *kind;
        hit.field = field;
        hit.matched = text;
    }
};

using Candidates = std::map<std::tuple<std::string, std::string, std::string>, Candidate>;
using Aliases = std::map<std::int64_t, std::vector<std::string>>;

Expected<Aliases> load_aliases(Sqlite& database) {
    Aliases out;
    auto rows = TRY(database.prepare("SELECT party, name FROM lists_alias ORDER BY party, name"));
    while (TRY(rows.step())) out[rows.integer(0)].emplace_back(rows.text(1));
    return out;
}

Expected<std::map<std::string, Time>> newest_of(const Registry& registry, const std::string& list) {
    std::map<std::string, Time> out;
    for (const Snapshot& snapshot : TRY(registry.snapshots()))
        if (list.empty() || snapshot.list == list) out[snapshot.list] = snapshot.published;
    if (out.empty() && !list.empty())
        return fail(ErrorCode::not_found,
                    "no list is called \"" + list + "\"; \"lists ls\" shows what there is");
    return out;
}

constexpr std::string_view kSelectRows =
    "SELECT s.list, p.id, p.party_id, p.name, r.text, r.ticker, a.key, max(s.published) "
    "FROM lists_entry e JOIN lists_snapshot s ON s.id = e.snapshot "
    "JOIN lists_party p ON p.id = e.party JOIN lists_row r ON r.id = e.row "
    "JOIN lists_address a ON a.id = r.address GROUP BY s.list, p.id, r.id "
    "ORDER BY s.list, p.id, r.id";

void take_row(Candidate& candidate,
              const Question& asked,
              const SqliteStatement& row,
              const Aliases& aliases,
              Time newest) {
    const std::string name(row.text(3));
    const std::string address(row.text(4));
    const Time seen = row.time(7);
    const bool listed = seen == newest;
    candidate.hit.list = row.text(0);
    candidate.hit.party_id = row.text(2);
    candidate.hit.listed |= listed;
    if (!candidate.named || seen > *candidate.named) {
        candidate.named = seen;
        candidate.hit.entity = name;
    }
    candidate.addresses[{address, std::string(row.text(5))}] |= listed;
    if (!name.empty()) candidate.take(MatchedField::name, name, match_name(asked, name));
    if (const auto at = aliases.find(row.integer(1)); at != aliases.end())
        for (const std::string& alias : at->second)
            candidate.take(MatchedField::alias, alias, match_name(asked, alias));
    candidate.take(MatchedField::address, address,
                   match_address(asked, address, std::string(row.text(6))));
}

std::vector<SearchHit> hits_of(Candidates candidates) {
    std::vector<SearchHit> out;
    for (auto& [key, candidate] : candidates) {
        if (!candidate.matches) continue;
        for (const auto& [address, listed] : candidate.addresses)
            candidate.hit.addresses.push_back({address.first, address.second, listed});
        out.push_back(std::move(candidate.hit));
    }
    std::stable_sort(out.begin(), out.end(), [](const SearchHit& a, const SearchHit& b) {
        return std::tie(a.kind, a.list, a.entity, a.party_id, a.matched) <
               std::tie(b.kind, b.list, b.entity, b.party_id, b.matched);
    });
    return out;
}

}  // namespace

std::string_view text(MatchKind kind) {
    switch (kind) {
        case MatchKind::exact:
            return "exact";
        case MatchKind::same_address:
            return "same address, other spelling";
        case MatchKind::letter_case:
            return "letter case";
        case MatchKind::spacing:
            return "spaces and punctuation";
        case MatchKind::lookalike:
            return "look-alike letters";
        case MatchKind::one_letter:
            return "one letter differs";
        case MatchKind::all_words:
            return "all words";
        case MatchKind::beginning:
            return "beginning";
        case MatchKind::part:
            return "part";
    }
    return "part";
}

std::string_view text(MatchedField field) {
    switch (field) {
        case MatchedField::name:
            return "name";
        case MatchedField::alias:
            return "alias";
        case MatchedField::address:
            return "address";
    }
    return "name";
}

Expected<std::vector<SearchHit>> search(const Registry& registry, const SearchRequest& request) {
    if (request.text.size() > kQuestionBytesMax)
        return fail(ErrorCode::invalid, "a text to search for has at most 256 bytes");
    if (first_unprintable(one_line(request.text)))
        return fail(ErrorCode::invalid,
                    "the text to search for has control characters or is not UTF-8");
    const Question asked(request.text);
    if (squeezed(asked.text).size() < kQuestionBytesMin)
        return fail(ErrorCode::invalid, "at least three letters or digits are needed to search");
    Sqlite& database = registry.database();
    const auto moment = TRY(SqliteTransaction::read(database));
    const auto newest = TRY(newest_of(registry, request.list));
    const Aliases aliases = TRY(load_aliases(database));
    auto rows = TRY(database.prepare(kSelectRows));
    Candidates candidates;
    while (TRY(rows.step())) {
        const std::string list(rows.text(0));
        const auto newest_here = newest.find(list);
        if (newest_here == newest.end()) continue;
        const std::string id(rows.text(2));
        // Without an owner, each address is a candidate of its own.
        const std::string name = id.empty() ? std::string(rows.text(3)) : std::string();
        const std::string address = id.empty() && name.empty() ? std::string(rows.text(6)) : "";
        std::string owner = id;
        owner.append("\n").append(name);
        take_row(candidates[{list, std::move(owner), address}], asked, rows, aliases,
                 newest_here->second);
    }
    return hits_of(std::move(candidates));
}

}  // namespace wagetrail::lists
