#include "tests/unit/chain/test_blocks.h"

#include "chain/base/codec.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>

namespace wagetrail {

const LedgerParams& regtest() {
    return params(LedgerId::btc_regtest);
}

Bytes regtest_genesis() {
    const auto raw = from_hex(
        "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27a"
        "c72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4adae5494dffff7f200200000001010000000100000000"
        "00000000000000000000000000000000000000000000000000000000ffffffff4d04ffff001d01044554686520"
        "54696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f"
        "6e64206261696c6f757420666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe55482719"
        "67f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b"
        "8d578a4c702b6bf11d5fac00000000");
    REQUIRE(raw.has_value());
    return *raw;
}

Bytes child_of(ByteView parent, const BlockWish& wish) {
    const BlockHash previous = hash_of_raw(parent);
    Writer coinbase;
    coinbase.little<4>(1U);
    coinbase.compact_size(1);
    coinbase.hash(Txid{});
    coinbase.little<4>(0xFFFFFFFFU);
    coinbase.compact_size(12);
    coinbase.little<4>(wish.salt);
    coinbase.raw(previous.view().first(8));
    coinbase.little<4>(0xFFFFFFFFU);
    coinbase.compact_size(1);
    coinbase.little<8>(std::uint64_t{5'000'000'000});
    coinbase.compact_size(wish.script_bytes);
    coinbase.raw(Bytes(wish.script_bytes, 0x51));
    coinbase.little<4>(0U);

    const auto tx = decode_transaction(coinbase.bytes(), false);
    REQUIRE(tx.has_value());
    const BlockHeader header{.version = 4,
                             .previous = previous,
                             .merkle_root = merkle_root({tx->txid}).root,
                             .time = 1'700'000'000 + wish.salt,
                             .bits = wish.bits,
                             .nonce = 1};
    Writer block;
    block.raw(encode(header));
    block.compact_size(1);
    block.raw(coinbase.bytes());
    return std::move(block).bytes();
}

std::vector<Bytes> chain_on(ByteView parent, std::size_t count, std::uint32_t salt) {
    std::vector<Bytes> blocks;
    for (std::size_t i = 0; i < count; ++i)
        blocks.push_back(child_of(i == 0 ? parent : ByteView(blocks.back()), {.salt = salt}));
    return blocks;
}

BlockHash hash_of_raw(ByteView raw) {
    const auto header = decode_header(raw.first(BlockHeader::kSize));
    REQUIRE(header.has_value());
    return hash_of(*header);
}

Bytes record_of(ByteView raw, const LedgerParams& ledger) {
    Writer record;
    record.raw(ledger.magic);
    record.little<4>(raw.size());
    record.raw(raw);
    return std::move(record).bytes();
}

Bytes records_of(const std::vector<Bytes>& blocks) {
    Bytes file;
    for (const Bytes& raw : blocks) append(file, record_of(raw));
    return file;
}

TempFolder::TempFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "wagetrail-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
}

TempFolder::~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

void TempFolder::write(const std::string& name, ByteView content) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream file(path_ / name, std::ios::binary | std::ios::trunc);
    const std::string text(content.begin(), content.end());
    file.write(text.data(), static_cast<std::streamsize>(text.size()));
    file.close();
    REQUIRE(file.good());
}

void TempFolder::write_masked(const std::string& name, Bytes content, const BlkKey& key) const {
    key.apply(content, 0);
    write(name, content);
}

void TempFolder::remove(const std::string& name) const {
    REQUIRE(std::filesystem::remove(path_ / name));
}

}  // namespace wagetrail
