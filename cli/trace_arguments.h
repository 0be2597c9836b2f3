// The words of the commands that follow value: trace and what is made of traces. Used by
// cli/arguments.cpp.
#pragma once

#include "cli/options.h"

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace wagetrail::cli {

class TraceArguments {
  public:
    /// Binds the commands to this object and to common: both must outlive the parse.
    void add(CLI::App& app, CommonOptions& common, const Surroundings& around);
    /// nullopt when it is no command of this file.
    [[nodiscard]] std::optional<Command> command(const std::string& path) const;

  private:
    void add_trace(CLI::App& app, CommonOptions& common);
    void add_paths(CLI::App& app, CommonOptions& common);
    void add_export(CLI::App& app, CommonOptions& common);
    void add_report(CLI::App& app, CommonOptions& common);
    void add_evidence_tools(CLI::App& app, CommonOptions& common);
    void add_exposure(CLI::App& app, CommonOptions& common);

    question::TraceOptions trace_;
    question::PathsOptions paths_;
    ExportOptions export_;
    ReportOptions report_;
    LogOptions log_;
    ReplayOptions replay_;
    ExposureOptions exposure_;
};

}  // namespace wagetrail::cli
