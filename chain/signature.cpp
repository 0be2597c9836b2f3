#include "chain/signature.h"

#include "chain/base/bytes.h"

#include <secp256k1.h>
#include <secp256k1_extrakeys.h>
#include <secp256k1_schnorrsig.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <memory>

namespace wagetrail {
namespace {

constexpr std::size_t kKeyFileBytesMax = 1024;

struct DestroyContext {
    void operator()(secp256k1_context* context) const { secp256k1_context_destroy(context); }
};

/// Signing needs tables that the static context lacks.
const secp256k1_context* signing_context() {
    static const std::unique_ptr<secp256k1_context, DestroyContext> context(
        secp256k1_context_create(SECP256K1_CONTEXT_NONE));
    return context.get();
}

/// Not optimised away, unlike a plain fill of memory that nobody reads again.
template <class Buffer>
void wipe(Buffer& secret) {
    explicit_bzero(&secret, sizeof secret);
}

struct Pair {
    secp256k1_keypair curve;

    Pair() = default;
    Pair(const Pair&) = delete;
    Pair& operator=(const Pair&) = delete;
    Pair(Pair&&) = delete;
    Pair& operator=(Pair&&) = delete;
    ~Pair() { wipe(curve); }
};

template <std::size_t kSize>
std::optional<std::array<std::uint8_t, kSize>> fixed_hex(std::string_view hex) {
    std::array<std::uint8_t, kSize> out{};
    if (hex.size() != 2 * kSize) return std::nullopt;
    auto bytes = from_hex(hex);
    if (!bytes) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), out.begin());
    explicit_bzero(bytes->data(), bytes->size());
    return out;
}

std::string_view without_end(std::string_view text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
    return text;
}

}  // namespace

std::string text(const SignerKey& key) {
    return to_hex(key.x);
}

std::string text(const Signature& signature) {
    return to_hex(signature.bytes);
}

Expected<SignerKey> parse_signer_key(std::string_view hex) {
    const auto x = fixed_hex<32>(hex);
    if (!x) return fail(ErrorCode::invalid, "a public key is 64 hexadecimal digits (BIP340)");
    return SignerKey{*x};
}

Expected<Signature> parse_signature(std::string_view hex) {
    const auto bytes = fixed_hex<64>(hex);
    if (!bytes) return fail(ErrorCode::invalid, "a signature is 128 hexadecimal digits (BIP340)");
    return Signature{*bytes};
}

Expected<SigningKey> SigningKey::parse(std::string_view hex) {
    SigningKey key;
    auto secret = fixed_hex<32>(hex);
    if (!secret) return fail(ErrorCode::invalid, "a signing key is 64 hexadecimal digits");
    key.secret_ = *secret;
    wipe(*secret);
    Pair key_pair;
    secp256k1_xonly_pubkey point;
    if (secp256k1_keypair_create(signing_context(), &key_pair.curve, key.secret_.data()) != 1)
        return fail(ErrorCode::invalid, "these digits are no key of secp256k1");
    CHECK(secp256k1_keypair_xonly_pub(signing_context(), &point, nullptr, &key_pair.curve) == 1);
    secp256k1_xonly_pubkey_serialize(signing_context(), key.signer_.x.data(), &point);
    return key;
}

Expected<SigningKey> SigningKey::read(const std::filesystem::path& file) {
    struct stat status{};
    if (::stat(file.c_str(), &status) != 0)
        return fail(errno == ENOENT ? ErrorCode::not_found : ErrorCode::io,
                    file.string() + ": " + std::strerror(errno));
    if (!S_ISREG(status.st_mode))
        return fail(ErrorCode::invalid, file.string() + " is not a file with a key");
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return fail(ErrorCode::invalid, file.string() +
                                            ": others may read this key; run chmod 600 " +
                                            file.string() + " first");
    std::array<char, kKeyFileBytesMax> content{};
    std::ifstream in(file, std::ios::binary);
    in.read(content.data(), content.size());
    const auto size = static_cast<std::size_t>(in.gcount());
    const bool unreadable = in.bad() || size == 0;
    auto key = parse(without_end({content.data(), size}));
    wipe(content);
    if (unreadable) return fail(ErrorCode::io, file.string() + " cannot be read or is empty");
    if (!key) return with_context(key.error(), file.string());
    return key;
}

SigningKey::SigningKey(SigningKey&& other) noexcept
    : secret_(other.secret_), signer_(other.signer_) {
    wipe(other.secret_);
}

SigningKey::~SigningKey() {
    wipe(secret_);
}

Signature SigningKey::sign(const Sha256Hash& message) const {
    Pair key_pair;
    CHECK(secp256k1_keypair_create(signing_context(), &key_pair.curve, secret_.data()) == 1);
    Signature out;
    CHECK(secp256k1_schnorrsig_sign32(signing_context(), out.bytes.data(), message.view().data(),
                                      &key_pair.curve, nullptr) == 1);
    return out;
}

bool verify(const SignerKey& signer, const Sha256Hash& message, const Signature& signature) {
    secp256k1_xonly_pubkey point;
    if (secp256k1_xonly_pubkey_parse(secp256k1_context_static, &point, signer.x.data()) != 1)
        return false;
    return secp256k1_schnorrsig_verify(secp256k1_context_static, signature.bytes.data(),
                                       message.view().data(), message.view().size(), &point) == 1;
}

}  // namespace wagetrail
