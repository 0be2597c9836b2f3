#include "server/http/hub.h"

#include "server/http/header_fields.h"

#include <algorithm>

namespace wagetrail::server {
namespace {

/// "localhost" of "localhost:8650", "[::1]" of "[::1]:8650".
std::string_view without_port(std::string_view host) {
    const std::size_t colon = host.rfind(':');
    if (colon == std::string_view::npos || host.ends_with(']')) return host;
    return host.substr(0, colon);
}

bool is_loopback(std::string_view address) {
    return address == "127.0.0.1" || address == "::1";
}

}  // namespace

/// A page of another site can make a browser ask a server on this machine under the site's own
/// name; it cannot make it say ours.
bool Hub::knows_host(std::string_view host) const {
    const std::string_view name = without_port(host);
    const auto says = [&](std::string_view ours) { return equal_without_case(name, ours); };
    if (std::ranges::any_of(settings.hosts, says)) return true;
    if (!settings.hosts.empty()) return false;
    if (!is_loopback(settings.address)) return true;
    return says("localhost") || says("127.0.0.1") || says("[::1]");
}

std::string Hub::fresh_id() {
    return id_prefix + std::to_string(++ids);
}

}  // namespace wagetrail::server
