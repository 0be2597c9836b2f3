#include "chain/source/files_source.h"
#include "chain/source/rpc_source.h"

namespace wagetrail {
namespace {

constexpr std::string_view kAccepted =
    "\"files:<folder of blk*.dat>\" or \"rpc:http://[user[:password]@]host:port\"";

/// Never repeats more of a specification than its scheme: the rest may hold a password.
std::unexpected<Error> unknown_source(std::string_view scheme) {
    const bool plain = !scheme.empty() && scheme.size() <= 16 &&
                       scheme.find_first_of("@/ ") == std::string_view::npos;
    return fail(ErrorCode::invalid,
                (plain ? "unknown source \"" + std::string(scheme) + ":\"" : "unknown source") +
                    "; give " + std::string(kAccepted));
}

}  // namespace

Expected<void> check_source(const std::string& specification) {
    const std::size_t colon = specification.find(':');
    if (colon == std::string::npos) return unknown_source("");
    const std::string scheme = specification.substr(0, colon);
    if (scheme == "files" && colon + 1 == specification.size())
        return fail(ErrorCode::invalid, "files: needs a folder: files:<folder of blk*.dat>");
    if (scheme == "files" || scheme == "rpc") return {};
    if (scheme == "rest" || scheme == "p2p" || scheme == "evm")
        return fail(ErrorCode::invalid,
                    scheme + ": is not available yet; give " + std::string(kAccepted));
    return unknown_source(scheme);
}

Expected<std::unique_ptr<BlockSource>> open_source(const LedgerParams& ledger,
                                                   const std::string& specification,
                                                   const SourceSecrets& secrets,
                                                   const SourceHooks& hooks) {
    TRY(check_source(specification));
    const std::size_t colon = specification.find(':');
    const std::string rest = specification.substr(colon + 1);
    if (specification.starts_with("files:")) return TRY(FilesSource::open(ledger, rest));
    return TRY(RpcSource::open(ledger, rest, secrets, hooks));
}

}  // namespace wagetrail
