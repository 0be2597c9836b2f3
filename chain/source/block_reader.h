// Reads single blocks again after they were indexed: for what the index does not keep, as scripts,
// keys and raw transactions. A block that is handed out has the hash that was asked for and its
// Merkle root is proven (see decode_block).
#pragma once

#include "chain/source/blk_folder.h"
#include "chain/source/block_source.h"

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace wagetrail {

/// Not thread-safe.
class BlockReader {
  public:
    /// The same specifications and secrets as open_source. Nothing is read yet.
    [[nodiscard]] static Expected<BlockReader> open(const LedgerParams& ledger,
                                                    const std::string& specification,
                                                    const SourceSecrets& secrets,
                                                    const SourceHooks& hooks = {});

    /// at: where a files source kept the block when it was indexed; the headers of all files are
    /// searched only where it is no longer there. not_found: the source does not have it, or not in
    /// its best chain.
    [[nodiscard]] Expected<Block> block(Height height,
                                        const BlockHash& hash,
                                        const std::optional<SourcePosition>& at);

  private:
    BlockReader(const LedgerParams& ledger,
                std::string specification,
                SourceSecrets secrets,
                SourceHooks hooks);
    [[nodiscard]] Expected<Block> in_folder(const BlockHash& hash, const SourcePosition& at);
    [[nodiscard]] Expected<Block> in_chain(Height height, const BlockHash& hash);

    const LedgerParams* ledger_;
    std::string specification_;
    SourceSecrets secrets_;
    SourceHooks hooks_;
    std::string folder_;                          // of a files source
    std::map<BlkNumber, std::string> blk_files_;  // listed on first use
    BlkKey key_;
    std::unique_ptr<BlockSource> source_;  // opened on first use
};

}  // namespace wagetrail
