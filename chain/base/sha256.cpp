#include "chain/base/sha256.h"

#include <openssl/ripemd.h>
#include <openssl/sha.h>

#include <new>

// The low-level calls: deprecated since OpenSSL 3, and three times as fast on short messages as the
// generic ones, which look the algorithm up each time.
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

namespace wagetrail {
namespace {

static_assert(sizeof(SHA256_CTX) <= 112 && alignof(SHA256_CTX) <= 8);

SHA256_CTX* context(std::array<std::byte, 112>& state) {
    return std::launder(reinterpret_cast<SHA256_CTX*>(state.data()));
}

}  // namespace

Sha256::Sha256() {
    ::new (state_.data()) SHA256_CTX;
    SHA256_Init(context(state_));
}

Sha256& Sha256::update(ByteView bytes) {
    SHA256_Update(context(state_), bytes.data(), bytes.size());
    return *this;
}

std::array<std::uint8_t, 32> Sha256::finish() {
    std::array<std::uint8_t, 32> out;
    SHA256_Final(out.data(), context(state_));
    SHA256_Init(context(state_));
    return out;
}

std::array<std::uint8_t, 32> Sha256::finish_double() {
    const auto once = finish();
    return update(once).finish();
}

Sha256Hash sha256(ByteView bytes) {
    return Sha256Hash{Sha256().update(bytes).finish()};
}

std::string sha256_hex(std::string_view text) {
    return to_hex(sha256(as_bytes(text)).view());
}

std::array<std::uint8_t, 32> sha256d(ByteView bytes) {
    return Sha256().update(bytes).finish_double();
}

std::array<std::uint8_t, 20> hash160(ByteView bytes) {
    const auto once = Sha256().update(bytes).finish();
    std::array<std::uint8_t, 20> out;
    RIPEMD160(once.data(), once.size(), out.data());
    return out;
}

Sha256Hash tagged_hash(std::string_view tag, ByteView bytes) {
    const auto prefix = Sha256().update(as_bytes(tag)).finish();
    return Sha256Hash{Sha256().update(prefix).update(prefix).update(bytes).finish()};
}

}  // namespace wagetrail
