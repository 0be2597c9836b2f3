#include "chain/source/node_address.h"

#include "chain/base/bytes.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace wagetrail {
namespace {

std::unexpected<Error> malformed(std::string_view reason) {
    return fail(ErrorCode::invalid,
                "the address behind rpc: " + std::string(reason) +
                    "; write rpc:http://[user[:password]@]host:port, with / : @ and % in the user "
                    "or password as %2F %3A %40 and %25");
}

bool is_graphic(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; });
}

/// Any byte may come out of it except NUL; nullopt for a broken escape.
std::optional<std::string> percent_decode(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += text[i];
            continue;
        }
        const auto byte = from_hex(text.substr(i + 1, 2));
        if (!byte || byte->size() != 1 || byte->front() == 0) return std::nullopt;
        decoded += static_cast<char>(byte->front());
        i += 2;
    }
    return decoded;
}

/// "host", "host:port" or "[v6]:port" -> host and port text; nullopt when brackets do not match.
std::optional<std::pair<std::string_view, std::string_view>> split_port(std::string_view text) {
    std::size_t end = text.find(':');
    std::string_view host = text.substr(0, end);
    if (text.starts_with('[')) {
        const std::size_t close = text.find(']');
        if (close == std::string_view::npos) return std::nullopt;
        host = text.substr(1, close - 1);
        end = close + 1;
        if (end < text.size() && text[end] != ':') return std::nullopt;
    }
    if (end >= text.size()) return std::pair(host, std::string_view{});
    return std::pair(host, text.substr(end + 1));
}

bool is_host(std::string_view host) {
    constexpr std::string_view kMore = ".-_:%";
    return !host.empty() && std::all_of(host.begin(), host.end(), [&](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               kMore.find(c) != std::string_view::npos;
    });
}

}  // namespace

Expected<NodeAddress> parse_node_address(std::string_view url) {
    constexpr std::string_view kScheme = "http://";
    if (url.starts_with("https://"))
        return malformed(
            "begins with https://, which is not available: nodes speak plain HTTP, "
            "over a tunnel where they are not on this machine");
    if (!url.starts_with(kScheme)) return malformed("does not begin with http://");
    url.remove_prefix(kScheme.size());
    if (!is_graphic(url)) return malformed("holds a blank or another character no URL has");

    NodeAddress address;
    std::string_view authority = url.substr(0, url.find_first_of("/?#"));
    if (authority.size() < url.size()) {
        address.path = url.substr(authority.size());
        if (address.path.find_first_of("?#@") != std::string::npos)
            return malformed("has a ?, # or @ behind its host and port");
    }
    if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
        const std::string_view login = authority.substr(0, at);
        const std::size_t colon = login.find(':');
        const auto user = percent_decode(login.substr(0, colon));
        const auto password = percent_decode(
            colon == std::string_view::npos ? std::string_view{} : login.substr(colon + 1));
        if (!user || !password) return malformed("has a % without two hexadecimal digits");
        if (user->find(':') != std::string::npos) return malformed("has a : in its user");
        address.user = *user;
        address.password = *password;
        authority.remove_prefix(at + 1);
    }
    const auto parts = split_port(authority);
    if (!parts || !is_host(parts->first)) return malformed("has no host that could be one");
    address.host = parts->first;
    const std::string_view port = parts->second;
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
    if (error != std::errc{} || end != port.data() + port.size() || address.port == 0)
        return malformed("has no port between 1 and 65535");
    return address;
}

std::string host_and_port(const NodeAddress& address) {
    const bool bracketed = address.host.find(':') != std::string::npos;
    return (bracketed ? "[" + address.host + "]" : address.host) + ":" +
           std::to_string(address.port);
}

std::string text(const NodeAddress& address) {
    return "http://" + host_and_port(address) + (address.path == "/" ? "" : address.path);
}

}  // namespace wagetrail
