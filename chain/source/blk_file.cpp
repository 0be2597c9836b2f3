#include "chain/source/blk_file.h"

#include "chain/base/codec.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace wagetrail {
namespace {

constexpr std::size_t kFrameBytes = 8;  // magic and size
constexpr std::size_t kRecordHead = kFrameBytes + BlockHeader::kSize;
constexpr std::size_t kSmallWindow = 4096;         // hop from header to header
constexpr std::size_t kSearchWindow = 256 * 1024;  // look for the next magic

constexpr std::uint64_t kProofBytes = 64U << 20U;

/// What stands at a position where a record could begin.
enum class Found : std::uint8_t { record, unfinished, nothing };

class BlkScanner {
  public:
    BlkScanner(const LedgerParams& ledger, const BlkBytes& bytes, const BlkKey& key)
        : ledger_(ledger),
          bytes_(bytes),
          key_(key),
          proof_bytes_left_(kProofBytes + 4 * bytes.size) {}

    Expected<BlkScan> run(std::uint64_t from) {
        BlkScan scan{.records = {}, .resume = from, .last = std::nullopt};
        for (std::uint64_t at = from; at + kRecordHead <= bytes_.size;) {
            BlkRecord record;
            const Found found = TRY(look_at(at, record));
            if (found == Found::unfinished) break;
            if (found == Found::nothing && !TRY(search(at + 1, record))) break;
            const bool follows = scan.resume == at && found == Found::record;
            at = record.offset + record.size;
            if (follows) {
                scan.resume = at;
                scan.last = record;
            }
            scan.records.push_back(record);
        }
        return scan;
    }

  private:
    /// count unmasked bytes at an offset, which must lie within the file.
    Expected<ByteView> view(std::uint64_t at, std::size_t count, std::size_t window) {
        if (at < window_at_ || at + count > window_at_ + window_.size()) {
            const auto left = bytes_.size - at;
            window_.resize(static_cast<std::size_t>(std::min<std::uint64_t>(window, left)));
            window_at_ = at;
            TRY(bytes_.read(at, window_));
            key_.apply(window_, at);
        }
        return ByteView(window_).subspan(static_cast<std::size_t>(at - window_at_), count);
    }

    Expected<Found> look_at(std::uint64_t at, BlkRecord& record) {
        const ByteView head = TRY(view(at, kRecordHead, kSmallWindow));
        if (!equal(head.first(ledger_.magic.size()), ledger_.magic)) return Found::nothing;
        Reader reader(head.subspan(ledger_.magic.size()));
        reader.little<4>(record.size);
        if (record.size <= BlockHeader::kSize || record.size > kMaxBlockBytes)
            return Found::nothing;
        const auto header = decode_header(head.subspan(kFrameBytes));
        if (!header) return Found::nothing;
        record.work = work_of(*header);
        // A header without target or root is one whose bytes are not written yet, or none at all.
        if (record.work == 0 || header->merkle_root == MerkleRoot{}) return Found::nothing;
        record.offset = at + kFrameBytes;
        if (record.offset + record.size > bytes_.size) return Found::unfinished;
        record.hash = hash_of(*header);
        record.previous = header->previous;
        return Found::record;
    }

    /// What is unmasked already from an offset on, or a window read anew: a record's head at least,
    /// which must lie within the file.
    Expected<ByteView> window_from(std::uint64_t at) {
        const std::uint64_t end = window_at_ + window_.size();
        if (at >= window_at_ && at + kRecordHead <= end)
            return ByteView(window_).subspan(static_cast<std::size_t>(at - window_at_));
        const auto count = std::min<std::uint64_t>(kSearchWindow, bytes_.size - at);
        return view(at, static_cast<std::size_t>(count), kSearchWindow);
    }

    /// A head amid garbage may be the rest of an old one in front of the next: there only a block
    /// that can be decoded counts.
    Expected<bool> holds_block(const BlkRecord& record) {
        if (record.size > proof_bytes_left_) return false;
        Bytes raw(record.size);
        TRY(bytes_.read(record.offset, raw));
        key_.apply(raw, record.offset);
        if (decode_block(ledger_, std::move(raw))) return true;
        proof_bytes_left_ -= record.size;
        return false;
    }

    /// First whole record that begins at or behind an offset.
    Expected<bool> search(std::uint64_t at, BlkRecord& record) {
        const auto& magic = ledger_.magic;
        while (at + kRecordHead <= bytes_.size) {
            const ByteView part = TRY(window_from(at));
            const auto heads = part.first(part.size() - kRecordHead + magic.size());
            const auto hit = std::search(heads.begin(), heads.end(), magic.begin(), magic.end());
            at += static_cast<std::uint64_t>(hit - heads.begin());
            if (hit == heads.end()) {
                at -= magic.size() - 1;
                continue;
            }
            if (TRY(look_at(at, record)) == Found::record && TRY(holds_block(record))) return true;
            ++at;
        }
        return false;
    }

    const LedgerParams& ledger_;
    const BlkBytes& bytes_;
    const BlkKey& key_;
    Bytes window_;
    std::uint64_t window_at_ = 0;
    std::uint64_t proof_bytes_left_;  // for wrong heads, which a file made for it is full of
};

std::unexpected<Error> system_failure(const std::string& what, const std::string& path) {
    return fail(ErrorCode::io, what + " " + path + ": " + std::generic_category().message(errno));
}

}  // namespace

void BlkKey::apply(std::span<std::uint8_t> bytes, std::uint64_t offset) const {
    if (value == std::array<std::uint8_t, kSize>{}) return;
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] ^= value[(offset + i) % kSize];
}

Expected<BlkScan> scan_blk(const LedgerParams& ledger,
                           const BlkBytes& bytes,
                           const BlkKey& key,
                           std::uint64_t from) {
    return BlkScanner(ledger, bytes, key).run(from);
}

Expected<BlkFile> BlkFile::open(const std::string& path) {
    BlkFile file;
    file.path_ = path;
    file.descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file.descriptor_ < 0) return system_failure("cannot open", path);
    struct stat status{};
    if (::fstat(file.descriptor_, &status) != 0) return system_failure("cannot look at", path);
    file.size_ = static_cast<std::uint64_t>(status.st_size);
    file.modified_ns_ = status.st_mtim.tv_sec * 1'000'000'000LL + status.st_mtim.tv_nsec;
    return file;
}

BlkFile::BlkFile(BlkFile&& other) noexcept {
    *this = std::move(other);
}

BlkFile& BlkFile::operator=(BlkFile&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(descriptor_, other.descriptor_);
    std::swap(size_, other.size_);
    std::swap(modified_ns_, other.modified_ns_);
    return *this;
}

BlkFile::~BlkFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Expected<void> BlkFile::read(std::uint64_t offset, std::span<std::uint8_t> into) const {
    while (!into.empty()) {
        const ssize_t got =
            ::pread(descriptor_, into.data(), into.size(), static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return system_failure("cannot read", path_);
        if (got == 0)
            return fail(ErrorCode::io,
                        path_ + " ends at byte " + std::to_string(offset) +
                            " while being read: its node cut or pruned it; start again");
        into = into.subspan(static_cast<std::size_t>(got));
        offset += static_cast<std::uint64_t>(got);
    }
    return {};
}

BlkBytes BlkFile::bytes() const {
    return {.size = size_, .read = [this](std::uint64_t offset, std::span<std::uint8_t> into) {
                return read(offset, into);
            }};
}

}  // namespace wagetrail
