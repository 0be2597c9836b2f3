// A bundle of evidence as it was read: what it states and what it encloses to prove it. Nothing
// here is checked beyond its form.
#pragma once

#include "chain/base/amount.h"
#include "chain/base/ids.h"
#include "chain/base/time.h"
#include "chain/ledger.h"

#include "heuristics/trace/policy/policy.h"

#include "cli/verify/field.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail::verifier {

struct Position {
    LedgerId ledger = LedgerId::btc;
    Height height;
    BlockHash block_hash;
    Time time;
    std::uint64_t index = 0;
    Txid txid;
    std::string path;  // where it is stated
};

struct Coin {
    Position tx;
    OutIndex vout;
    std::string address;
    Amount amount;

    [[nodiscard]] OutPoint at() const { return {tx.txid, vout}; }
};

struct PathPart {
    Coin coin;
    std::optional<Amount> share;  // null under poison
    std::optional<Amount> carried;
};

struct Arrival {
    SourceId source;
    Coin coin;
    std::optional<Amount> amount;
    std::uint64_t hops = 0;
    std::vector<PathPart> parts;
    std::string path;
};

struct Share {
    SourceId source;
    std::optional<Amount> amount;
};

struct Stop {
    std::string reason;
    std::string label;
    Coin coin;
    std::optional<Txid> spender;  // the transaction that was not followed
    std::vector<Share> shares;
    std::optional<Amount> amount;
    std::string path;
};

struct Leg {
    OutPoint at;
    Amount amount;
    std::vector<Lot> lots;
    std::string path;
};

struct Step {
    Position tx;
    std::vector<Leg> inputs;
    std::vector<Leg> outputs;
    Amount fee;
    std::vector<Lot> fee_lots;
};

struct Sums {
    Amount amount;
    Amount reached;
    Amount stopped;
    Amount residual;
    Amount fees;
    friend bool operator==(const Sums&, const Sums&) = default;
};

struct PolicyPart {
    Policy policy = Policy::fifo;
    std::vector<std::optional<Sums>> sources;
    std::vector<Arrival> reached;
    std::vector<Stop> stopped;
    std::vector<Stop> residual;
    std::optional<Sums> totals;
    std::optional<Amount> by_verdict;  // the sum of the table of verdicts; none without lists
    std::vector<Step> steps;
    Amount value_floor;
    std::uint64_t restarts = 0;
    std::uint64_t transactions = 0;  // taken apart
    std::string path;
};

struct Envelope {
    Amount least;
    Amount most;
    bool survives_all = false;
};

struct EnclosedTransaction {
    Txid txid;
    Height height;
    std::uint64_t index = 0;
    Bytes raw;
    std::vector<Sha256Hash> branch;
    std::string path;
};

struct EnclosedHeader {
    Height height;
    BlockHash hash;
    Bytes raw;
    std::string path;
};

struct EnclosedFile {
    std::string name;
    std::string sha256;
    std::string text;
};

struct Bundle {
    LedgerId ledger = LedgerId::btc;
    bool forward = true;
    std::vector<Coin> sources;
    std::vector<PolicyPart> policies;
    std::optional<Envelope> envelope;
    std::vector<EnclosedTransaction> transactions;
    std::vector<EnclosedHeader> headers;
    std::vector<EnclosedFile> files;
    Height as_of;  // the block of the answer
    BlockHash as_of_hash;
    Time as_of_time;
};

inline constexpr std::size_t kBundleBytesMax = std::size_t{64} << 20U;

/// The JSON of a bundle: one line. invalid: too large or deep, no JSON, bytes that are not
/// canonical.
[[nodiscard]] Expected<Json> parse_document(std::string_view text);

/// invalid, with the place: something is missing or of another form.
[[nodiscard]] Expected<Bundle> read_bundle(const Json& document);

}  // namespace wagetrail::verifier
