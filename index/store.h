// The only writer of an index. One block in or out at a time, each in one atomic batch that also
// moves the tip: whatever kills the process, the index is as of some block.
#pragma once

#include "chain/source/block_source.h"

#include "index/batch_writer.h"
#include "index/preparation.h"
#include "index/resolve.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace wagetrail::index {

/// The parts of connecting a block, in their order; `write` is the waiting for the block before.
enum class ApplyStage : std::uint8_t { resolve, extract, derive, write };

/// Folder of a ledger's database below the data directory.
[[nodiscard]] std::string database_path(const std::string& home, LedgerId ledger);

class Store {
  public:
    /// Opens or creates the index of a ledger. memory_bytes bounds everything it keeps in memory.
    /// Refused: another ledger's database, another format or rule version (with the command to
    /// rebuild), a database another process writes.
    [[nodiscard]] static Expected<std::unique_ptr<Store>> open(const std::string& path,
                                                               LedgerId ledger,
                                                               Derivation derivation,
                                                               std::uint64_t memory_bytes);

    /// Of the last block connected, whether or not it has reached the disk.
    [[nodiscard]] const std::optional<ChainTip>& tip() const { return tip_; }
    [[nodiscard]] Database& database() { return *database_; }
    [[nodiscard]] LedgerId ledger() const { return ledger_; }

    [[nodiscard]] const Derivation& derivation() const { return derivation_; }

    /// Connects the block that follows the tip. invalid when it does not follow it.
    [[nodiscard]] Expected<void> apply(SourceBlock source, Durability durability);
    /// The same for a block prepared by derivation(), and without waiting until it is written: that
    /// happens while the next one is worked out. An error may be the one of the block before, which
    /// then is not connected either: tip() says where the chain ends.
    [[nodiscard]] Expected<void> connect(PreparedBlock prepared, Durability durability);
    /// Waits until everything connected is written.
    [[nodiscard]] Expected<void> settle();
    /// Called whenever a stage of connect() has ended; for measurements.
    void observe(std::function<void(ApplyStage)> observer) { observer_ = std::move(observer); }
    /// Disconnects the tip: deletes every row of its block, found from the block's own columns.
    [[nodiscard]] Expected<void> revert();

  private:
    Store(std::unique_ptr<Database> database,
          LedgerId ledger,
          Derivation derivation,
          std::uint64_t table_bytes);
    [[nodiscard]] Expected<void> identify();
    [[nodiscard]] Expected<void> load_tip();
    [[nodiscard]] Expected<void> check_follows(const SourceBlock& source) const;
    void ended(ApplyStage stage) const {
        if (observer_) observer_(stage);
    }

    std::unique_ptr<Database> database_;
    LedgerId ledger_;
    Derivation derivation_;
    Resolver resolver_;
    BatchWriter writer_;
    std::optional<ChainTip> tip_;
    NextIds next_;
    std::function<void(ApplyStage)> observer_;
};

}  // namespace wagetrail::index
