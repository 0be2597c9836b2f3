// Any bytes as a bundle of evidence, checked by the verifier and read for a replay, and as a log of
// reports. Nothing but an answer comes of them.
#include "chain/base/bytes.h"
#include "chain/base/expected.h"

#include "heuristics/report/evidence/replay.h"
#include "heuristics/report/evidence/report_log.h"

#include "cli/verify/verifier.h"

#include <cstdint>
#include <string_view>

namespace wagetrail {
namespace {

void check(std::string_view text) {
    const auto verdict = verifier::verify_bundle({text, std::nullopt, text});
    if (verdict) CHECK(!verdict->checks.empty());
    if (const auto replay = report::parse_replay(text))
        CHECK(report::replay_answer(*replay, replay->answer).same);
    if (const auto log = report::read_log(text))
        for (const report::LoggedReport& one : *log)
            CHECK(one.number >= 1 && one.number <= log->size());
}

}  // namespace
}  // namespace wagetrail

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    wagetrail::check({reinterpret_cast<const char*>(data), size});
    return 0;
}
