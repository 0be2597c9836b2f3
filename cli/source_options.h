// Where blocks come from, as the command line says it.
#pragma once

#include <string>

namespace wagetrail::cli {

/// Where blocks come from.
struct SourceOptions {
    std::string source;  // as open_source takes it; empty: the one remembered
    std::string rpc_cookie;
    std::string rpc_user;
    std::string rpc_password;
};

}  // namespace wagetrail::cli
