// The data directory: a folder with an index per ledger, the registry of lists, labels and prices,
// and error cards. It opens each index once; questions borrow from it and must not outlive it.
//
// What it shows of a ledger is of the moment when it was first asked for: a reader does not follow
// the process that writes. Make a new Home to see more. Thread-safe.
#pragma once

#include "chain/ledger.h"

#include "index/database.h"
#include "index/lists/registry.h"
#include "index/read_cache.h"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace wagetrail::question {

[[nodiscard]] std::string registry_path(const std::string& home);

class Home {
  public:
    /// scratch: folder for what a reader of RocksDB has to write. Nothing is opened yet.
    Home(std::string folder, std::string scratch)
        : Home(std::move(folder), std::move(scratch), index::ReadCache(kReadMemory)) {}
    /// Homes that share a cache need not read again what one of them has read.
    Home(std::string folder, std::string scratch, index::ReadCache cache)
        : folder_(std::move(folder)), scratch_(std::move(scratch)), cache_(std::move(cache)) {}

    [[nodiscard]] const std::string& folder() const { return folder_; }
    /// Ledgers that have an index, in table order.
    [[nodiscard]] std::vector<LedgerId> ledgers() const;
    /// not_found, with the command to run: the ledger is not indexed.
    [[nodiscard]] Expected<const index::Database*> database(LedgerId ledger);

    /// nullopt: no list, label or price was ever imported. Each call opens it anew, as a registry
    /// is of one thread.
    [[nodiscard]] Expected<std::optional<lists::Registry>> registry() const;
    /// The same, not_found with the command to run.
    [[nodiscard]] Expected<lists::Registry> existing_registry() const;

    /// Where `calibrate` leaves a ledger's error card and level L2 looks for it.
    [[nodiscard]] std::string change_card(LedgerId ledger) const;

  private:
    static constexpr std::uint64_t kReadMemory = std::uint64_t{256} << 20U;

    std::string folder_;
    std::string scratch_;
    index::ReadCache cache_;
    std::mutex opening_;
    std::map<LedgerId, std::unique_ptr<index::Database>> databases_;
};

}  // namespace wagetrail::question
