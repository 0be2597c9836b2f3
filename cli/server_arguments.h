// The words of `serve`, `keys` and `audit` on the command line. Used by cli/arguments.cpp.
#pragma once

#include "cli/options.h"

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace wagetrail::cli {

class ServerArguments {
  public:
    /// Binds the subcommands to this object and to common: both must outlive the parse.
    void add(CLI::App& app, CommonOptions& common, const Surroundings& around);
    /// path: "keys add"; nullopt when it is no command of this file.
    [[nodiscard]] std::optional<Command> command(const std::string& path) const;

  private:
    void add_reach(CLI::App& serve);
    void add_bounds(CLI::App& serve);
    void add_following(CLI::App& serve);
    void add_keys(CLI::App& app, CommonOptions& common);
    void add_audit(CLI::App& app, CommonOptions& common);

    ServeOptions serve_;
    KeysAddOptions keys_add_;
    KeysRevokeOptions keys_revoke_;
    AuditVerifyOptions audit_verify_;
    AuditLsOptions audit_ls_;
};

}  // namespace wagetrail::cli
