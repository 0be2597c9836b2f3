// Finds the route of a request and checks what it says against the table.
#pragma once

#include "server/http/header_fields.h"
#include "server/http/route.h"
#include "server/http/target.h"

#include <span>

namespace wagetrail::server {

class Router {
  public:
    explicit Router(std::vector<Route> routes);

    [[nodiscard]] std::span<const Route> routes() const { return routes_; }

    struct Match {
        std::size_t route = 0;  // into routes()
        Call call;              // its parameters and what it accepts
    };
    /// method: as sent; HEAD is GET. no_such_route, method_not_allowed, bad_parameter,
    /// not_acceptable. The headers are looked at, not kept.
    [[nodiscard]] Result<Match> match(std::string_view method,
                                      const Target& target,
                                      const HeaderFields& headers) const;
    /// "GET, HEAD, OPTIONS" of a path; empty when no route has it.
    [[nodiscard]] std::string allowed(const Target& target) const;

  private:
    [[nodiscard]] std::vector<std::size_t> routes_of(const Target& target) const;

    std::vector<Route> routes_;
    /// Segments, beside routes_; "{name}" stands for one of any text.
    std::vector<std::vector<std::string>> patterns_;
};

}  // namespace wagetrail::server
