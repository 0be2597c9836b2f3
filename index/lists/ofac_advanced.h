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
//
// Hostile input: a DOCTYPE is refused (so there are no entities to expand), as are nesting beyond
// 64, a tag beyond 1 MiB, text beyond 64 KiB, and counts beyond those of list_file.h.
#pragma once

#include "chain/base/expected.h"

#include "index/lists/list_file.h"

#include <memory>
#include <string_view>

namespace wagetrail::lists {

class OfacAdvancedParser {
  public:
    OfacAdvancedParser();
    OfacAdvancedParser(const OfacAdvancedParser&) = delete;
    OfacAdvancedParser& operator=(const OfacAdvancedParser&) = delete;
    ~OfacAdvancedParser();

    Expected<void> feed(std::string_view piece);
    Expected<ListFile> finish();

  private:
    class Document;  // what the elements mean
    struct Expat;    // how they are told apart

    std::unique_ptr<Document> document_;
    std::unique_ptr<Expat> expat_;
};

/// Codes that OFAC has used or announced (FAQ 563). Another one is kept, and reported.
[[nodiscard]] bool known_ticker(std::string_view ticker);

}  // namespace wagetrail::lists
