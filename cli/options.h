// What the command line says, one struct per command; those of lists, labels and
// prices are in list_options.h, those that follow value in trace_options.h. Filled by
// cli/arguments.cpp, read by the commands; neither CLI11 nor the environment is known beyond that.
#pragma once

#include "chain/base/ids.h"
#include "chain/base/time.h"

#include "heuristics/question/block_place.h"
#include "heuristics/question/entity_question.h"
#include "heuristics/question/pins.h"
#include "heuristics/question/show_question.h"

#include "cli/list_options.h"
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

/// Accepted by every command.
struct CommonOptions : question::Pins {
    std::string home;
    std::string scratch;
    std::int64_t now_seconds = 0;
    bool stderr_is_terminal = false;
    bool json = false;

    [[nodiscard]] Time now() const { return Time{now_seconds}; }
};

struct SyncOptions {
    std::string ledger;
    question::BlockPlace from;
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

struct BackupOptions {
    std::string dir;
};

struct CalibrateOptions {
    std::string ledger;
    std::string card;    // empty: below the data directory
    std::string known;   // CSV of changes that are known
    std::string prices;  // CSV of dollars per coin by day
    std::uint32_t epoch_blocks = 52'560;
    std::optional<std::uint32_t> from_height;
};

struct ServeOptions {
    std::string listen = "127.0.0.1:8650";
    std::string certificate;
    std::string private_key;
    std::vector<std::string> hosts;
    std::size_t workers = 0;  // 0: two for each processor
    std::uint64_t rate = 0;   // requests of a peer each second; 0: no limit
    std::uint64_t deadline_seconds = 30;
    std::uint64_t at_once = 20'000;
    std::uint64_t list_max_age_hours = 36;
    std::string cache = "1GiB";
    bool test_subjects = false;
    bool behind_proxy = false;
    bool require_key = false;
    bool read_only = false;
    bool no_audit = false;
    std::vector<std::string> follow;   // LEDGER=SOURCE
    std::vector<std::string> cookies;  // of each of them in turn
    std::string rpc_user;              // of all of them
    std::string rpc_password;
    std::string memory = "1GiB";  // of each of them
    bool print_api = false;
};

struct KeysAddOptions {
    std::string name;
    std::vector<std::string> scopes;  // empty: all
    std::uint64_t per_second = 0;
};

struct KeysLsOptions {};

struct KeysRevokeOptions {
    std::string name;
};

struct AuditVerifyOptions {
    std::string noted;  // BATCH:SHA256; empty: none
};

struct AuditLsOptions {
    std::size_t limit = 50;
};

using Command = std::variant<SyncOptions,
                             StatusOptions,
                             DoctorOptions,
                             question::ShowOptions,
                             BackupOptions,
                             question::EntityOptions,
                             question::ExplainOptions,
                             question::CutOptions,
                             CalibrateOptions,
                             ListsImportOptions,
                             ListsLsOptions,
                             question::ListsCheckOptions,
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
                             question::TraceOptions,
                             question::PathsOptions,
                             ExportOptions,
                             ReportOptions,
                             LogOptions,
                             ReplayOptions,
                             ExposureOptions,
                             ServeOptions,
                             KeysAddOptions,
                             KeysLsOptions,
                             KeysRevokeOptions,
                             AuditVerifyOptions,
                             AuditLsOptions>;

}  // namespace wagetrail::cli
