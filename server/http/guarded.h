// A library's exception is a fault of ours, not the end of the server.
#pragma once

#include "server/http/problem.h"

#include <exception>
#include <string>

namespace wagetrail::server {

/// What make gives, some Result or one inside an optional; internal when it throws.
template <class Make>
auto guarded(const Make& make) -> decltype(make()) {
    try {
        return make();
    } catch (const std::exception& error) {
        return refuse(ProblemCode::internal, std::string("the answer failed: ") + error.what());
    }
}

}  // namespace wagetrail::server
