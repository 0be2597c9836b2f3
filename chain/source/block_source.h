// Where blocks come from: the one seam between the chain and its copies. A source knows its best
// chain and hands out blocks by height, in order, decoded and proven (see decode_block).
#pragma once

#include "chain/bitcoin/block.h"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace wagetrail {

/// Where a source keeps a block, for reading it again. Not part of what is indexed.
struct SourcePosition {
    std::uint32_t file = 0;
    std::uint64_t offset = 0;  // of the raw block
};

struct SourceBlock {
    Height height;
    Block block;
    std::optional<SourcePosition> position;  // nullopt when the source has no files
};

struct ChainTip {
    Height height;
    BlockHash hash;
};

class BlockSource {
  public:
    virtual ~BlockSource() = default;

    /// "files:/data/blocks", "rpc:127.0.0.1:8332": for messages; never holds a password.
    [[nodiscard]] virtual std::string name() const = 0;
    /// The best chain's tip as of now; may be called again to follow it.
    [[nodiscard]] virtual Expected<ChainTip> tip() = 0;
    /// Hash at a height of the best chain last seen by tip(); nullopt above its tip.
    [[nodiscard]] virtual Expected<std::optional<BlockHash>> hash_at(Height height) = 0;
    /// Reads blocks [from, to] of that chain in height order and hands each to sink, on the calling
    /// thread. Stops early with the sink's error, or `cancelled` when stop is requested. not_found:
    /// the chain changed underneath (a reorg of the node): ask for tip() and read again. Prefetches
    /// on its own.
    [[nodiscard]] virtual Expected<void> read(
        Height from,
        Height to,
        std::stop_token stop,
        const std::function<Expected<void>(SourceBlock)>& sink) = 0;
    /// Says that nothing will be asked for a while: what costs others something is let go.
    virtual void rest() {}
};

/// Secrets a source may need that never stand in its specification.
struct SourceSecrets {
    std::string rpc_user = {};  // empty: take it from the specification or the cookie file
    std::string rpc_password = {};
    std::string cookie_file = {};  // path; read anew for each attempt, as nodes rewrite it on start
};

/// What a source that waits for a node is given along. Both may stay empty.
struct SourceHooks {
    std::stop_token stop = {};  // ends the waiting of tip() and hash_at(); read() has its own
    /// Why it waits, one sentence at a time ("the node is starting: Loading block index...").
    /// Called from the source's threads, never by two at once.
    std::function<void(const std::string&)> notice = nullptr;
};

/// invalid, as open_source says it: a specification that it could never open.
[[nodiscard]] Expected<void> check_source(const std::string& specification);

/// Opens "files:DIR" or "rpc:http://[user[:password]@]host:port". invalid: unknown scheme or shape,
/// with the accepted ones. A files source scans its headers here; an rpc source is not contacted
/// before its first tip().
[[nodiscard]] Expected<std::unique_ptr<BlockSource>> open_source(const LedgerParams& ledger,
                                                                 const std::string& specification,
                                                                 const SourceSecrets& secrets,
                                                                 const SourceHooks& hooks = {});

}  // namespace wagetrail
