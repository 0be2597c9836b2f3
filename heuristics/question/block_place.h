// Where the blocks of a ledger come from, as the asker says it.
#pragma once

#include <string>

namespace wagetrail::question {

struct BlockPlace {
    std::string source;  // as open_source takes it; empty: the one remembered
    std::string rpc_cookie;
    std::string rpc_user;
    std::string rpc_password;
};

}  // namespace wagetrail::question
