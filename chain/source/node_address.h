// Where a node answers: the part of a source's specification behind "rpc:".
#pragma once

#include "chain/base/expected.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace wagetrail {

struct NodeAddress {
    std::string host;  // a name or a number; IPv6 without its brackets
    std::uint16_t port = 0;
    std::string path = "/";
    std::string user;  // of the URL, percent-decoded; empty when there is none
    std::string password;
};

/// "http://[user[:password]@]host:port[/path]". The message of a failure holds nothing of the text,
/// as any part of a mistyped URL may be the password.
[[nodiscard]] Expected<NodeAddress> parse_node_address(std::string_view url);

/// "127.0.0.1:8332", "[::1]:8332".
[[nodiscard]] std::string host_and_port(const NodeAddress& address);
/// "http://127.0.0.1:8332", never with the user or password.
[[nodiscard]] std::string text(const NodeAddress& address);

}  // namespace wagetrail
