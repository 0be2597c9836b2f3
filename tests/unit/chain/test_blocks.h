// Small regtest blocks and folders of blk files, made by the tests that read them.
#pragma once

#include "chain/bitcoin/block.h"
#include "chain/source/blk_file.h"

#include <filesystem>
#include <string>
#include <vector>

namespace wagetrail {

[[nodiscard]] const LedgerParams& regtest();
/// The real first block of Bitcoin's regtest.
[[nodiscard]] Bytes regtest_genesis();

struct BlockWish {
    std::uint32_t salt = 0;           // two blocks with different salts differ
    std::size_t script_bytes = 8;     // of the coinbase's output: makes blocks larger
    std::uint32_t bits = 0x207FFFFF;  // the easiest target
};
/// A block with nothing but a coinbase on top of another.
[[nodiscard]] Bytes child_of(ByteView parent, const BlockWish& wish = {});
/// parent's descendants, one on top of the other; parent itself is not among them.
[[nodiscard]] std::vector<Bytes> chain_on(ByteView parent, std::size_t count, std::uint32_t salt);

[[nodiscard]] BlockHash hash_of_raw(ByteView raw);

/// Magic, size and block, as blk files hold them.
[[nodiscard]] Bytes record_of(ByteView raw, const LedgerParams& ledger = regtest());
[[nodiscard]] Bytes records_of(const std::vector<Bytes>& blocks);

/// A folder that is gone after the test.
class TempFolder {
  public:
    TempFolder();
    ~TempFolder();
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    TempFolder(TempFolder&&) = delete;
    TempFolder& operator=(TempFolder&&) = delete;

    [[nodiscard]] std::string path() const { return path_.string(); }
    /// Replaces a file.
    void write(const std::string& name, ByteView content) const;
    /// The same, masked as its node would.
    void write_masked(const std::string& name, Bytes content, const BlkKey& key) const;
    void remove(const std::string& name) const;

  private:
    std::filesystem::path path_;
};

}  // namespace wagetrail
