// What questions cost on a finished index: pages of a busy address, chains of evidence.
#pragma once

#include "tests/bench/sync_run.h"

#include <optional>
#include <string>

namespace wagetrail::bench {

struct ReadSetting {
    SyncSetting index;
    std::uint64_t seed = 1;  // of what is asked
    std::optional<std::string> busy_address;
};

/// {page: {count, p50_us, p99_us, max_us}, explain: {..., merges}}; page only with a busy address:
/// 1,000 pages of 100 postings that begin anywhere in its history.
[[nodiscard]] Expected<nlohmann::json> measure_reads(const ReadSetting& setting);

}  // namespace wagetrail::bench
