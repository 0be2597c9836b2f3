#include "heuristics/report/signed_report.h"

#include "chain/base/sha256.h"

#include "heuristics/report/json.h"

#include <array>

namespace wagetrail::report {
namespace {

constexpr std::string_view kScheme = "BIP340";
constexpr int kDepthMax = 64;
// Beside the result_id: what differs between two runs of one question.
constexpr std::array kOutside = {"result_id", "engine",     "signature", "behind",
                                 "elapsed",   "request_id", "progress"};

std::unexpected<Error> refused(std::string what) {
    return fail(ErrorCode::invalid, std::move(what));
}

/// Reading and printing JSON recurse; a report nests a handful of levels.
bool too_deep(std::string_view json) {
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        if (quoted && json[i] == '\\')
            ++i;
        else if (json[i] == '"')
            quoted = !quoted;
        else if (!quoted && (json[i] == '{' || json[i] == '['))
            ++depth;
        else if (!quoted && (json[i] == '}' || json[i] == ']'))
            --depth;
        if (depth > kDepthMax) return true;
    }
    return false;
}

Expected<Json> parse(std::string_view text) {
    if (text.ends_with('\n')) text.remove_suffix(1);
    if (text.size() > kSignedReportBytesMax) return refused("the report is larger than 64 MiB");
    if (too_deep(text)) return refused("the report nests deeper than any of ours");
    Json envelope = Json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (envelope.is_discarded() || !envelope.is_object())
        return refused("this is no JSON object: give the line that --json printed");
    if (canonical(envelope) != text)
        return refused(
            "the bytes are not those that were printed: something was changed, or a "
            "program has formatted them anew");
    return envelope;
}

std::string text_of(const Json& object, const char* key) {
    const auto at = object.find(key);
    return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

Sha256Hash hash_of(Json envelope) {
    for (const char* key : kOutside) envelope.erase(key);
    return sha256(as_bytes(canonical(envelope)));
}

}  // namespace

std::string signed_envelope(const std::string& envelope, const SigningKey& key) {
    Json out = Json::parse(envelope, nullptr, /*allow_exceptions=*/false);
    CHECK(out.is_object());  // sealed() made it
    out["signature"] = {
        {"scheme", kScheme}, {"key", text(key.signer())}, {"value", text(key.sign(hash_of(out)))}};
    return canonical(out);
}

Expected<Verified> verify_envelope(std::string_view envelope, const SignerKey& signer) {
    const Json report = TRY(parse(envelope));
    const Sha256Hash hash = hash_of(report);
    Verified out{.result_id = to_hex(hash.view()), .signer = signer};
    if (text_of(report, "result_id") != out.result_id)
        return refused("the result_id is not the hash of the report: it was changed");
    const auto signature = report.find("signature");
    if (signature == report.end() || !signature->is_object())
        return refused("the report is not signed; sign one with --sign KEYFILE");
    if (text_of(*signature, "scheme") != kScheme)
        return refused("the signature is of another scheme than BIP340");
    if (text_of(*signature, "key") != text(signer))
        return refused("the report is signed by " + text_of(*signature, "key").substr(0, 64) +
                       ", not by the key given");
    const Signature value = TRY(parse_signature(text_of(*signature, "value")));
    if (!verify(signer, hash, value))
        return refused("the signature does not hold: the report or the signature was changed");
    return out;
}

}  // namespace wagetrail::report
