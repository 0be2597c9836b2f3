#include "server/state/keeping.h"

namespace wagetrail::server {

Keeping::Keeping(Files files, KeepingRequest request)
    : lock(std::move(files.lock)),
      jobs(std::move(files.jobs)),
      replies(std::move(files.replies)),
      cases(std::move(files.cases)),
      journal(std::move(files.audit), request.now, std::move(request.notice)),
      runner(jobs, std::move(request.jobs), request.now),
      book{.store = jobs, .runner = runner, .now = std::move(request.now)} {}

Expected<std::unique_ptr<Keeping>> Keeping::open(const std::string& home, KeepingRequest request) {
    auto lock = TRY(StateLock::take(home));
    auto jobs = TRY(open_state(home));
    auto replies = TRY(open_state(home));
    auto cases = TRY(open_state(home));
    auto audit = TRY(open_state(home));
    auto keeping = std::make_unique<Keeping>(Files{.lock = std::move(lock),
                                                   .jobs = std::move(jobs),
                                                   .replies = std::move(replies),
                                                   .cases = std::move(cases),
                                                   .audit = std::move(audit)},
                                             std::move(request));
    TRY(keeping->replies.restart());
    return keeping;
}

}  // namespace wagetrail::server
