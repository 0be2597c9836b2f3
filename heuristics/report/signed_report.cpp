#include "heuristics/report/signed_report.h"

#include "chain/base/sha256.h"

#include "heuristics/report/json.h"

namespace wagetrail::report {
namespace {

constexpr std::string_view kScheme = "BIP340";
std::unexpected<Error> refused(std::string what) {
    return fail(ErrorCode::invalid, std::move(what));
}

std::string text_of(const Json& object, const char* key) {
    const auto at = object.find(key);
    return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

Sha256Hash hash_of(Json envelope) {
    return sha256(as_bytes(canonical(sealed_part(std::move(envelope)))));
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
    const Json report = TRY(parse_envelope(envelope));
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
