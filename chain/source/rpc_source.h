// Blocks fetched from a running node over JSON-RPC. The node is asked for hashes by height and for
// blocks by hash, in batches on several connections; every block is checked to be the one asked for
// and to follow the one before it.
#pragma once

#include "chain/source/node_client.h"

#include <atomic>
#include <mutex>

namespace wagetrail {

/// Not for use from several threads at once.
class RpcSource final : public BlockSource {
  public:
    /// url: what follows "rpc:". Does not contact the node.
    [[nodiscard]] static Expected<std::unique_ptr<RpcSource>> open(
        const LedgerParams& ledger,
        std::string_view url,
        const SourceSecrets& secrets,
        const SourceHooks& hooks,
        const HttpLimits& limits = {},
        const NodePatience& patience = {});

    [[nodiscard]] std::string name() const override { return "rpc:" + text(settings_.address); }
    /// The first call checks that the node is on our ledger. While a node downloads the chain, its
    /// tip is the last block it has connected.
    [[nodiscard]] Expected<ChainTip> tip() override;
    /// Asks the node, which may have gone on since tip().
    [[nodiscard]] Expected<std::optional<BlockHash>> hash_at(Height height) override;
    [[nodiscard]] Expected<void> read(
        Height from,
        Height to,
        std::stop_token stop,
        const std::function<Expected<void>(SourceBlock)>& sink) override;
    /// Closes the connections, which a node that ends would wait for.
    void rest() override;

  private:
    RpcSource(const LedgerParams& ledger, NodeSettings settings, SourceHooks hooks);

    [[nodiscard]] Expected<void> check_ledger();
    [[nodiscard]] Expected<std::vector<SourceBlock>> fetch(NodeClient& client,
                                                           Height first,
                                                           std::uint32_t count,
                                                           const std::stop_token& stop);
    [[nodiscard]] Expected<std::vector<BlockHash>> fetch_hashes(NodeClient& client,
                                                                Height first,
                                                                std::uint32_t count,
                                                                const std::stop_token& stop) const;
    [[nodiscard]] Expected<std::vector<SourceBlock>> fetch_blocks(
        NodeClient& client,
        Height first,
        std::span<const BlockHash> hashes,
        const std::stop_token& stop) const;
    [[nodiscard]] std::uint32_t part_size() const;
    [[nodiscard]] Error node_error(const RpcError& error, std::string_view asked) const;

    const LedgerParams& ledger_;
    NodeSettings settings_;
    SourceHooks hooks_;
    std::mutex notice_mutex_;
    std::vector<NodeClient> clients_;  // one per connection
    std::optional<ChainTip> tip_;
    std::atomic<std::uint64_t> block_bytes_ = 0;  // of the last part's largest block
};

}  // namespace wagetrail
