// Names that stand for each kind of answer, so that a client can be tested against every branch it
// has to take without an address that happens to be listed today. Asked of a server that was
// started for it only (--test-subjects); their answers say TEST_SUBJECT in coverage. No real
// address can have such a name.
#pragma once

#include "heuristics/question/answered.h"

#include "server/http/problem.h"

#include <optional>
#include <string>
#include <string_view>

namespace wagetrail::server {

[[nodiscard]] bool is_test_subject(std::string_view name);

/// As POST /v1/exposure answers. invalid: the one that stands for a subject that is none.
[[nodiscard]] Result<question::Answered> test_exposure(const std::string& name);

/// Of wagetrail-test-listed, -delisted, -clean and -unknown: as a look-up in the lists would find
/// them. not_found for the other names.
struct TestListing {
    std::vector<lists::Listing> listings;
    lists::Verdict verdict;
};
[[nodiscard]] Result<TestListing> test_listing(const std::string& name, Time on, Time now);

/// For API.md: a row each.
[[nodiscard]] std::string test_subjects_page();

}  // namespace wagetrail::server
