// What the command line says, one struct per command. Filled by cli/arguments.cpp, read by the
// commands; neither CLI11 nor the environment is known beyond that.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace wagetrail::cli {

/// The environment and the clock, read once in main.
struct Surroundings {
    std::string home;          // $WAGETRAIL_HOME or the default; --home wins
    std::string scratch;       // $TMPDIR or /tmp
    std::string rpc_user;      // $WAGETRAIL_RPC_USER
    std::string rpc_password;  // $WAGETRAIL_RPC_PASSWORD
    std::int64_t now_seconds = 0;
    bool stderr_is_terminal = false;
};

/// Accepted by every command.
struct CommonOptions {
    std::string home;
    std::string scratch;
    std::int64_t now_seconds = 0;
    bool stderr_is_terminal = false;
    bool json = false;
    std::string ledger;    // empty: told by the subject, or the only one there is
    std::string as_of;     // height, date or time; empty: all there is
    std::string known_at;  // date or time; empty: all there is
    std::string level = "L1";
};

/// Where blocks come from.
struct SourceOptions {
    std::string source;  // as open_source takes it; empty: the one remembered
    std::string rpc_cookie;
    std::string rpc_user;
    std::string rpc_password;
};

struct SyncOptions {
    std::string ledger;
    SourceOptions from;
    bool follow = false;
    std::optional<std::uint32_t> to_height;
    std::uint32_t reorg_depth = 1000;
    std::uint64_t memory_bytes = std::uint64_t{2} << 30U;
};

struct StatusOptions {
    std::string ledger;
};

struct DoctorOptions {
    std::string ledger;
    bool deep = false;
    bool digest = false;
};

struct ShowOptions {
    std::string subject;
    bool history = false;
    std::string cursor;
    std::size_t limit = 25;
};

struct BackupOptions {
    std::string dir;
};

/// What level L2 needs besides a card.
struct ChangeLevelOptions {
    std::string card;        // empty: where `calibrate` leaves it
    unsigned threshold = 0;  // votes; 0: the card's
    std::string services;    // CSV of labelled service addresses
    std::string prices;      // CSV of dollars per coin by day
};

struct EntityOptions {
    std::string subject;
    std::string from;  // cursor
    std::size_t limit = 100;
    bool history = false;
    ChangeLevelOptions change;
    SourceOptions source;
};

struct ExplainOptions {
    std::string a;
    std::string b;
    ChangeLevelOptions change;
};

struct CutOptions {
    std::string subject;
    std::string edge;
    std::size_t limit = 20;
};

struct CalibrateOptions {
    std::string ledger;
    std::string card;    // empty: below the data directory
    std::string known;   // CSV of changes that are known
    std::string prices;  // CSV of dollars per coin by day
    std::uint32_t epoch_blocks = 52'560;
    std::optional<std::uint32_t> from_height;
};

struct ListsImportOptions {
    std::string file;
    std::string name;
    std::string published;
    std::string known_from;
    std::string profile;  // of a CSV; empty: by its header
    bool accept_shrink = false;
};

struct ListsLintOptions {
    std::string subject;   // a file, or a snapshot by name
    std::string previous;  // likewise; empty: the snapshot before, for one out of the registry
    std::string profile;
    std::string sign;  // file with the signing key
    bool verify = false;
    std::string key;  // public key, for verify
};

struct ListsSearchOptions {
    std::string text;
    std::string list;
    std::size_t limit = 25;
};

struct LabelsImportOptions {
    std::string file;
    std::string name;
    std::string known_from;
};

struct LabelsLsOptions {
    bool notes = false;
};

struct LabelsAddOptions {
    std::string address;
    std::string label;
    std::string category;
    std::string author;
    std::string reason;
};

struct LabelsRemoveOptions {
    std::int64_t number = 0;
};

struct LabelsExportOptions {
    std::string name;
};

struct ListsLsOptions {
    std::string name;
};

struct ListsDiffOptions {
    std::string before;
    std::string after;
};

struct TraceOptions {
    std::vector<std::string> from;
    std::vector<std::string> to;
    std::vector<std::string> policies = {"fifo", "haircut"};
    std::uint32_t max_hops = 0;  // 0: the default of the walk
    std::string min_value;
    std::uint64_t max_transactions = 0;  // 0: the default of the walk
    std::string services;                // CSV of labelled service addresses
    bool through_coinjoins = false;
    std::uint32_t gap = 100;  // addresses per chain of an xpub or descriptor
    bool backward = false;
    bool no_labels = false;
};

struct PathsOptions {
    TraceOptions trace;
    std::string rank = "value";
    std::size_t count = 5;
    bool entities = false;
};

struct ExposureOptions {
    std::vector<std::string> subjects;
    std::string file;
    std::vector<std::string> policies = {"fifo", "haircut"};
    std::uint32_t max_hops = 10;
    std::string min_value = "0";
    std::string dust = "0.00001";
    std::uint64_t max_transactions = 20'000;
    std::string services;
    std::string prices;
    bool details = false;
};

using Command = std::variant<SyncOptions,
                             StatusOptions,
                             DoctorOptions,
                             ShowOptions,
                             BackupOptions,
                             EntityOptions,
                             ExplainOptions,
                             CutOptions,
                             CalibrateOptions,
                             ListsImportOptions,
                             ListsLsOptions,
                             ListsDiffOptions,
                             ListsLintOptions,
                             ListsSearchOptions,
                             LabelsImportOptions,
                             LabelsLsOptions,
                             LabelsExportOptions,
                             LabelsAddOptions,
                             LabelsRemoveOptions,
                             TraceOptions,
                             PathsOptions,
                             ExposureOptions>;

}  // namespace wagetrail::cli
