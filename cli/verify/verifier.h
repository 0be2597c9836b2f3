// All checks of one bundle, in the order in which they build on each other.
#pragma once

#include "chain/signature.h"

#include "cli/verify/pages.h"
#include "cli/verify/verdict.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail::verifier {

struct Request {
    std::string_view bundle;                  // one line of JSON
    std::optional<SignerKey> key;             // who must have signed
    std::optional<std::string_view> headers;  // see known_headers.h
    std::vector<Page> pages;                  // those found beside it, see pages.h
};

struct Verdict {
    std::vector<Check> checks;
    std::vector<std::string> remains;         // what nobody can check from the bundle
    std::vector<std::string> signature_only;  // what of it can be changed unless a key is pinned
    std::string finding;                      // what the bundle says, in a line

    [[nodiscard]] bool holds() const;
};

/// invalid: it is no bundle, so there is nothing to check.
[[nodiscard]] Expected<Verdict> verify_bundle(const Request& request);

}  // namespace wagetrail::verifier
