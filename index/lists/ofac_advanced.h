// OFAC's sdn_advanced.xml (the Advanced Sanctions List Standard), streamed: the file of 120 MB
// passes through in pieces and only parties with a digital-currency address are kept.
//
// Elements are matched by local name, because the namespace has changed once (May 2024). Everything
// that the file refers to by number is resolved through its own ReferenceValueSets: feature types
// named "Digital Currency Address - CODE", the list named "SDN List", the sanctions type "Program",
// the name status "Primary Latin". No number is known to this program.
//
// The designation date of a party is the earliest EntryEvent date of its entries on the SDN List;
// without such an entry, of its other ones. A party is named by the Latin primary name of its
// primary alias.
#pragma once

#include "chain/base/expected.h"

#include "index/lists/list_file.h"
#include "index/lists/xml_reader.h"

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace wagetrail::lists {

class OfacAdvancedParser {
  public:
    OfacAdvancedParser();
    OfacAdvancedParser(const OfacAdvancedParser&) = delete;
    OfacAdvancedParser& operator=(const OfacAdvancedParser&) = delete;
    OfacAdvancedParser(OfacAdvancedParser&&) = delete;
    OfacAdvancedParser& operator=(OfacAdvancedParser&&) = delete;
    ~OfacAdvancedParser() = default;

    Expected<void> feed(std::string_view piece) { return reader_.feed(piece); }
    Expected<ListFile> finish();

  private:
    /// Names by the numbers that the file itself gives them.
    using Reference = std::unordered_map<std::string, std::string>;
    enum class Table : std::uint8_t { feature_types, lists, sanctions_types, name_statuses };

    struct DateParts {
        std::string year, month, day;
    };
    /// The party at hand.
    struct Party {
        std::string id;
        std::vector<std::string> profiles;
        std::string name;             // of the best alias so far
        int name_rank = 0;            // of that alias; 0: no name yet
        std::set<std::string> names;  // all of them
        std::vector<ListEntry> entries;
    };
    /// What the entry at hand, or all entries of a profile, say about it.
    struct Designations {
        std::optional<Time> on_sdn_list;
        std::optional<Time> elsewhere;
        std::set<std::string> programs;
    };

    Expected<void> start(std::string_view element, const XmlAttributes& attributes);
    void start_in_party(std::string_view element, const XmlAttributes& attributes);
    void start_in_entry(std::string_view element, const XmlAttributes& attributes);
    Expected<void> end(std::string_view element, std::string_view text);
    Expected<void> end_reference(std::string_view element, std::string_view text);
    Expected<void> end_in_party(std::string_view element, std::string_view text);
    Expected<void> end_in_entry(std::string_view element, std::string_view text);
    Expected<void> end_party();
    void take_date_part(std::string_view element, std::string_view text);
    void take_name();

    [[nodiscard]] const std::string& resolve(Table table, std::string_view id) const;

    std::array<Reference, 4> references_;
    std::string reference_id_;
    ListFile file_;
    bool root_seen_ = false;
    bool in_date_of_issue_ = false;
    bool in_entry_event_ = false;
    DateParts date_;

    std::optional<Party> party_;
    bool primary_identity_ = false;
    bool primary_alias_ = false;
    int documented_name_rank_ = 0;
    std::string documented_name_;
    std::optional<std::string> ticker_;  // of the feature at hand, when it is an address

    std::optional<std::string> entry_profile_;  // of the sanctions entry at hand, if it matters
    bool entry_on_sdn_list_ = false;
    bool measure_is_program_ = false;
    std::unordered_map<std::string, std::size_t> profiles_;  // with addresses -> index into parties
    std::vector<Designations> designations_;                 // by index into parties

    std::uint64_t unnamed_types_ = 0;
    XmlReader reader_;
};

/// Codes that OFAC has used or announced (FAQ 563). An address under another one is kept, and
/// reported.
[[nodiscard]] bool known_ticker(std::string_view ticker);

}  // namespace wagetrail::lists
