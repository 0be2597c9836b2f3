// Block files as Bitcoin Core writes them: records of magic, size (32 bits, little-endian) and raw
// block, in order of arrival, over several files, all of it perhaps masked with an 8-byte key.
// Between and behind the records stands whatever the node left there: zeros it allocated ahead, the
// rest of a longer record it wrote over, a record it is still writing.
#pragma once

#include "chain/bitcoin/block.h"

#include <array>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace wagetrail {

/// The key of xor.dat; all zeros where there is none.
struct BlkKey {
    static constexpr std::size_t kSize = 8;
    std::array<std::uint8_t, kSize> value{};

    /// Unmasks (or masks) bytes that stand at this offset of a file.
    void apply(std::span<std::uint8_t> bytes, std::uint64_t offset) const;
};

/// Bytes of one blk file as they are stored. read fills all of into from offset on; whoever calls
/// it stays below size.
struct BlkBytes {
    std::uint64_t size = 0;
    std::function<Expected<void>(std::uint64_t offset, std::span<std::uint8_t> into)> read;
};

/// What chain selection needs to know of a record.
struct BlkRecord {
    std::uint64_t offset = 0;  // of the raw block, behind magic and size
    std::uint32_t size = 0;    // of the raw block
    BlockHash hash;
    BlockHash previous;
    Work work = 0;
};

struct BlkScan {
    std::vector<BlkRecord> records;  // in file order, all of them whole by their stated size
    std::uint64_t resume = 0;        // behind the records that follow each other without a gap:
                                     // where a node that appends may go on
    std::optional<BlkRecord> last;   // of those
};

/// A larger record is not a block of any ledger we read.
inline constexpr std::uint32_t kMaxBlockBytes = 32U << 20U;

/// Finds the records from an offset on, reading their headers only. Bytes that are no record are
/// passed over up to the next record whose block can be decoded. A record at the expected
/// place that ends beyond the file is not there yet: the scan ends before it.
[[nodiscard]] Expected<BlkScan> scan_blk(const LedgerParams& ledger,
                                         const BlkBytes& bytes,
                                         const BlkKey& key,
                                         std::uint64_t from);

/// A blk file on disk. Reads with pread only, so a file cut short by its node is an error, not a
/// signal.
class BlkFile {
  public:
    [[nodiscard]] static Expected<BlkFile> open(const std::string& path);
    BlkFile(BlkFile&& other) noexcept;
    BlkFile& operator=(BlkFile&& other) noexcept;
    BlkFile(const BlkFile&) = delete;
    BlkFile& operator=(const BlkFile&) = delete;
    ~BlkFile();

    [[nodiscard]] std::uint64_t size() const { return size_; }  // when it was opened
    [[nodiscard]] std::int64_t modified_ns() const { return modified_ns_; }
    [[nodiscard]] Expected<void> read(std::uint64_t offset, std::span<std::uint8_t> into) const;
    /// Valid while the file is.
    [[nodiscard]] BlkBytes bytes() const;

  private:
    BlkFile() = default;

    std::string path_;
    int descriptor_ = -1;
    std::uint64_t size_ = 0;
    std::int64_t modified_ns_ = 0;
};

}  // namespace wagetrail
