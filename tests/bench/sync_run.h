// One sync from block files into a new index, with the time each stage took.
#pragma once

#include "chain/ledger.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>

namespace wagetrail::bench {

struct SyncSetting {
    LedgerId ledger = LedgerId::btc_regtest;
    std::string blocks;  // folder of blk files
    std::string home;    // must not hold the ledger yet
    std::uint64_t memory_bytes = 0;
};

/// {blocks, transactions, bytes, seconds, stages: {NAME: {wall, cpu}}}; the stages are those of the
/// thread that connects blocks, "source" is its waiting for the next one. Seconds, not money:
/// floating point is at home here.
[[nodiscard]] Expected<nlohmann::json> measure_sync(const SyncSetting& setting);

/// The same files read, decoded and proven, and nothing else: what every other figure is held
/// against. {bytes, transactions, seconds, cpu}
[[nodiscard]] Expected<nlohmann::json> measure_decode(const SyncSetting& setting);

/// {FAMILY: {rows, bytes, disk}} of the index below home: rows and bytes by doctor's count, disk as
/// the files are.
[[nodiscard]] Expected<nlohmann::json> measure_families(const SyncSetting& setting);

}  // namespace wagetrail::bench
