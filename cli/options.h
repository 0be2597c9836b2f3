// What the command line says, one struct per command; those of lists, labels and
// prices are in list_options.h, those that follow value in trace_options.h. Filled by
// cli/arguments.cpp, read by the commands; neither CLI11 nor the environment is known beyond that.
#pragma once

#include "chain/base/ids.h"
#include "chain/base/time.h"

#include "cli/list_options.h"
#include "cli/source_options.h"
#include "cli/trace_options.h"

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

/// What an answer that is asked again was pinned to; goes before --as-of.
struct Pinned {
    Height height;
    std::optional<Time> asked;
    std::optional<Time> lists_as_of;
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
    std::optional<Pinned> pinned = std::nullopt;
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
                             ListsCheckOptions,
                             ListsDiffOptions,
                             ListsLintOptions,
                             ListsSearchOptions,
                             LabelsImportOptions,
                             LabelsLsOptions,
                             LabelsExportOptions,
                             LabelsAddOptions,
                             LabelsRemoveOptions,
                             PricesImportOptions,
                             PricesLsOptions,
                             TraceOptions,
                             PathsOptions,
                             ExportOptions,
                             ReportOptions,
                             LogOptions,
                             ReplayOptions,
                             ExposureOptions>;

}  // namespace wagetrail::cli
