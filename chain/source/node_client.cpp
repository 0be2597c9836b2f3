#include "chain/source/node_client.h"

#include <algorithm>
#include <condition_variable>
#include <fstream>
#include <mutex>
#include <utility>

namespace wagetrail {
namespace {

constexpr std::size_t kCookieBytesMax = 4096;

void really_sleep(std::chrono::milliseconds time, const std::stop_token& stop) {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any never;
    never.wait_for(lock, stop, time, [] { return false; });
}

struct Login {
    std::optional<std::string> text;  // "user:password"
    std::string origin;               // for messages; without the password
    bool may_change = false;          // a cookie, which the node writes anew on each start
};

Expected<Login> read_cookie(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::string line(kCookieBytesMax, '\0');
    file.read(line.data(), static_cast<std::streamsize>(line.size()));
    line.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
    line.resize(std::min(line.size(), line.find_first_of("\r\n")));
    if (line.find(':') == std::string::npos)
        return fail(ErrorCode::io,
                    "there is no cookie of a node in " + path +
                        ": is the node running, and does it use its cookie (no rpcpassword)?");
    return Login{.text = std::move(line), .origin = "the cookie file " + path, .may_change = true};
}

/// What is given outside the URL goes first, and a password before a cookie.
Expected<Login> current_login(const NodeSettings& settings) {
    const SourceSecrets& secrets = settings.secrets;
    const std::string& user = secrets.rpc_user.empty() ? settings.address.user : secrets.rpc_user;
    const std::string& password =
        secrets.rpc_password.empty() ? settings.address.password : secrets.rpc_password;
    if (!user.empty())
        return Login{.text = user + ":" + password,
                     .origin = "user \"" + user + "\" with " +
                               (password.empty() ? "an empty password" : "the password given")};
    if (!secrets.cookie_file.empty()) return read_cookie(secrets.cookie_file);
    return Login{.text = std::nullopt, .origin = "no user"};
}

std::string decimal_seconds(std::chrono::milliseconds time) {
    const auto tenths = time.count() / 100;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
}

}  // namespace

NodeClient::NodeClient(const NodeSettings& settings)
    : settings_(settings), http_(settings.address, settings.limits) {}

Expected<std::vector<RpcAnswer>> NodeClient::call(const std::vector<RpcCall>& calls,
                                                  const std::stop_token& stop) {
    const NodePatience& patience = settings_.patience;
    const std::string batch = encode_batch(calls);
    unsigned failures = 0;
    unsigned warm_ups = 0;
    std::chrono::milliseconds pause = patience.first_wait;
    while (true) {
        Attempt result = attempt(batch, calls.size(), stop);
        if (result.answers) return std::move(result.answers);
        Error error = std::move(result.answers).error();
        if (result.next == Next::give_up) return std::unexpected(std::move(error));
        if (result.next == Next::wait_for_start) {
            if (++warm_ups > patience.warm_up_waits)
                return with_context(std::move(error), "the node does not come up");
            wait(patience.warm_up_wait, error.what, stop);
        } else {
            const unsigned tries = reached_ ? patience.tries : patience.tries_to_reach;
            if (++failures >= tries) {
                error.what += " (tried " + std::to_string(failures) + " times)";
                return std::unexpected(std::move(error));
            }
            wait(pause, error.what + "; trying again in " + decimal_seconds(pause), stop);
            pause = std::min(pause * 2, patience.wait_max);
        }
        if (stop.stop_requested()) return fail(ErrorCode::cancelled, "asking the node was stopped");
    }
}

NodeClient::Attempt NodeClient::attempt(const std::string& batch,
                                        std::size_t calls,
                                        const std::stop_token& stop) {
    const auto login = current_login(settings_);
    if (!login) return {std::unexpected(login.error()), Next::try_again};
    const auto answer = http_.post(batch, login->text, stop);
    if (!answer)
        return {std::unexpected(answer.error()),
                answer.error().code == ErrorCode::io ? Next::try_again : Next::give_up};
    if (answer->status == 401)
        return {fail(ErrorCode::invalid,
                     text(settings_.address) + " refuses " + login->origin +
                         " (HTTP 401): give the node's cookie file with --rpc-cookie (.cookie in "
                         "its data folder), or its rpcuser and rpcpassword in the variables "
                         "WAGETRAIL_RPC_USER and WAGETRAIL_RPC_PASSWORD"),
                login->may_change ? Next::try_again : Next::give_up};
    Attempt result = judge(*answer, calls);
    reached_ = reached_ || result.answers.has_value();
    return result;
}

NodeClient::Attempt NodeClient::judge(const HttpAnswer& answer, std::size_t calls) const {
    const std::string node = text(settings_.address);
    if (answer.status == 403)
        return {fail(ErrorCode::invalid,
                     node + " refuses this machine (HTTP 403): allow its address there by "
                            "rpcallowip, or by rpcwhitelist the calls getblockchaininfo, "
                            "getblockhash and getblock")};
    if (answer.status == 503)
        return {
            fail(ErrorCode::io, node + " has too much to do (HTTP 503): raise its rpcworkqueue"),
            Next::try_again};
    auto answers = parse_batch(answer.body, calls);
    if (!answers) {
        const std::string context = node + " (HTTP " + std::to_string(answer.status) + ")";
        return {with_context(std::move(answers).error(), context)};
    }
    for (const RpcAnswer& each : *answers)
        if (each.error && each.error->code == kRpcWarmUp)
            return {fail(ErrorCode::io, node + " is starting: " + each.error->message),
                    Next::wait_for_start};
    return {std::move(answers)};
}

void NodeClient::wait(std::chrono::milliseconds time,
                      const std::string& why,
                      const std::stop_token& stop) const {
    if (settings_.notice) settings_.notice(why);
    if (settings_.patience.sleep)
        settings_.patience.sleep(time, stop);
    else
        really_sleep(time, stop);
}

}  // namespace wagetrail
