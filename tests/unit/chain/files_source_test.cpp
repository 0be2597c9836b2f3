#include "chain/source/files_source.h"

#include "tests/unit/chain/test_blocks.h"

#include <catch2/catch.hpp>

#include <algorithm>

namespace wagetrail {
namespace {

constexpr BlkKey kKey{.value = {0x8D, 0xFE, 0xC9, 0x8D, 0xD8, 0x71, 0xB7, 0xB8}};

std::unique_ptr<FilesSource> opened(const TempFolder& folder) {
    auto source = FilesSource::open(regtest(), folder.path());
    if (!source) FAIL(source.error().what);
    return std::move(*source);
}

Error refusal(const TempFolder& folder, const LedgerParams& ledger = regtest()) {
    auto source = FilesSource::open(ledger, folder.path());
    REQUIRE_FALSE(source.has_value());
    return source.error();
}

BlockHash tip_hash(FilesSource& source) {
    const auto tip = source.tip();
    if (!tip) FAIL(tip.error().what);
    return tip->hash;
}

std::optional<BlockHash> hash_at(FilesSource& source, std::uint32_t height) {
    const auto hash = source.hash_at(Height(height));
    REQUIRE(hash.has_value());
    return *hash;
}

std::vector<Bytes> read_raw(FilesSource& source, std::uint32_t from, std::uint32_t to) {
    std::vector<Bytes> blocks;
    const auto done =
        source.read(Height(from), Height(to), {}, [&](const SourceBlock& block) -> Expected<void> {
            REQUIRE(block.height == Height(static_cast<std::uint32_t>(from + blocks.size())));
            blocks.push_back(block.block.raw);
            return {};
        });
    if (!done) FAIL(done.error().what);
    return blocks;
}

/// Genesis and so many blocks on it.
std::vector<Bytes> whole_chain(std::size_t count, std::uint32_t salt = 0) {
    std::vector<Bytes> blocks = chain_on(regtest_genesis(), count, salt);
    blocks.insert(blocks.begin(), regtest_genesis());
    return blocks;
}

Bytes joined(std::initializer_list<Bytes> parts) {
    Bytes all;
    for (const Bytes& part : parts) append(all, part);
    return all;
}

}  // namespace

TEST_CASE("files: a chain in one file is read in height order", "[chain][source]") {
    const TempFolder folder;
    const auto blocks = whole_chain(150);
    folder.write("blk00000.dat", records_of(blocks));
    const auto source = opened(folder);
    REQUIRE(source->name() == "files:" + folder.path());
    const auto tip = source->tip();
    REQUIRE(tip.has_value());
    REQUIRE(tip->height == Height(150));
    REQUIRE(tip->hash == hash_of_raw(blocks.back()));
    REQUIRE(hash_at(*source, 0) == genesis_hash(regtest()));
    REQUIRE(hash_at(*source, 77) == hash_of_raw(blocks[77]));
    REQUIRE(hash_at(*source, 151) == std::nullopt);
    REQUIRE(read_raw(*source, 0, 150) == blocks);
    REQUIRE(read_raw(*source, 42, 42) == std::vector<Bytes>{blocks[42]});
}

TEST_CASE("files: records stand in any order over any number of files", "[chain][source]") {
    const TempFolder folder;
    auto blocks = whole_chain(60);
    const auto expected = blocks;
    std::reverse(blocks.begin(), blocks.end());
    for (std::size_t i = 0; i < blocks.size(); i += 10)
        folder.write("blk0000" + std::to_string(i / 10) + ".dat",
                     records_of({blocks.begin() + static_cast<std::ptrdiff_t>(i),
                                 blocks.begin() + static_cast<std::ptrdiff_t>(
                                                      std::min(i + 10, blocks.size()))}));
    folder.write("rev00000.dat", Bytes(100, 1));
    REQUIRE(read_raw(*opened(folder), 0, 60) == expected);
}

TEST_CASE("files: positions name the file and the offset of the raw block", "[chain][source]") {
    const TempFolder folder;
    const auto blocks = whole_chain(3);
    folder.write("blk00000.dat", records_of({blocks[0], blocks[1]}));
    folder.write("blk00007.dat", records_of({blocks[3], blocks[2]}));
    const auto source = opened(folder);
    std::vector<std::pair<std::uint32_t, std::uint64_t>> positions;
    REQUIRE(source->read(Height(0), Height(3), {}, [&](const SourceBlock& block) -> Expected<void> {
        REQUIRE(block.position.has_value());
        positions.emplace_back(block.position->file, block.position->offset);
        return {};
    }));
    const std::uint64_t second = 8 + blocks[0].size() + 8;
    const std::uint64_t third = 8 + blocks[3].size() + 8;
    REQUIRE(positions == std::vector<std::pair<std::uint32_t, std::uint64_t>>{
                             {0, 8}, {0, second}, {7, third}, {7, 8}});
}

TEST_CASE("files: a folder may hold one file of another name", "[chain][source]") {
    const TempFolder folder;
    const auto blocks = whole_chain(3);
    folder.write("blk-first-blocks.dat", records_of(blocks));
    REQUIRE(read_raw(*opened(folder), 0, 3) == blocks);
}

TEST_CASE("files: the key of xor.dat is applied by file offset", "[chain][source]") {
    const TempFolder folder;
    const auto blocks = whole_chain(20);
    folder.write("xor.dat", kKey.value);
    folder.write_masked("blk00000.dat", records_of({blocks.begin(), blocks.begin() + 9}), kKey);
    folder.write_masked("blk00001.dat", records_of({blocks.begin() + 9, blocks.end()}), kKey);
    REQUIRE(read_raw(*opened(folder), 0, 20) == blocks);
}

TEST_CASE("files: zeros allocated ahead are no records, masked or not", "[chain][source]") {
    const auto blocks = whole_chain(4);
    const Bytes zeros(3000, 0);
    const TempFolder folder;
    folder.write("xor.dat", kKey.value);
    SECTION("masked") {
        folder.write_masked("blk00000.dat", joined({records_of(blocks), zeros}), kKey);
    }
    SECTION("raw") {
        Bytes file = records_of(blocks);
        kKey.apply(file, 0);
        folder.write("blk00000.dat", joined({file, zeros}));
    }
    REQUIRE(read_raw(*opened(folder), 0, 4) == blocks);
}

TEST_CASE("files: a record cut by the end of its file is not there yet", "[chain][source]") {
    const TempFolder folder;
    const auto blocks = whole_chain(5);
    const Bytes whole = records_of(blocks);
    const std::size_t before_last = whole.size() - 8 - blocks.back().size();
    for (std::size_t cut = before_last; cut < whole.size(); cut += 7) {
        CAPTURE(cut);
        folder.write("blk00000.dat", ByteView(whole).first(cut));
        const auto source = opened(folder);
        REQUIRE(tip_hash(*source) == hash_of_raw(blocks[4]));
        folder.write("blk00000.dat", whole);
        REQUIRE(tip_hash(*source) == hash_of_raw(blocks[5]));
        REQUIRE(read_raw(*source, 0, 5) == blocks);
    }
}

TEST_CASE("files: a record cut within allocated space is not there yet", "[chain][source]") {
    const TempFolder folder;
    const auto blocks = whole_chain(5);
    const Bytes whole = joined({records_of(blocks), Bytes(500, 0)});
    const std::size_t end = whole.size() - 500;
    // The last four bytes of a block are zeros by themselves (its lock time).
    for (std::size_t cut = end - 8 - blocks.back().size(); cut < end - 4; cut += 3) {
        CAPTURE(cut);
        Bytes torn = whole;
        std::fill(torn.begin() + static_cast<std::ptrdiff_t>(cut), torn.end(), std::uint8_t{0});
        folder.write("blk00000.dat", torn);
        const auto source = opened(folder);
        REQUIRE(tip_hash(*source) == hash_of_raw(blocks[4]));
        folder.write("blk00000.dat", whole);
        REQUIRE(tip_hash(*source) == hash_of_raw(blocks[5]));
        REQUIRE(read_raw(*source, 0, 5) == blocks);
    }
}

TEST_CASE("files: the rest of an overwritten record is passed over", "[chain][source]") {
    const TempFolder folder;
    const auto blocks = whole_chain(6);
    const Bytes longer = child_of(blocks[2], {.salt = 9, .script_bytes = 200});
    const Bytes rest(longer.end() - 90, longer.end());
    Bytes decoy = joined({record_of(longer), record_of(longer)});
    SECTION("before another record") {
        decoy.clear();
    }
    SECTION("with a magic and a size that is too large") {
        decoy.resize(8);
        decoy[7] = 0x7F;
    }
    SECTION("with a magic and a size but an empty header") {
        decoy = record_of(Bytes(100, 0));
    }
    SECTION("with half a record in it") {
        decoy.resize(70);
    }
    folder.write("blk00000.dat",
                 joined({records_of({blocks.begin(), blocks.begin() + 4}), rest, decoy,
                         records_of({blocks.begin() + 4, blocks.end()}), rest, Bytes(50, 0)}));
    folder.write("blk00001.dat", joined({rest, Bytes(10, 0)}));
    REQUIRE(read_raw(*opened(folder), 0, 6) == blocks);
}

TEST_CASE("files: many magics in garbage do not slow the search down", "[chain][source]") {
    const TempFolder folder;
    const auto blocks = whole_chain(2);
    Bytes magics;
    for (int i = 0; i < 500'000; ++i) append(magics, regtest().magic);
    folder.write("blk00000.dat",
                 joined({records_of({blocks[0], blocks[1]}), magics, record_of(blocks[2])}));
    REQUIRE(read_raw(*opened(folder), 0, 2) == blocks);
}

TEST_CASE("files: the chain with the most work wins, not the longest", "[chain][source]") {
    const TempFolder folder;
    const auto trunk = whole_chain(3);
    const auto longer = chain_on(trunk.back(), 5, 1);
    const Bytes harder = child_of(trunk.back(), {.salt = 2, .bits = 0x1F00FFFF});
    folder.write("blk00000.dat", joined({records_of(trunk), records_of(longer)}));
    const auto source = opened(folder);
    REQUIRE(tip_hash(*source) == hash_of_raw(longer.back()));
    folder.write("blk00001.dat", record_of(harder));
    REQUIRE(tip_hash(*source) == hash_of_raw(harder));
    REQUIRE(hash_at(*source, 5) == std::nullopt);
    REQUIRE(read_raw(*source, 4, 4) == std::vector<Bytes>{harder});
}

TEST_CASE("files: of equal chains the one stored first is kept", "[chain][source]") {
    const TempFolder folder;
    const auto trunk = whole_chain(2);
    const auto a = chain_on(trunk.back(), 2, 1);
    const auto b = chain_on(trunk.back(), 2, 2);
    // b's tip is stored first, but cannot be connected before its parent is.
    folder.write("blk00000.dat", joined({record_of(b[1]), records_of(trunk), records_of(a)}));
    const auto source = opened(folder);
    REQUIRE(tip_hash(*source) == hash_of_raw(a[1]));
    folder.write("blk00001.dat", record_of(b[0]));
    REQUIRE(tip_hash(*source) == hash_of_raw(b[1]));
    REQUIRE(tip_hash(*opened(folder)) == hash_of_raw(b[1]));
}

TEST_CASE("files: following finds new blocks, new files and reorgs", "[chain][source]") {
    const TempFolder folder;
    const auto trunk = whole_chain(10);
    const auto stale = chain_on(trunk.back(), 2, 1);
    const auto better = chain_on(trunk.back(), 3, 2);
    Bytes file = records_of(trunk);
    folder.write("blk00000.dat", joined({file, Bytes(5000, 0)}));
    const auto source = opened(folder);
    REQUIRE(tip_hash(*source) == hash_of_raw(trunk.back()));
    REQUIRE(tip_hash(*source) == hash_of_raw(trunk.back()));

    append(file, records_of(stale));  // within the size the file has already
    folder.write("blk00000.dat", joined({file, Bytes(5000 - records_of(stale).size(), 0)}));
    REQUIRE(tip_hash(*source) == hash_of_raw(stale.back()));
    REQUIRE(hash_at(*source, 12) == hash_of_raw(stale[1]));

    folder.write("blk00001.dat", records_of(better));
    const auto tip = source->tip();
    REQUIRE(tip.has_value());
    REQUIRE(tip->height == Height(13));
    REQUIRE(tip->hash == hash_of_raw(better.back()));
    REQUIRE(hash_at(*source, 12) == hash_of_raw(better[1]));
    REQUIRE(hash_at(*source, 10) == hash_of_raw(trunk[10]));
    REQUIRE(read_raw(*source, 11, 13) == better);
}

TEST_CASE("files: a file that its node wrote anew is scanned anew", "[chain][source]") {
    const TempFolder folder;
    const auto trunk = whole_chain(4);
    const auto lost = chain_on(trunk.back(), 1, 1);
    const auto kept = chain_on(trunk.back(), 3, 2);
    folder.write("blk00000.dat", joined({records_of(trunk), records_of(lost)}));
    const auto source = opened(folder);
    REQUIRE(tip_hash(*source) == hash_of_raw(lost.back()));
    SECTION("noticed by tip") {}
    SECTION("noticed by reading") {
        folder.write("blk00000.dat", joined({records_of(trunk), records_of(kept)}));
        const auto read = source->read(Height(5), Height(5), {},
                                       [](const SourceBlock&) -> Expected<void> { return {}; });
        REQUIRE_FALSE(read.has_value());
        REQUIRE(read.error().code == ErrorCode::io);
        REQUIRE_THAT(read.error().what, Catch::Contains("wrote it anew"));
    }
    SECTION("noticed by its size") {
        folder.write("blk00000.dat", records_of(trunk));
    }
    folder.write("blk00000.dat", joined({records_of(trunk), records_of(kept)}));
    REQUIRE(tip_hash(*source) == hash_of_raw(kept.back()));
    REQUIRE(read_raw(*source, 5, 7) == kept);
}

TEST_CASE("files: a damaged block is read from its other copy", "[chain][source]") {
    const TempFolder folder;
    const auto blocks = whole_chain(4);
    Bytes damaged = blocks[2];
    damaged[100] ^= 1U;
    folder.write("blk00000.dat", joined({records_of({blocks[0], blocks[1]}), record_of(damaged)}));
    folder.write("blk00001.dat", records_of({blocks[2], blocks[2], blocks[3], blocks[4]}));
    REQUIRE(read_raw(*opened(folder), 0, 4) == blocks);
}

TEST_CASE("files: a damaged block of the best chain is named by file and offset",
          "[chain][source]") {
    const TempFolder folder;
    auto blocks = whole_chain(4);
    blocks[2][100] ^= 1U;
    folder.write("blk00000.dat", records_of({blocks[0], blocks[1]}));
    folder.write("blk00001.dat", records_of({blocks[3], blocks[2], blocks[4]}));
    const auto source = opened(folder);
    REQUIRE(source->tip()->height == Height(4));
    std::uint32_t delivered = 0;
    const auto read =
        source->read(Height(0), Height(4), {}, [&](const SourceBlock&) -> Expected<void> {
            ++delivered;
            return {};
        });
    REQUIRE_FALSE(read.has_value());
    REQUIRE(delivered == 0);  // one part holds all of them
    REQUIRE(read.error().code == ErrorCode::corrupt);
    const std::uint64_t offset = 8 + blocks[3].size() + 8;
    REQUIRE_THAT(read.error().what,
                 Catch::Contains("block 2: ") &&
                     Catch::Contains("blk00001.dat at byte " + std::to_string(offset)));
}

TEST_CASE("files: blocks without their parents wait for them", "[chain][source]") {
    const TempFolder folder;
    const auto blocks = whole_chain(6);
    folder.write("blk00000.dat", records_of({blocks[0], blocks[1]}));
    folder.write("blk00001.dat", records_of({blocks[4], blocks[6], blocks[5]}));
    const auto source = opened(folder);
    REQUIRE(tip_hash(*source) == hash_of_raw(blocks[1]));
    folder.write("blk00002.dat", records_of({blocks[3], blocks[2]}));
    REQUIRE(tip_hash(*source) == hash_of_raw(blocks[6]));
}

TEST_CASE("files: a missing file is named when blocks behind it hang loose", "[chain][source]") {
    const TempFolder folder;
    const auto blocks = whole_chain(6);
    folder.write("blk00000.dat", records_of({blocks[0], blocks[1]}));
    folder.write("blk00002.dat", records_of({blocks[4], blocks[5]}));
    const Error error = refusal(folder);
    REQUIRE(error.code == ErrorCode::not_found);
    REQUIRE_THAT(error.what,
                 Catch::Contains("in front of blk00002.dat") && Catch::Contains("2 blocks"));
    folder.write("blk00002.dat", records_of({blocks[2], blocks[3]}));
    REQUIRE(tip_hash(*opened(folder)) == hash_of_raw(blocks[3]));
}

TEST_CASE("files: what is not there is said", "[chain][source]") {
    const TempFolder folder;
    SECTION("no folder") {
        auto source = FilesSource::open(regtest(), folder.path() + "/nowhere");
        REQUIRE(source.error().code == ErrorCode::invalid);
        REQUIRE_THAT(source.error().what, Catch::Contains("there is no folder"));
    }
    SECTION("no blk files") {
        folder.write("rev00000.dat", Bytes(10, 0));
        REQUIRE(refusal(folder).code == ErrorCode::invalid);
        REQUIRE_THAT(refusal(folder).what, Catch::Contains("no blk*.dat files"));
    }
    SECTION("the folder above was given") {
        folder.write("blocks/blk00000.dat", records_of(whole_chain(1)));
        REQUIRE_THAT(refusal(folder).what,
                     Catch::Contains("use files:" + folder.path() + "/blocks"));
    }
    SECTION("no genesis block") {
        const auto blocks = whole_chain(3);
        folder.write("blk00000.dat", records_of({blocks[1], blocks[2]}));
        REQUIRE(refusal(folder).code == ErrorCode::not_found);
        REQUIRE_THAT(refusal(folder).what, Catch::Contains("genesis block of btc-regtest"));
    }
    SECTION("only an empty file") {
        folder.write("blk00000.dat", Bytes());
        REQUIRE_THAT(refusal(folder).what, Catch::Contains("blk00000.dat is empty"));
    }
    SECTION("only zeros") {
        folder.write("blk00000.dat", Bytes(100, 0));
        REQUIRE_THAT(refusal(folder).what, Catch::Contains("begins with zeros"));
    }
    SECTION("xor.dat of another size") {
        folder.write("blk00000.dat", records_of(whole_chain(1)));
        folder.write("xor.dat", Bytes(7, 1));
        REQUIRE(refusal(folder).code == ErrorCode::corrupt);
        REQUIRE_THAT(refusal(folder).what, Catch::Contains("7 bytes"));
    }
    SECTION("xor.dat was left behind") {
        folder.write_masked("blk00000.dat", records_of(whole_chain(1)), kKey);
        REQUIRE_THAT(refusal(folder).what, Catch::Contains("copy xor.dat along"));
    }
}

TEST_CASE("files: blocks of another network are named", "[chain][source]") {
    const TempFolder folder;
    SECTION("by their magic") {
        folder.write("blk00000.dat", record_of(regtest_genesis(), params(LedgerId::ltc)));
        REQUIRE_THAT(refusal(folder).what,
                     Catch::Contains("holds blocks of ltc, not of btc-regtest"));
    }
    SECTION("by their genesis block where the magic is the same") {
        folder.write("blk00000.dat", records_of(whole_chain(2)));
        const Error error = refusal(folder, params(LedgerId::ltc_regtest));
        REQUIRE(error.code == ErrorCode::invalid);
        REQUIRE_THAT(error.what, Catch::Contains("blocks of btc-regtest, not of ltc-regtest"));
    }
}

TEST_CASE("files: reading stops with the sink's error, on request and above the tip",
          "[chain][source]") {
    const TempFolder folder;
    folder.write("blk00000.dat", records_of(whole_chain(200)));
    const auto source = opened(folder);
    std::uint32_t delivered = 0;
    const auto failing = [&](const SourceBlock&) -> Expected<void> {
        if (++delivered == 70) return fail(ErrorCode::limit, "enough");
        return {};
    };
    REQUIRE(source->read(Height(0), Height(200), {}, failing).error() ==
            Error{ErrorCode::limit, "enough"});
    REQUIRE(delivered == 70);

    std::stop_source stop;
    const auto stopping = [&](const SourceBlock& block) -> Expected<void> {
        if (block.height == Height(99)) stop.request_stop();
        REQUIRE(block.height <= Height(99));
        return {};
    };
    REQUIRE(source->read(Height(0), Height(200), stop.get_token(), stopping).error().code ==
            ErrorCode::cancelled);
    REQUIRE(source->read(Height(0), Height(201), {}, failing).error().code == ErrorCode::invalid);
}

TEST_CASE("files: a file that vanished after the scan is an error of reading", "[chain][source]") {
    const TempFolder folder;
    const auto blocks = whole_chain(4);
    folder.write("blk00000.dat", records_of({blocks[0], blocks[1]}));
    folder.write("blk00001.dat", records_of({blocks[2], blocks[3], blocks[4]}));
    const auto source = opened(folder);
    folder.remove("blk00000.dat");
    const auto read = source->read(Height(1), Height(1), {},
                                   [](const SourceBlock&) -> Expected<void> { return {}; });
    REQUIRE(read.error().code == ErrorCode::io);
    REQUIRE_THAT(read.error().what, Catch::Contains("blk00000.dat"));
}

}  // namespace wagetrail
