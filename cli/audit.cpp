#include "chain/base/number.h"

#include "cli/commands.h"
#include "cli/print.h"
#include "server/state/state_answers.h"
#include "server/state/state_file.h"

#include <algorithm>

namespace wagetrail::cli {
namespace {

Expected<std::optional<server::NotedBatch>> parse_noted(const std::string& text) {
    if (text.empty()) return std::optional<server::NotedBatch>();
    const std::size_t colon = std::min(text.find(':'), text.size());
    const auto number = parse_number(text.substr(0, colon));
    const auto bytes = from_hex(text.substr(std::min(colon + 1, text.size())));
    const auto hash = hash_of_bytes<Sha256Hash>(bytes.value_or(Bytes()));
    if (!number || *number == 0 || !hash)
        return fail(ErrorCode::invalid,
                    "--noted \"" + text + "\" is no BATCH:SHA256 as audit verify prints it");
    return std::optional(server::NotedBatch{.number = *number, .sha256 = *hash});
}

Expected<lists::Sqlite> existing_state(const CommonOptions& common) {
    if (auto state = TRY(server::state_at_hand(common.home))) return *std::move(state);
    return fail(ErrorCode::not_found, "no server ran on " + common.home +
                                          "; wagetrail serve keeps the audit log of what it is "
                                          "asked");
}

}  // namespace

Outcome run(const CommonOptions& common, const AuditVerifyOptions& options, std::stop_token stop) {
    (void)stop;
    const auto noted = TRY(parse_noted(options.noted));
    auto state = TRY(existing_state(common));
    TRY(print(common, server::audit_answer(TRY(server::verify_audit(state, noted)))));
    return ExitCode::done;
}

Outcome run(const CommonOptions& common, const AuditLsOptions& options, std::stop_token stop) {
    (void)stop;
    auto state = TRY(existing_state(common));
    TRY(print(common, server::lines_answer(TRY(server::last_lines(state, options.limit)))));
    return ExitCode::done;
}

}  // namespace wagetrail::cli
