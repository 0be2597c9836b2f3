// The answer of `exposure`: per category and name, from where and to where value went, under every
// policy asked for, directly and indirectly, in base units, in dollars of the day and as a share.
#pragma once

#include "index/prices/price_series.h"

#include "heuristics/report/trace_report.h"
#include "heuristics/trace/exposure.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace wagetrail::report {

/// One side of a subject: what was followed, and what was found.
struct ExposedSide {
    Payouts payouts;
    SideExposure exposure;
};

/// Who the subject itself is, where a list or a label says so.
struct KnownSubject {
    KnownPlace place;
    std::optional<lists::Verdict> verdict;  // as of the moment asked about; of a listed address
};

struct ExposureQuestion {
    LedgerId ledger = LedgerId::btc;
    std::string subject;
    std::optional<KnownSubject> known;  // of an address or an entity
    bool on_chain = true;
    /// nullopt: nobody is known here by any list or label, so nothing can be said. Not the same as
    /// a side without rows.
    std::optional<ExposedSide> source;
    std::optional<ExposedSide> destination;
    std::vector<CoverageGap> gaps;
    Amount dust_floor;
    bool details = false;  // the endings behind each figure
};

/// prices: nullptr: no dollars. lists: nullptr: no verdicts.
[[nodiscard]] Answer exposure_answer(const Manifest& manifest,
                                     const ExposureQuestion& question,
                                     const prices::PriceSeries* prices,
                                     const lists::ListView* lists);

/// In the place of an answer, for a subject of a batch that is none: {"error": {"code", "hint",
/// "message"}, "subject"}, and the "line" of a file. For people a line, and no longer than one.
[[nodiscard]] Answer refused_subject(const std::string& subject,
                                     const Error& error,
                                     std::optional<std::uint64_t> line = std::nullopt);

/// Whether the subject is one that was listed at that moment or is known for a deed, or value came
/// from or went to such a one.
[[nodiscard]] bool is_alarming(const ExposureQuestion& question);

}  // namespace wagetrail::report
