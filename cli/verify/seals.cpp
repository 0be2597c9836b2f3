#include "cli/verify/seals.h"

#include "chain/base/sha256.h"

#include "cli/verify/verdict.h"

#include <array>

namespace wagetrail::verifier {
namespace {

// What stands in an envelope beside what its result_id covers.
constexpr std::array kOutside = {"result_id", "engine",     "signature", "behind",
                                 "elapsed",   "request_id", "progress"};

Sha256Hash covered_hash(Json envelope) {
    for (const char* const key : kOutside) envelope.erase(key);
    return sha256(as_bytes(envelope.dump(-1, ' ', false, Json::error_handler_t::replace)));
}

Expected<void> check_id(const Json& envelope, const std::string& what) {
    const std::string stated = TRY(Field(envelope, what)["result_id"].text());
    if (stated != to_hex(covered_hash(envelope).view()))
        return broken("the result_id of the " + what + " is not the hash of it: it was changed");
    return {};
}

}  // namespace

Expected<std::string> check_hashes(const Json& document, const Bundle& bundle) {
    TRY(check_id(document, "bundle"));
    TRY(check_id(Field(document, "")["result"]["answer"].json(), "answer"));
    for (const EnclosedFile& file : bundle.files)
        if (sha256_hex(file.text) != file.sha256)
            return broken("the enclosed file " + file.name + " is not what its SHA-256 says");
    return "the bundle, the answer in it and " + std::to_string(bundle.files.size()) +
           " enclosed files";
}

bool is_signed(const Json& document) {
    return !Field(document, "")["signature"].is_null();
}

Expected<std::string> check_signature(const Json& document, const std::optional<SignerKey>& key) {
    const Field signature = Field(document, "")["signature"];
    if (signature.is_null()) return broken("the bundle is not signed");
    if (TRY(signature["scheme"].text()) != "BIP340")
        return broken("the signature is of another scheme than BIP340");
    const SignerKey signer = TRY(parse_signer_key(TRY(signature["key"].text())));
    if (key && signer != *key)
        return broken("the bundle is signed by " + text(signer) + ", not by the key given");
    const Signature value = TRY(parse_signature(TRY(signature["value"].text())));
    if (!verify(signer, covered_hash(document), value))
        return broken("the signature does not hold: the bundle or the signature was changed");
    return "by " + text(signer) + (key ? "" : ", which nobody vouches for: give --key");
}

}  // namespace wagetrail::verifier
