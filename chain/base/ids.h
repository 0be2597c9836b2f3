// Names of things on a chain. TxId, InId, OutId and AddrId are dense, chronological and private to
// one database: nothing outside it may store them. Hashes and heights are the chain's own.
#pragma once

#include "chain/base/expected.h"
#include "chain/base/id.h"

#include <optional>
#include <string>
#include <string_view>

namespace wagetrail {

using Height = Id<struct HeightTag, std::uint32_t>;
using TxId = Id<struct TxIdTag, std::uint64_t>;      // 40 bits at rest
using InId = Id<struct InIdTag, std::uint64_t>;      // 40 bits at rest; coinbase inputs have none
using OutId = Id<struct OutIdTag, std::uint64_t>;    // 40 bits at rest
using AddrId = Id<struct AddrIdTag, std::uint64_t>;  // 40 bits at rest; one per distinct script
using OutIndex = Id<struct OutIndexTag, std::uint32_t>;  // "vout": position of an output in its tx
using InIndex = Id<struct InIndexTag, std::uint32_t>;    // "vin": position of an input in its tx

using Txid = Hash<struct TxidTag>;    // SHA256d of the transaction without witness
using Wtxid = Hash<struct WtxidTag>;  // SHA256d of the transaction with witness (BIP141)
using BlockHash = Hash<struct BlockHashTag>;
using MerkleRoot = Hash<struct MerkleRootTag>;
using Sha256Hash = Hash<struct Sha256Tag>;

/// Decimal digits, for messages and tables.
template <class Tag, class Rep>
[[nodiscard]] std::string text(const Id<Tag, Rep>& id) {
    return std::to_string(id.value);
}

/// The reversed hexadecimal that explorers and nodes print.
template <class Tag>
[[nodiscard]] std::string text(const Hash<Tag>& hash) {
    Bytes reversed(hash.value.rbegin(), hash.value.rend());
    return to_hex(reversed);
}

/// 64 hexadecimal digits as explorers print them; nullopt for anything else.
template <class H>
[[nodiscard]] std::optional<H> parse_hash(std::string_view hex) {
    const auto bytes = from_hex(hex);
    if (!bytes || bytes->size() != H::kSize) return std::nullopt;
    H hash;
    std::copy(bytes->rbegin(), bytes->rend(), hash.value.begin());
    return hash;
}

/// As they are stored, in wire order; nullopt when they are not 32.
template <class H>
[[nodiscard]] std::optional<H> hash_of_bytes(ByteView bytes) {
    if (bytes.size() != H::kSize) return std::nullopt;
    H hash;
    std::copy(bytes.begin(), bytes.end(), hash.value.begin());
    return hash;
}

struct OutPoint {
    Txid txid;
    OutIndex vout;

    friend constexpr auto operator<=>(const OutPoint&, const OutPoint&) = default;
};

}  // namespace wagetrail

template <>
struct std::hash<wagetrail::OutPoint> {
    std::size_t operator()(const wagetrail::OutPoint& out) const noexcept {
        return std::hash<wagetrail::Txid>{}(out.txid) ^ (out.vout.value * 0x9E3779B97F4A7C15ULL);
    }
};
