// Addresses of real blocks that lists and labels name, found by their scripts and judged by the
// time of their block. The blocks are single ones, so value cannot be followed between them.
#include "chain/bitcoin/block.h"

#include "index/labels/label_store.h"
#include "index/labels/label_view.h"
#include "index/lists/list_view.h"

#include "tests/unit/index/lists/list_folder.h"
#include "tests/unit/shared_data.h"

#include <catch2/catch.hpp>

#include <map>
#include <set>

namespace wagetrail {
namespace {

struct Paid {
    Time time;
    Address address;
};

std::vector<Paid> paid_in(const std::filesystem::path& folder) {
    std::vector<Paid> all;
    for (const auto& file : files_in(folder, ".blk.xz")) {
        const auto block = decode_block(params(LedgerId::btc), file_bytes(file));
        if (!block) FAIL(file.string() + ": " + block.error().what);
        for (const Transaction& tx : block->transactions)
            for (const TxOut& output : tx.outputs)
                all.push_back(
                    {Time{block->header.time}, address_of_script(LedgerId::btc, output.script)});
    }
    return all;
}

void import_pack(lists::Registry& registry,
                 const lists::ListFolder& folder,
                 const std::filesystem::path& pack) {
    const std::string name = pack.filename().string().substr(0, pack.filename().string().find('.'));
    const auto file = folder.write(name + ".yaml", file_text(pack));
    const auto imported =
        labels::import_pack(registry, {.name = name, .file = file, .known_from = {}});
    if (!imported) FAIL(imported.error().what);
}

}  // namespace

TEST_CASE("real blocks: listed and labelled addresses are found and dated", "[heuristics][data]") {
    const auto blocks = shared_data("btc-mainnet-eras");
    const auto history = shared_data("sanctions/ofac-crypto-history.csv");
    const auto packs = shared_data("tagpacks");
    if (!blocks || !history || !packs) return;
    const lists::ListFolder folder;
    lists::Registry registry = folder.registry();
    (void)lists::imported(registry, {.list = "ofac-sdn", .file = *history, .known_from = {}});
    for (const char* const pack : {"ofac.yaml", "walletexplorer.yaml.xz"})
        import_pack(registry, folder, *packs / pack);
    const auto snapshots = registry.snapshots();
    REQUIRE(snapshots);
    const auto list = lists::ListView::load(registry, {.ledger = LedgerId::btc,
                                                       .lists = {},
                                                       .as_of = snapshots->back().published,
                                                       .known_at = snapshots->back().published});
    REQUIRE(list);
    const auto labels = labels::LabelView::load(registry, std::nullopt);
    REQUIRE(labels);

    std::set<std::string> labelled;
    std::map<std::string, std::set<lists::VerdictKind>> listed;
    std::set<Address> seen;
    for (const Paid& paid : paid_in(*blocks)) {
        if (!list->listings_of(paid.address).empty())
            listed[text(paid.address)].insert(list->verdict_of(paid.address, paid.time).kind);
        if (!seen.insert(paid.address).second || paid.address.kind == AddressKind::op_return)
            continue;
        const auto found = labels->of(paid.address);
        REQUIRE(found);
        if (!found->empty()) labelled.insert(text(paid.address));
    }
    // One that OFAC designated in November 2018 was paid in October 2014, in block 325000.
    REQUIRE(listed.contains("149w62rY42aZBox8fGcmqNsXUzSStKeq8C"));
    CHECK(listed["149w62rY42aZBox8fGcmqNsXUzSStKeq8C"] ==
          std::set{lists::VerdictKind::pre_designation});
    for (const auto& [address, verdicts] : listed) {
        CAPTURE(address);
        CHECK(verdicts == std::set{lists::VerdictKind::pre_designation});
    }
    CHECK(labelled.contains("149w62rY42aZBox8fGcmqNsXUzSStKeq8C"));
    CHECK(labelled.contains("14ChPPM8rPYJeHnw6kMVUDnNNKx1KnjYW4"));  // in walletexplorer's pack
    CHECK(labelled.contains("1NxaBCFQwejSZbQfWcYNwgqML5wWoE3rK4"));
}

}  // namespace wagetrail
