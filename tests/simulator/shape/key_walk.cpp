#include "tests/simulator/shape/key_walk.h"

#include "chain/base/codec.h"
#include "chain/base/sha256.h"

#include <secp256k1.h>

namespace wagetrail::simulator {

struct KeyWalk::Points {
    struct Destroy {
        void operator()(secp256k1_context* made) const { secp256k1_context_destroy(made); }
    };
    std::unique_ptr<secp256k1_context, Destroy> context{
        secp256k1_context_create(SECP256K1_CONTEXT_NONE)};
    secp256k1_pubkey at{};
    secp256k1_pubkey step{};
};

KeyWalk::KeyWalk(std::uint64_t seed) : points_(std::make_unique<Points>()) {
    Writer text;
    text.raw(as_bytes("key walk "));
    text.little<8>(seed);
    const Sha256Hash start = sha256(text.bytes());
    std::array<std::uint8_t, 32> one{};
    one.back() = 1;
    const secp256k1_context* context = points_->context.get();
    CHECK(secp256k1_ec_pubkey_create(context, &points_->at, start.value.data()) == 1);
    CHECK(secp256k1_ec_pubkey_create(context, &points_->step, one.data()) == 1);
}

KeyWalk::~KeyWalk() = default;

std::array<std::uint8_t, 33> KeyWalk::next() {
    const secp256k1_context* context = points_->context.get();
    std::array<std::uint8_t, 33> key{};
    std::size_t size = key.size();
    CHECK(secp256k1_ec_pubkey_serialize(context, key.data(), &size, &points_->at,
                                        SECP256K1_EC_COMPRESSED) == 1);
    const std::array<const secp256k1_pubkey*, 2> terms = {&points_->at, &points_->step};
    secp256k1_pubkey sum;
    CHECK(secp256k1_ec_pubkey_combine(context, &sum, terms.data(), terms.size()) == 1);
    points_->at = sum;
    return key;
}

}  // namespace wagetrail::simulator
