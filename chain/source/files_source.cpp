#include "chain/source/files_source.h"

#include "chain/source/read_ahead.h"

#include <algorithm>
#include <filesystem>
#include <thread>
#include <utility>

namespace wagetrail {
namespace {

constexpr unsigned kScanThreads = 8;  // waiting for the disk, mostly
constexpr unsigned kReadThreads = 4;
constexpr std::size_t kProbeBytes = 128;
constexpr std::uint64_t kPartBytes = 4U << 20U;
constexpr std::uint32_t kPartBlocks = 64;

unsigned threads_of(unsigned most) {
    return std::clamp(std::thread::hardware_concurrency(), 1U, most);
}

std::string file_name(const std::string& path) {
    return std::filesystem::path(path).filename().string();
}

Expected<Bytes> probe(const BlkFile& file, std::uint64_t at) {
    Bytes bytes(at < file.size() ? std::min<std::uint64_t>(kProbeBytes, file.size() - at) : 0);
    TRY(file.read(at, bytes));
    return bytes;
}

}  // namespace

FilesSource::FilesSource(const LedgerParams& ledger, std::string folder)
    : ledger_(ledger), folder_(std::move(folder)), chain_(genesis_hash(ledger)) {}

Expected<std::unique_ptr<FilesSource>> FilesSource::open(const LedgerParams& ledger,
                                                         const std::string& folder) {
    std::unique_ptr<FilesSource> source(new FilesSource(ledger, folder));
    TRY(source->refresh());
    return source;
}

Expected<ChainTip> FilesSource::tip() {
    TRY(refresh());
    const Height height(chain_.length() - 1);
    return ChainTip{.height = height, .hash = chain_.hash(chain_.at(height))};
}

Expected<std::optional<BlockHash>> FilesSource::hash_at(Height height) {
    if (height.value >= chain_.length()) return std::optional<BlockHash>{};
    return std::optional(chain_.hash(chain_.at(height)));
}

Expected<void> FilesSource::read(Height from,
                                 Height to,
                                 std::stop_token stop,
                                 const std::function<Expected<void>(SourceBlock)>& sink) {
    if (to.value >= chain_.length())
        return fail(ErrorCode::invalid,
                    "height " + std::to_string(to.value) + " is above the tip of " + name());
    const ReadAhead plan{
        .threads = threads_of(kReadThreads),
        .part =
            [this, to](Height first) {
                std::uint32_t count = 0;
                for (std::uint64_t bytes = 0; count < kPartBlocks && bytes < kPartBytes; ++count) {
                    if (first.next(count) > to) break;
                    bytes += chain_.places(chain_.at(first.next(count))).front().size;
                }
                return count;
            },
        .fetch = [this](unsigned, Height first, std::uint32_t count,
                        const std::stop_token&) -> Expected<std::vector<SourceBlock>> {
            std::vector<SourceBlock> blocks;
            for (std::uint32_t i = 0; i < count; ++i)
                blocks.push_back(TRY(load(chain_.at(first.next(i)), first.next(i))));
            return blocks;
        }};
    return plan.run(from, to, std::move(stop), sink);
}

void FilesSource::forget() {
    files_.clear();
    chain_ = HeaderChain(genesis_hash(ledger_));
    proven_tip_.reset();
    rewritten_ = false;
}

Expected<void> FilesSource::refresh() {
    if (rewritten_) forget();
    if (files_.empty()) key_ = TRY(read_blk_key(folder_));
    const bool grown = TRY(add_new_records());
    if (!grown && unfinished_.empty()) return {};
    if (auto chosen = choose_tip(); !chosen) {
        forget();  // so that the next call does not take an empty chain for an unchanged one
        return chosen;
    }
    return {};
}

/// True when there is anything new.
Expected<bool> FilesSource::add_new_records() {
    for (auto& [number, path] : TRY(list_blk_files(folder_))) files_[number].path = path;
    std::vector<Visit> visits = TRY(visit_all());
    const auto was_rewritten = [](const Visit& visit) { return visit.rewritten; };
    if (std::any_of(visits.begin(), visits.end(), was_rewritten)) {
        forget();
        for (auto& [number, path] : TRY(list_blk_files(folder_))) files_[number].path = path;
        visits = TRY(visit_all());
    }
    bool grown = false;
    auto visit = visits.begin();
    for (auto& [number, state] : files_) {
        for (const BlkRecord& record : visit->records) chain_.add(record, number);
        grown = grown || !visit->records.empty() || chain_.length() == 0;
        state = std::move(visit->state);
        ++visit;
    }
    return grown;
}

/// One visit per file, in their order.
Expected<std::vector<FilesSource::Visit>> FilesSource::visit_all() const {
    std::vector<const FileState*> states;
    for (const auto& [number, state] : files_) states.push_back(&state);
    std::vector<std::optional<Expected<Visit>>> found(states.size());
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t i = next++; i < states.size(); i = next++) found[i] = visit(*states[i]);
    };
    {
        std::vector<std::jthread> helpers;
        const auto count = std::min<std::size_t>(threads_of(kScanThreads), states.size());
        for (std::size_t i = 1; i < count; ++i) helpers.emplace_back(work);
        work();
    }
    std::vector<Visit> visits;
    for (auto& result : found) visits.push_back(TRY(std::move(*result)));
    return visits;
}

