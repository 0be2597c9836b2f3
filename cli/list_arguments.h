// The words of `lists`, `labels` and `prices` on the command line. Used by cli/arguments.cpp.
#pragma once

#include "cli/options.h"

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace wagetrail::cli {

class ListArguments {
  public:
    /// Binds the subcommands to this object and to common: both must outlive the parse.
    void add(CLI::App& app, CommonOptions& common);
    /// path: "lists diff"; nullopt when it is no command of this file.
    [[nodiscard]] std::optional<Command> command(const std::string& path) const;

  private:
    void add_import(CLI::App& lists, CommonOptions& common);
    void add_comparison(CLI::App& lists, CommonOptions& common);
    void add_lint(CLI::App& lists, CommonOptions& common);
    void add_labels(CLI::App& app, CommonOptions& common);
    void add_prices_commands(CLI::App& app, CommonOptions& common);

    ListsImportOptions import_;
    ListsLsOptions ls_;
    question::ListsCheckOptions check_;
    ListsDiffOptions diff_;
    ListsLintOptions lint_;
    ListsSearchOptions search_;
    LabelsImportOptions labels_import_;
    LabelsLsOptions labels_ls_;
    LabelsAddOptions labels_add_;
    LabelsRemoveOptions labels_remove_;
    LabelsExportOptions labels_export_;
    PricesImportOptions prices_import_;
    PricesLsOptions prices_ls_;
};

}  // namespace wagetrail::cli
