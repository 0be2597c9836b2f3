#include "chain/source/rpc_source.h"

#include "chain/source/read_ahead.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace wagetrail {
namespace {

constexpr std::size_t kConnections = 4;
constexpr std::uint32_t kBatchMax = 16;
constexpr std::uint64_t kBatchBytes = 8U << 20U;  // of raw blocks; text is twice as large

std::optional<std::uint32_t> parse_number(const RpcAnswer& answer, const std::string& field) {
    const auto found = answer.fields.find(field);
    if (found == answer.fields.end()) return std::nullopt;
    const std::string& digits = found->second;
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return number;
}

std::unexpected<Error> chain_changed() {
    return fail(ErrorCode::not_found,
                "the node's chain changed while it was read (a reorg): ask for its tip again");
}

}  // namespace

RpcSource::RpcSource(const LedgerParams& ledger, NodeSettings settings, SourceHooks hooks)
    : ledger_(ledger), settings_(std::move(settings)), hooks_(std::move(hooks)) {
    settings_.notice = [this](const std::string& sentence) {
        const std::scoped_lock lock(notice_mutex_);
        if (hooks_.notice) hooks_.notice(sentence);
    };
    for (std::size_t i = 0; i < kConnections; ++i) clients_.emplace_back(settings_);
}

Expected<std::unique_ptr<RpcSource>> RpcSource::open(const LedgerParams& ledger,
                                                     std::string_view url,
                                                     const SourceSecrets& secrets,
                                                     const SourceHooks& hooks,
                                                     const HttpLimits& limits,
                                                     const NodePatience& patience) {
    NodeSettings settings{.address = TRY(parse_node_address(url)),
                          .secrets = secrets,
                          .limits = limits,
                          .patience = patience,
                          .notice = {}};
    return std::unique_ptr<RpcSource>(new RpcSource(ledger, std::move(settings), hooks));
}

Expected<ChainTip> RpcSource::tip() {
    if (!tip_) TRY(check_ledger());
    const auto answers = TRY(clients_[0].call({{"getblockchaininfo", {}}}, hooks_.stop));
    const RpcAnswer& info = answers[0];
    if (info.error) return std::unexpected(node_error(*info.error, "its tip"));
    const auto height = parse_number(info, "blocks");
    const auto text_of_hash = info.fields.find("bestblockhash");
    const auto hash = text_of_hash == info.fields.end()
                          ? std::nullopt
                          : parse_hash<BlockHash>(text_of_hash->second);
    if (!height || !hash)
        return fail(ErrorCode::corrupt, name() + " describes its chain without height or hash");
    tip_ = ChainTip{.height = Height(*height), .hash = *hash};
    return *tip_;
}

Expected<std::optional<BlockHash>> RpcSource::hash_at(Height height) {
    if (!tip_ || height > tip_->height) return std::optional<BlockHash>{};
    if (height == tip_->height) return std::optional(tip_->hash);
    auto hashes = fetch_hashes(clients_[0], height, 1, hooks_.stop);
    if (!hashes && hashes.error().code == ErrorCode::not_found) return std::optional<BlockHash>{};
    return std::optional(TRY(std::move(hashes)).front());
}

Expected<void> RpcSource::read(Height from,
                               Height to,
                               std::stop_token stop,
                               const std::function<Expected<void>(SourceBlock)>& sink) {
    const ReadAhead plan{.threads = static_cast<unsigned>(clients_.size()),
                         .part = [this](Height) { return part_size(); },
                         .fetch =
                             [this](unsigned thread, Height first, std::uint32_t count,
                                    const std::stop_token& ended) {
                                 return fetch(clients_[thread], first, count, ended);
                             }};
    std::optional<BlockHash> previous;
    return plan.run(from, to, std::move(stop), [&](SourceBlock block) -> Expected<void> {
        if (previous && block.block.header.previous != *previous) return chain_changed();
        previous = block.block.hash;
        return sink(std::move(block));
    });
}

void RpcSource::rest() {
    for (NodeClient& client : clients_) client.hang_up();
}

Expected<void> RpcSource::check_ledger() {
    const BlockHash genesis = TRY(fetch_hashes(clients_[0], Height(0), 1, hooks_.stop)).front();
    if (genesis == genesis_hash(ledger_)) return {};
    std::string found = "another chain (its genesis block is " + text(genesis) + ")";
    for (const LedgerParams& other : all_ledgers())
        if (genesis == genesis_hash(other)) found = other.name;
    return fail(ErrorCode::invalid,
                name() + " is a node of " + found + ", not of " + std::string(ledger_.name));
}

