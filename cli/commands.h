// The commands. Each parses what CLI11 cannot, calls the libraries, prints the answer to stdout and
// says how it ended; an Error is printed by main.
#pragma once

#include "cli/exit_code.h"
#include "cli/options.h"

#include <stop_token>

namespace wagetrail::cli {

using Outcome = Expected<ExitCode>;

[[nodiscard]] Outcome run(const CommonOptions& common, const SyncOptions&, std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common, const StatusOptions&, std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common, const DoctorOptions&, std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common, const ServeOptions&, std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common, const KeysAddOptions&, std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common, const KeysLsOptions&, std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common,
                          const KeysRevokeOptions&,
                          std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common,
                          const AuditVerifyOptions&,
                          std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common, const AuditLsOptions&, std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common,
                          const question::ShowOptions&,
                          std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common, const BackupOptions&, std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common,
                          const question::EntityOptions&,
                          std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common,
                          const question::ExplainOptions&,
                          std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common,
                          const question::CutOptions&,
                          std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common,
                          const CalibrateOptions&,
                          std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common,
                          const ListsImportOptions&,
                          std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common, const ListsLsOptions&, std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common,
                          const question::ListsCheckOptions&,
                          std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common,
                          const ListsDiffOptions&,
                          std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common,
                          const ListsLintOptions&,
                          std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common,
                          const ListsSearchOptions&,
                          std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common,
                          const LabelsImportOptions&,
                          std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common,
                          const LabelsLsOptions&,
                          std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common,
                          const LabelsExportOptions&,
                          std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common,
                          const LabelsAddOptions&,
                          std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common,
                          const LabelsRemoveOptions&,
                          std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common,
                          const PricesImportOptions&,
                          std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common,
                          const PricesLsOptions&,
                          std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common,
                          const question::TraceOptions&,
                          std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common,
                          const question::PathsOptions&,
                          std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common, const ExportOptions&, std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common, const ReportOptions&, std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common, const LogOptions&, std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common, const ReplayOptions&, std::stop_token stop);
[[nodiscard]] Outcome run(const CommonOptions& common,
                          const ExposureOptions&,
                          std::stop_token stop);

}  // namespace wagetrail::cli
