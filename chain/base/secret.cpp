#include "chain/base/secret.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

namespace wagetrail {

Expected<std::string> random_text(std::size_t bytes) {
    Bytes random(bytes);
    if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1)
        return fail(ErrorCode::io, "the system gives no random bytes");
    return to_hex(random);
}

bool equal_in_constant_time(const Sha256Hash& a, const Sha256Hash& b) {
    return CRYPTO_memcmp(a.view().data(), b.view().data(), a.view().size()) == 0;
}

}  // namespace wagetrail
