// blk*.dat files as a node writes them: magic, length, block.
#pragma once

#include "chain/ledger.h"

#include <filesystem>
#include <fstream>

namespace wagetrail::simulator {

class BlockFiles {
  public:
    static constexpr std::size_t kFileSizeMax = 16 * 1024 * 1024;

    /// The directory must exist. A new file is begun when a block would pass kFileSizeMax.
    BlockFiles(LedgerId ledger, std::filesystem::path directory)
        : ledger_(ledger), directory_(std::move(directory)) {}

    void append(ByteView block);
    /// io when any write failed.
    [[nodiscard]] Expected<void> close();
    [[nodiscard]] std::size_t count() const { return count_; }

  private:
    LedgerId ledger_;
    std::filesystem::path directory_;
    std::ofstream file_;
    std::size_t size_ = 0;
    std::size_t count_ = 0;
    bool failed_ = false;
};

}  // namespace wagetrail::simulator
