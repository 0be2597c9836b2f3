#include "chain/source/block_reader.h"

#include <utility>

namespace wagetrail {
namespace {

constexpr std::string_view kFiles = "files:";
constexpr std::uint64_t kSizeBytes = 4;  // in front of each block, little-endian

}  // namespace

BlockReader::BlockReader(const LedgerParams& ledger,
                         std::string specification,
                         SourceSecrets secrets,
                         SourceHooks hooks)
    : ledger_(&ledger),
      specification_(std::move(specification)),
      secrets_(std::move(secrets)),
      hooks_(std::move(hooks)) {
    if (specification_.starts_with(kFiles)) folder_ = specification_.substr(kFiles.size());
}

Expected<BlockReader> BlockReader::open(const LedgerParams& ledger,
                                        const std::string& specification,
                                        const SourceSecrets& secrets,
                                        const SourceHooks& hooks) {
    BlockReader reader(ledger, specification, secrets, hooks);
    // A files source scans its headers when it is opened: not before that is needed.
    if (reader.folder_.empty())
        reader.source_ = TRY(open_source(ledger, specification, secrets, hooks));
    else
        reader.blk_files_ = TRY(list_blk_files(reader.folder_));
    return reader;
}

Expected<Block> BlockReader::block(Height height,
                                   const BlockHash& hash,
                                   const std::optional<SourcePosition>& at) {
    if (at && !folder_.empty())
        if (auto block = in_folder(hash, *at)) return block;
    return in_chain(height, hash);
}

Expected<Block> BlockReader::in_folder(const BlockHash& hash, const SourcePosition& at) {
    const auto moved = [&] {
        return fail(ErrorCode::not_found, "block " + text(hash) + " is not where it was");
    };
    const auto path = blk_files_.find(at.file);
    if (path == blk_files_.end() || at.offset < kSizeBytes) return moved();
    key_ = TRY(read_blk_key(folder_));
    const BlkFile file = TRY(BlkFile::open(path->second));
    if (at.offset > file.size()) return moved();
    Bytes size_bytes(kSizeBytes);
    TRY(file.read(at.offset - kSizeBytes, size_bytes));
    key_.apply(size_bytes, at.offset - kSizeBytes);
    Reader size_reader(size_bytes);
    std::uint32_t size = 0;
    size_reader.little<kSizeBytes>(size);
    if (size < BlockHeader::kSize || size > kMaxBlockBytes || size > file.size() - at.offset)
        return moved();
    Bytes raw(size);
    TRY(file.read(at.offset, raw));
    key_.apply(raw, at.offset);
    if (hash_of(TRY(decode_header(ByteView(raw).first(BlockHeader::kSize)))) != hash)
        return moved();
    return decode_block(*ledger_, std::move(raw));
}

Expected<Block> BlockReader::in_chain(Height height, const BlockHash& hash) {
    if (!source_) source_ = TRY(open_source(*ledger_, specification_, secrets_, hooks_));
    TRY(source_->tip());
    const auto found = TRY(source_->hash_at(height));
    if (!found || *found != hash)
        return fail(ErrorCode::not_found,
                    source_->name() + " does not have block " + text(height) + ", " + text(hash) +
                        ", in its best chain; sync again, or name another source");
    std::optional<Block> block;
    TRY(source_->read(height, height, hooks_.stop, [&](SourceBlock read) -> Expected<void> {
        block = std::move(read.block);
        return {};
    }));
    if (block && block->hash == hash) return std::move(*block);
    return fail(ErrorCode::not_found,
                source_->name() + " changed while block " + text(height) + " was read; try again");
}

}  // namespace wagetrail
