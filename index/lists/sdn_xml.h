// OFAC's sdn.xml, the simple form of the list, streamed. It has the same parties and addresses as
// sdn_advanced.xml (party numbers are the same), but not the day on which a party was designated:
// its parties come out with Designation::missing, and a snapshot of the advanced file beside it
// fills that in.
//
// An address is an <id> with the type "Digital Currency Address - CODE". The file states how many
// records it has; another number of them is an error, because it is the sign of a cut file.
#pragma once

#include "chain/base/expected.h"

#include "index/lists/list_file.h"
#include "index/lists/xml_reader.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail::lists {

class SdnXmlParser {
  public:
    SdnXmlParser();
    SdnXmlParser(const SdnXmlParser&) = delete;
    SdnXmlParser& operator=(const SdnXmlParser&) = delete;
    SdnXmlParser(SdnXmlParser&&) = delete;
    SdnXmlParser& operator=(SdnXmlParser&&) = delete;
    ~SdnXmlParser() = default;

    Expected<void> feed(std::string_view piece) { return reader_.feed(piece); }
    Expected<ListFile> finish();

  private:
    /// First and last name of the party, or of the alias at hand.
    struct Name {
        std::string first, last;
    };
    struct Party {
        std::string id;
        Name name;
        std::set<std::string> programs;
        std::set<std::string> aliases;
        std::vector<ListEntry> entries;
    };

    Expected<void> start(std::string_view element, const XmlAttributes& attributes);
    Expected<void> end(std::string_view element, std::string_view text);
    Expected<void> end_publication(std::string_view element, std::string_view text);
    Expected<void> end_in_party(std::string_view element, std::string_view text);
    Expected<void> end_identity();
    Expected<void> end_party();

    std::vector<std::string> path_;  // of the open elements
    ListFile file_;
    std::optional<std::uint64_t> records_stated_;
    std::optional<Party> party_;
    Name alias_;
    std::string id_type_;
    std::string id_number_;
    XmlReader reader_;
};

}  // namespace wagetrail::lists
