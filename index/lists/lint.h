// What is odd about one publication of a list, for whoever publishes it and whoever relies on it:
// deterministic, from the file alone (and the publication before it, where there is one). Nothing
// here changes how a list is read; each code says what we do about it.
//
// code                          what it means, and what we do
// account-on-every-evm-chain    an EVM key works on all EVM chains: listed on one, screened on all
// address-newer-than-owner      added to a party that was listed before: two dates are kept
// address-of-several-parties    one address record, a listing for each
// address-under-several-codes   one address record, several codes
// address-unreadable            no form we know, or a wrong checksum: kept as text, matches nothing
// capitals-missing              EVM address without capitals, so without a checksum
// capitals-wrong                EVM address whose capitals are a wrong checksum (EIP-55)
// code-contradicts-address      the address decides, the code is a claim
// code-never-used               a code that OFAC does not use: the file is no copy of OFAC's
// code-on-several-ledgers       the code is an asset: the address decides
// code-unknown                  never seen on OFAC's list: read all the same, look at it
// code-without-address          declared by the file, used by no row
// designated-later              the party's date is after the publication
// empty                         no address and no party, as after a failed download: not imported
// lookalike-letters             letters that only look right, or cannot be seen
// namespace-unknown             the XML has another namespace than ever before: names decide
// not-an-account                a burn or zero address: nobody's
// parties-few                   fewer than 5,000 of 18,000: an excerpt of OFAC's list?
// parties-shrunk                against the publication before
// party-without-date            a party that is not dated, on a list that dates its parties
// party-without-name
// reading-warning               what the reader had to say
// removed-since                 gone since the publication before: intervals close, nothing is
//                               deleted
// respelled-since               the same address in other letters: neither removed nor added
// several-readings              valid on several ledgers: all are screened
// spelling-unusual              not the normal form (capital bech32, a prefix)
#pragma once

#include "chain/base/expected.h"
#include "chain/base/time.h"

#include "index/lists/registry.h"
#include "index/lists/snapshot_content.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace wagetrail::lists {

/// One publication of a list, from a file or out of the registry.
struct Publication {
    std::string name;  // of the list; empty for a file
    FileKind kind = FileKind::text;
    Sha256Hash sha256;
    std::optional<Time> published;  // none: the file does not say
    SnapshotCounts counts;
    SnapshotContent content;
    std::vector<std::string> warnings;  // of reading it
    std::set<std::string> codes;        // declared by the file; empty out of the registry
    std::string xml_namespace;          // empty out of the registry, and of other kinds
};

struct Anomaly {
    std::string code;
    std::uint64_t count = 0;
    std::vector<std::string> items;  // all of them, sorted: "text", or "text: what"
};

struct CodeUse {
    std::uint64_t rows = 0;
    std::map<std::string, std::uint64_t> families;  // of its addresses ("btc", "evm")
};

struct Lint {
    std::vector<Anomaly> anomalies;        // sorted by code, none empty
    std::map<std::string, CodeUse> codes;  // by code as listed
};

/// previous: the publication before, if there is one.
[[nodiscard]] Lint lint(const Publication& now, const Publication* previous);

/// A list file. profile: as of ImportRequest.
Expected<Publication> publication_of_file(const std::filesystem::path& file,
                                          const std::string& profile);
Expected<Publication> publication_of(const Registry& registry, const Snapshot& snapshot);

}  // namespace wagetrail::lists
