// An answer of `trace`, `paths` or `exposure`, read back from its JSON to be asked again: the
// question and every pin it was asked under. From the answer itself, or from a bundle, which brings
// its files along.
#pragma once

#include "heuristics/report/envelope.h"
#include "heuristics/report/evidence/bundle.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail::report {

enum class AskedFor : std::uint8_t { trace, paths, exposure };

struct Replay {
    AskedFor kind = AskedFor::trace;
    LedgerId ledger = LedgerId::btc;
    Height height;
    std::optional<Time> asked;
    std::optional<Time> lists_as_of;
    std::optional<Time> known_at;
    std::string level;
    std::vector<std::string> from;  // of an exposure: its one subject
    std::vector<std::string> to;
    std::vector<std::string> policies;
    bool backward = false;
    std::uint32_t max_hops = 0;
    Amount min_value;
    std::uint64_t transactions_max = 0;
    std::uint32_t descriptor_gap = 0;
    std::uint64_t busy_transactions = 0;
    std::uint64_t busy_addresses = 0;
    bool through_coinjoins = false;
    bool without_labels = false;
    std::string rank;       // of ways
    std::size_t count = 0;  // of ways
    bool entities = false;  // ways by entity
    Amount dust_floor;      // of an exposure
    bool details = false;   // of an exposure
    std::vector<ListPin> lists;
    std::vector<EvidenceFile> files;  // of a bundle
    bool is_bundle = false;
    std::string services_sha256;  // empty: asked without
    std::string prices_sha256;    // empty: asked without
    std::string answer;           // the envelope
};

/// file: one line of JSON. invalid: none of ours, of another kind, damaged, or a file in
/// it that is not what its SHA-256 says.
[[nodiscard]] Expected<Replay> parse_replay(std::string_view file);

struct Replayed {
    Answer answer;
    bool same = false;
};

/// again: the envelope of the same question now.
[[nodiscard]] Replayed replay_answer(const Replay& replay, const std::string& again);

}  // namespace wagetrail::report
