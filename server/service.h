// What the routes answer from. A home shows each index as of one moment; when a sync or an import
// changed what is on the disk, the next generation of the home takes its place, and questions that
// run finish on the old one.
//
// A desk for exposures takes a while to open (it finds every listed and labelled address), so each
// worker keeps its own, opened once per generation and set of options.
#pragma once

#include "index/lists/text_view.h"

#include "heuristics/question/exposure_question.h"
#include "heuristics/question/home.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace wagetrail::server {

using Now = std::function<Time()>;  // for what depends on the clock

struct Generation {
    Generation(const std::string& folder, const std::string& scratch, const index::ReadCache& cache)
        : home(folder, scratch, cache) {}

    question::Home home;
    std::string state;  // of the files, when it was opened
    std::string lists_state;
    /// What the lists said at that moment; none: there is no registry, or it cannot be read.
    std::shared_ptr<const lists::TextView> lists = {};
};

class Service {
  public:
    /// workers: those of the pool.
    Service(std::string folder,
            std::string scratch,
            std::size_t workers,
            std::uint64_t cache_bytes,
            Now now);

    /// Any thread. Whoever answers holds it until the answer is made.
    [[nodiscard]] std::shared_ptr<Generation> now() const;
    /// Looks at the disk; opens the next generation where something changed. One thread at a time.
    void refresh();

    struct DeskRequest {
        question::Pins pins;
        LedgerId ledger = LedgerId::btc;
        question::ExposureOptions options;
        friend bool operator==(const DeskRequest&, const DeskRequest&) = default;
    };
    /// A desk, locked while it is in use.
    struct Lease {
        std::unique_lock<std::mutex> lock;
        question::ExposureDesk* desk = nullptr;
    };
    /// Of the worker that calls.
    [[nodiscard]] Expected<Lease> desk(std::size_t worker,
                                       const std::shared_ptr<Generation>& generation,
                                       const DeskRequest& request);

    /// Of the worker that calls: kept open, as opening one costs more than asking it.
    [[nodiscard]] Expected<const lists::Registry*> registry(std::size_t worker);

  private:
    void open_lists(Generation& generation, const Generation* before) const;

    struct KeptDesk {
        DeskRequest request;
        question::ExposureDesk desk;
    };
    struct Worker {
        std::mutex mutex;  // held by its thread, and by refresh() to let go of what is old
        std::shared_ptr<Generation> generation;
        std::list<KeptDesk> desks;  // the one used last first
        std::optional<lists::Registry> registry;
    };

    std::string folder_;
    std::string scratch_;
    index::ReadCache cache_;  // of all generations
    Now now_;
    mutable std::mutex mutex_;  // of current_
    std::shared_ptr<Generation> current_;
    std::deque<Worker> workers_;  // each of its thread; they stay where they are
};

}  // namespace wagetrail::server
