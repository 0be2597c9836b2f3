// Any bytes as a public key and as the spend of an output that pays the hash of one. The first two
// bytes choose the kind of output and where the rest is cut into scriptSig and witness.
#include "chain/base/sha256.h"
#include "chain/keys.h"

#include <algorithm>

namespace wagetrail {
namespace {

void check_key(ByteView encoded) {
    const auto key = parse_public_key(encoded);
    if (!key) return;
    CHECK(parse_public_key(key->compressed) == key);
    CHECK(parse_public_key(uncompressed(*key)) == key);
    const auto addresses = addresses_of(*key, LedgerId::btc);
    CHECK(addresses.size() == 7);
    CHECK(addresses[6].payload == to_bytes(taproot_output_key(*key)));
}

/// As many items as are whole: decoding a transaction lets no others through.
Witness witness_of(ByteView bytes) {
    Witness witness;
    Reader reader(bytes);
    for (std::size_t whole = 0; witness.count < 4; ++witness.count) {
        (void)reader.take(reader.compact_size());
        if (!reader.ok()) break;
        whole = bytes.size() - reader.left();
        witness.raw = bytes.first(whole);
    }
    return witness;
}

void check(ByteView input) {
    if (input.size() < 2) return;
    const ByteView body = input.subspan(2);
    const std::size_t cut = std::min<std::size_t>(input[1], body.size());
    check_key(body);
    TxIn in;
    in.script_sig = body.first(cut);
    in.witness = witness_of(body.subspan(cut));
    Address spent;
    spent.kind = static_cast<AddressKind>(input[0] % 10);
    for (std::size_t size : {std::size_t{33}, std::size_t{65}}) {
        // The hash of the last bytes: what a well-formed spend would end with.
        if (body.size() < size) continue;
        const auto hash = hash160(body.last(size));
        spent.payload = to_bytes(hash);
        if (spent.kind == AddressKind::p2sh && cut > 0)
            spent.payload = to_bytes(hash160(in.script_sig.subspan(1)));
        if (const auto items = in.witness.items();
            spent.kind == AddressKind::p2wsh && !items.empty()) {
            const Sha256Hash script_hash = sha256(items.back());
            spent.payload = to_bytes(script_hash.view());
        }
        if (spent.kind == AddressKind::p2pk) spent.payload = to_bytes(body.last(size));
        if (const auto key = revealed_key(in, spent)) check_key(key->compressed);
    }
}

}  // namespace
}  // namespace wagetrail

// The name is libFuzzer's. NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    wagetrail::check({data, size});
    return 0;
}
