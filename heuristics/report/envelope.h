// What every answer says about itself, and the two forms it is given in. The JSON form is canonical
// (RFC 8785), so the same inputs give the same bytes; result_id is the SHA-256 of it without the
// parts that may differ between two runs (engine, behind).
#pragma once

#include "chain/base/time.h"

#include "index/labels/label_view.h"
#include "index/lists/list_view.h"
#include "index/view.h"

#include "heuristics/evidence.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wagetrail::report {

inline constexpr std::string_view kChangeLevelName = "L2";

struct ListPin {
    std::string name;
    std::string sha256;
    Time published;
    Time known_from;  // to import it anew so that the answer comes out the same
};

/// A file that came with the question.
struct FilePin {
    std::string name;  // as the user wrote it
    std::string sha256;
};

/// Where dollars come from.
struct PricePin {
    std::string source;
    std::string sha256;
    std::string step;  // "day", "hour"
};

struct LedgerPin {
    index::AsOf as_of;
    Time time;  // of the block
};

/// What level L2 rests on: who votes, by how many votes, and where that comes from.
struct ChangePin {
    std::vector<std::string> voters;
    unsigned margin_min = 0;
    std::string card_sha256;    // empty: chosen by hand
    std::string prices_sha256;  // empty: none
};

/// Everything an answer depends on besides its question.
struct Manifest {
    std::vector<LedgerPin> as_of;
    std::optional<Time> asked;        // the moment that as_of is the last block of; nullopt: none
    std::optional<Time> known_at;     // nullopt: no list was asked
    std::optional<Time> lists_as_of;  // the moment of which lists were asked
    std::vector<ListPin> lists;
    std::optional<ClusterLevel> level;  // nullopt: no cluster was asked
    std::optional<ChangePin> change;    // set: the change overlay stands on that level, it is L2
    std::vector<std::string> policies;
    std::vector<std::pair<std::string, std::uint64_t>> limits;
    std::vector<labels::LabelPin> labels;  // packs and notes that were asked
    std::vector<FilePin> files;            // tables of payouts that were followed
    std::string services_sha256;  // of the table of labelled services; empty: none was given
    std::optional<PricePin> prices;
    std::vector<std::string> coverage;  // codes of what the answer does not cover
};

/// Adds the snapshots that a view rests on, and its moments, the later ones winning.
void pin_lists(const lists::ListView& view, Manifest& manifest);
void pin_labels(const labels::LabelView& view, Manifest& manifest);

inline constexpr std::size_t kEnvelopeBytesMax = std::size_t{64} << 20U;  // that are read back

struct Answer {
    std::string json;  // one line, without its end
    std::string text;  // for people, ends with a line end
};

}  // namespace wagetrail::report