/// Small blocks come many at a time, large ones few, so that answers keep a size.
std::uint32_t RpcSource::part_size() const {
    const std::uint64_t bytes = std::max<std::uint64_t>(block_bytes_, 1);
    return static_cast<std::uint32_t>(std::clamp<std::uint64_t>(kBatchBytes / bytes, 1, kBatchMax));
}

Expected<std::vector<SourceBlock>> RpcSource::fetch(NodeClient& client,
                                                    Height first,
                                                    std::uint32_t count,
                                                    const std::stop_token& stop) {
    const std::vector<BlockHash> hashes = TRY(fetch_hashes(client, first, count, stop));
    std::vector<SourceBlock> blocks;
    std::uint32_t batch = count;
    while (blocks.size() < hashes.size()) {
        const auto rest = std::span(hashes).subspan(blocks.size());
        const auto at = first.next(static_cast<std::uint32_t>(blocks.size()));
        auto some =
            fetch_blocks(client, at, rest.first(std::min<std::size_t>(batch, rest.size())), stop);
        if (!some && some.error().code == ErrorCode::limit && batch > 1) {
            batch /= 2;
            continue;
        }
        for (SourceBlock& block : TRY(std::move(some))) blocks.push_back(std::move(block));
    }
    std::uint64_t largest = 0;
    for (const SourceBlock& block : blocks)
        largest = std::max<std::uint64_t>(largest, block.block.raw.size());
    block_bytes_ = largest;
    return blocks;
}

Expected<std::vector<BlockHash>> RpcSource::fetch_hashes(NodeClient& client,
                                                         Height first,
                                                         std::uint32_t count,
                                                         const std::stop_token& stop) const {
    std::vector<RpcCall> calls;
    for (std::uint32_t i = 0; i < count; ++i)
        calls.push_back({"getblockhash", {std::uint64_t{first.next(i).value}}});  // raw: argument
    std::vector<BlockHash> hashes;
    for (const RpcAnswer& answer : TRY(client.call(calls, stop))) {
        const std::string asked =
            "the hash at height " +
            std::to_string(first.next(static_cast<std::uint32_t>(hashes.size())).value);
        if (answer.error && answer.error->code == kRpcOutOfRange) return chain_changed();
        if (answer.error) return std::unexpected(node_error(*answer.error, asked));
        const auto hash = parse_hash<BlockHash>(answer.text);
        if (!hash) return fail(ErrorCode::corrupt, name() + " gives something else for " + asked);
        hashes.push_back(*hash);
    }
    return hashes;
}

Expected<std::vector<SourceBlock>> RpcSource::fetch_blocks(NodeClient& client,
                                                           Height first,
                                                           std::span<const BlockHash> hashes,
                                                           const std::stop_token& stop) const {
    std::vector<RpcCall> calls;
    for (const BlockHash& hash : hashes)
        calls.push_back({"getblock", {text(hash), std::uint64_t{0}}});
    std::vector<SourceBlock> blocks;
    for (RpcAnswer& answer : TRY(client.call(calls, stop))) {
        const BlockHash& hash = hashes[blocks.size()];
        const Height height = first.next(static_cast<std::uint32_t>(blocks.size()));
        const std::string asked = "block " + std::to_string(height.value) + " " + text(hash);
        if (answer.error && answer.error->code == kRpcUnknownBlock) return chain_changed();
        if (answer.error) return std::unexpected(node_error(*answer.error, asked));
        auto raw = from_hex(answer.text);
        answer.text = {};
        if (!raw) return fail(ErrorCode::corrupt, name() + " gives no hexadecimal for " + asked);
        auto block = decode_block(ledger_, std::move(*raw));
        if (!block) return with_context(std::move(block).error(), asked + " of " + name());
        if (block->hash != hash)
            return fail(ErrorCode::corrupt,
                        name() + " gives block " + text(block->hash) + " for " + asked);
        blocks.push_back({.height = height, .block = std::move(*block), .position = std::nullopt});
    }
    return blocks;
}

Error RpcSource::node_error(const RpcError& error, std::string_view asked) const {
    const std::string context = name() + " does not give " + std::string(asked);
    if (error.code == kRpcMisc && error.message.find("pruned") != std::string::npos)
        return {ErrorCode::io,
                context + ": it has pruned old blocks; use a node that keeps all (prune=0)"};
    return {ErrorCode::io,
            context + ": " + error.message + " (error " + std::to_string(error.code) + ")"};
}

}  // namespace wagetrail
