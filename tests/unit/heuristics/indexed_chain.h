// A chain of the chain builder in a real index, in a folder of its own that goes with it.
#pragma once

#include "index/store.h"
#include "index/view.h"

#include "tests/simulator/chain_builder.h"

#include <catch2/catch.hpp>
#include <stdlib.h>

#include <filesystem>
#include <memory>
#include <string>

namespace wagetrail {

class IndexedChain {
  public:
    static constexpr std::uint64_t kMemoryBytes = std::uint64_t{16} << 20U;

    explicit IndexedChain(LedgerId ledger, index::Derivation derivation) : ledger_(ledger) {
        std::string name =
            (std::filesystem::temp_directory_path() / "wagetrail-unit-XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        folder_ = name;
        auto store =
            index::Store::open(folder_ + "/index", ledger, std::move(derivation), kMemoryBytes);
        if (!store) FAIL(store.error().what);
        store_ = std::move(*store);
    }
    IndexedChain(const IndexedChain&) = delete;
    IndexedChain& operator=(const IndexedChain&) = delete;
    IndexedChain(IndexedChain&&) = delete;
    IndexedChain& operator=(IndexedChain&&) = delete;
    ~IndexedChain() {
        store_.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    void add(Height height, Block block) {
        const auto applied =
            store_->apply({.height = height, .block = std::move(block), .position = {}},
                          index::Durability::process_kill);
        if (!applied) FAIL(applied.error().what);
    }
    /// The blocks that the builder's branch has more than the index.
    void add_from(const simulator::ChainBuilder& chain) {
        std::uint32_t next = store_->tip() ? store_->tip()->height.value + 1 : 0;
        for (; next <= chain.height().value; ++next)
            add(Height(next), chain.block_at(Height(next)));
    }

    [[nodiscard]] index::Store& store() { return *store_; }
    [[nodiscard]] index::LedgerView view() const {
        auto view = index::LedgerView::open(store_->database().pin(), ledger_);
        if (!view) FAIL(view.error().what);
        return std::move(*view);
    }

  private:
    LedgerId ledger_;
    std::string folder_;
    std::unique_ptr<index::Store> store_;
};

}  // namespace wagetrail
