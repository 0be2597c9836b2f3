// Blocks read from the blk files of a node, which may be running or not: nothing but the files is
// needed, neither the node's own index nor its undo files.
#pragma once

#include "chain/source/blk_folder.h"
#include "chain/source/header_chain.h"

#include <atomic>
#include <map>
#include <memory>
#include <unordered_set>

namespace wagetrail {

/// Not for use from several threads at once. tip() looks for new records; between two calls of it
/// the chain does not change.
class FilesSource final : public BlockSource {
  public:
    /// Scans the headers of all files. Fails when there is no genesis block of the ledger.
    [[nodiscard]] static Expected<std::unique_ptr<FilesSource>> open(const LedgerParams& ledger,
                                                                     const std::string& folder);

    [[nodiscard]] std::string name() const override { return "files:" + folder_; }
    [[nodiscard]] Expected<ChainTip> tip() override;
    [[nodiscard]] Expected<std::optional<BlockHash>> hash_at(Height height) override;
    [[nodiscard]] Expected<void> read(
        Height from,
        Height to,
        std::stop_token stop,
        const std::function<Expected<void>(SourceBlock)>& sink) override;

  private:
    /// What was seen of a file when it was scanned last.
    struct FileState {
        std::string path;
        std::uint64_t size = 0;
        std::int64_t modified_ns = 0;
        std::uint64_t resume = 0;
        Bytes at_resume;  // stored bytes there: they change when the node appends within the size
        std::optional<BlkRecord> last;  // in front of resume
    };
    struct Visit {
        FileState state;
        std::vector<BlkRecord> records;
        bool rewritten = false;  // what was found before is no longer there
    };

    FilesSource(const LedgerParams& ledger, std::string folder);

    void forget();
    [[nodiscard]] Expected<void> refresh();
    [[nodiscard]] Expected<bool> add_new_records();
    [[nodiscard]] Expected<std::vector<Visit>> visit_all() const;
    [[nodiscard]] Expected<Visit> visit(const FileState& known) const;
    [[nodiscard]] Expected<void> choose_tip();
    [[nodiscard]] bool may_be_unfinished(HeaderChain::NodeId node) const;
    [[nodiscard]] Error no_genesis() const;
    [[nodiscard]] Expected<void> check_gaps() const;
    [[nodiscard]] Expected<SourceBlock> load(HeaderChain::NodeId node, Height height) const;
    [[nodiscard]] Expected<Block> load_from(const BlockPlace& place, const BlockHash& hash) const;

    const LedgerParams& ledger_;
    std::string folder_;
    BlkKey key_;
    std::map<BlkNumber, FileState> files_;
    HeaderChain chain_;
    std::optional<HeaderChain::NodeId> proven_tip_;       // its block was read and decoded
    std::unordered_set<HeaderChain::NodeId> unfinished_;  // last of their files, not yet readable
    mutable std::atomic<bool> rewritten_ = false;  // a file no longer holds what was found in it
};

}  // namespace wagetrail
