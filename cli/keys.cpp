#include "cli/commands.h"
#include "cli/print.h"
#include "server/state/state_answers.h"
#include "server/state/state_file.h"

namespace wagetrail::cli {

Outcome run(const CommonOptions& common, const KeysAddOptions& options, std::stop_token stop) {
    (void)stop;
    server::NewKey key{
        .name = options.name, .scopes = server::Scopes::all(), .per_second = options.per_second};
    if (!options.scopes.empty()) key.scopes = TRY(server::Scopes::parse(options.scopes));
    TRY(server::check_home(common.home));
    auto state = TRY(server::open_state(common.home));
    const std::string text = TRY(server::add_key(state, key, common.now()));
    TRY(print(common, server::new_key_answer(key, text)));
    return ExitCode::done;
}

Outcome run(const CommonOptions& common, const KeysLsOptions& options, std::stop_token stop) {
    (void)options;
    (void)stop;
    auto state = TRY(server::state_at_hand(common.home));
    std::vector<server::Key> keys;
    if (state) keys = TRY(server::all_keys(*state));
    TRY(print(common, server::keys_answer(keys)));
    return ExitCode::done;
}

Outcome run(const CommonOptions& common, const KeysRevokeOptions& options, std::stop_token stop) {
    (void)stop;
    auto state = TRY(server::state_at_hand(common.home));
    if (!state) return server::no_such_key(options.name);
    TRY(server::revoke_key(*state, options.name, common.now()));
    TRY(print(common, server::revoked_answer(options.name)));
    return ExitCode::done;
}

}  // namespace wagetrail::cli