/// Looks for records behind the known ones of a file.
Expected<FilesSource::Visit> FilesSource::visit(const FileState& known) const {
    Visit visit{.state = known, .records = {}};
    const BlkFile file = TRY(BlkFile::open(known.path));
    Bytes at_resume = TRY(probe(file, known.resume));
    FileState& state = visit.state;
    if (file.size() == known.size && file.modified_ns() == known.modified_ns &&
        at_resume == known.at_resume)
        return visit;
    if (known.last) {
        Bytes header(BlockHeader::kSize);
        if (file.size() >= known.resume) {
            TRY(file.read(known.last->offset, header));
            key_.apply(header, known.last->offset);
        }
        if (hash_of(TRY(decode_header(header))) != known.last->hash) {
            visit.rewritten = true;
            return visit;
        }
    }
    BlkScan scan = TRY(scan_blk(ledger_, file.bytes(), key_, known.resume));
    visit.records = std::move(scan.records);
    state.size = file.size();
    state.modified_ns = file.modified_ns();
    state.resume = scan.resume;
    state.at_resume = TRY(probe(file, scan.resume));
    if (scan.last) state.last = scan.last;
    return visit;
}

/// Chooses the best chain that ends in a block that can be read. The node may be in the middle of
/// writing a file's last record: that one is not there yet.
Expected<void> FilesSource::choose_tip() {
    unfinished_.clear();
    std::optional<Error> why;
    while (chain_.select(unfinished_)) {
        const Height height(chain_.length() - 1);
        const HeaderChain::NodeId tip = chain_.at(height);
        if (tip == proven_tip_) break;
        const auto block = load(tip, height);
        if (block) proven_tip_ = tip;
        if (block || !may_be_unfinished(tip)) break;
        why = block.error();
        unfinished_.insert(tip);
    }
    if (chain_.length() == 0) return std::unexpected(why ? *why : no_genesis());
    return check_gaps();
}

bool FilesSource::may_be_unfinished(HeaderChain::NodeId node) const {
    const auto places = chain_.places(node);
    return std::all_of(places.begin(), places.end(), [this](const BlockPlace& place) {
        const auto file = files_.find(place.file);
        return file != files_.end() && place.offset + place.size >= file->second.resume;
    });
}

Error FilesSource::no_genesis() const {
    const std::string ledger(ledger_.name);
    if (chain_.empty()) {
        const auto& path = files_.begin()->second.path;
        std::string what = "no blocks of " + ledger + " in " + folder_;
        const auto file = BlkFile::open(path);
        if (file)
            what +=
                ": " + file_name(path) + " " + describe_strange_file(ledger_, file->bytes(), key_);
        return {ErrorCode::invalid, what};
    }
    for (const LedgerParams& other : all_ledgers())
        if (chain_.contains(genesis_hash(other)))
            return {ErrorCode::invalid, folder_ + " holds the blocks of " +
                                            std::string(other.name) + ", not of " + ledger};
    return {ErrorCode::not_found,
            "the blocks in " + folder_ + " do not begin with the genesis block of " + ledger +
                ": files are missing, or the node prunes its blocks; a node with all blocks is "
                "needed"};
}

/// A missing file would end the chain early without a word.
Expected<void> FilesSource::check_gaps() const {
    if (chain_.orphans() == 0) return {};
    BlkNumber next = 0;
    for (const auto& [number, state] : files_) {
        if (number >= kUnnumbered) break;
        if (number != next)
            return fail(ErrorCode::not_found,
                        "block files are missing in " + folder_ + " in front of " +
                            file_name(state.path) + ", and " + std::to_string(chain_.orphans()) +
                            " blocks cannot be connected: copy them from the node");
        next = number + 1;
    }
    return {};
}

Expected<SourceBlock> FilesSource::load(HeaderChain::NodeId node, Height height) const {
    std::optional<Error> first;
    for (const BlockPlace& place : chain_.places(node)) {
        auto block = load_from(place, chain_.hash(node));
        if (block)
            return SourceBlock{
                .height = height,
                .block = std::move(*block),
                .position = SourcePosition{.file = place.file, .offset = place.offset}};
        if (!first) first = block.error();
    }
    return with_context(std::move(*first), "block " + std::to_string(height.value));
}

Expected<Block> FilesSource::load_from(const BlockPlace& place, const BlockHash& hash) const {
    const std::string& path = files_.at(place.file).path;
    const BlkFile file = TRY(BlkFile::open(path));
    if (place.offset + place.size > file.size()) {
        rewritten_ = true;
        return fail(ErrorCode::io, path + " was cut by its node; start again");
    }
    Bytes raw(place.size);
    TRY(file.read(place.offset, raw));
    key_.apply(raw, place.offset);
    if (hash_of(TRY(decode_header(ByteView(raw).first(BlockHeader::kSize)))) != hash) {
        rewritten_ = true;
        return fail(ErrorCode::io, path + " no longer holds " + text(hash) + " at byte " +
                                       std::to_string(place.offset) +
                                       ": its node wrote it anew; start again");
    }
    auto block = decode_block(ledger_, std::move(raw));
    if (!block)
        return with_context(std::move(block).error(), text(hash) + " in " + path + " at byte " +
                                                          std::to_string(place.offset));
    return block;
}

}  // namespace wagetrail
