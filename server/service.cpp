#include "server/service.h"

#include "index/store.h"

#include <filesystem>
#include <set>

namespace wagetrail::server {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kDesksMax = 4;  // of a worker

void describe(const fs::path& file, std::set<std::string>& state) {
    std::error_code error;
    const auto size = fs::file_size(file, error);
    if (error) return;
    const auto changed = fs::last_write_time(file, error).time_since_epoch().count();
    state.insert(file.filename().string() + " " + std::to_string(size) + " " +
                 std::to_string(changed));
}

std::string joined(const std::set<std::string>& state) {
    std::string all;
    for (const std::string& line : state) all += line + "\n";
    return all;
}

/// Changes when somebody imported something.
std::string lists_state_of(const question::Home& home) {
    std::set<std::string> state;
    const std::string registry = question::registry_path(home.folder());
    for (const char* const part : {"", "-wal"}) describe(registry + part, state);
    return joined(state);
}

/// Changes when a writer stored something.
std::string state_of(const question::Home& home) {
    std::set<std::string> state{lists_state_of(home)};
    for (const LedgerId ledger : home.ledgers()) {
        std::error_code ignored;
        for (const auto& file :
             fs::directory_iterator(index::database_path(home.folder(), ledger), ignored))
            describe(file.path(), state);
    }
    return joined(state);
}

}  // namespace

Service::Service(std::string folder,
                 std::string scratch,
                 std::size_t workers,
                 std::uint64_t cache_bytes,
                 Now now)
    : folder_(std::move(folder)),
      scratch_(std::move(scratch)),
      cache_(cache_bytes),
      now_(std::move(now)),
      current_(std::make_shared<Generation>(folder_, scratch_, cache_)) {
    for (std::size_t i = 0; i < workers; ++i) workers_.emplace_back();
    current_->state = state_of(current_->home);
    open_lists(*current_, nullptr);
}

/// Those of the generation before, when nothing was imported since.
void Service::open_lists(Generation& generation, const Generation* before) const {
    generation.lists_state = lists_state_of(generation.home);
    if (before != nullptr && before->lists && before->lists_state == generation.lists_state) {
        generation.lists = before->lists;
        return;
    }
    const auto registry = generation.home.registry();
    if (!registry || !*registry) return;
    auto view = lists::TextView::load(**registry, {.as_of = now_(), .known_at = now_()});
    if (view) generation.lists = std::make_shared<const lists::TextView>(*std::move(view));
}

std::shared_ptr<Generation> Service::now() const {
    const std::scoped_lock lock(mutex_);
    return current_;
}

void Service::refresh() {
    const std::shared_ptr<Generation> before = now();
    std::string state = state_of(before->home);
    if (state == before->state) return;
    auto next = std::make_shared<Generation>(folder_, scratch_, cache_);
    next->state = std::move(state);
    open_lists(*next, before.get());
    // Opened here, so that no question waits for it. What cannot be opened says so when asked.
    for (const LedgerId ledger : next->home.ledgers()) (void)next->home.database(ledger);
    {
        const std::scoped_lock lock(mutex_);
        current_ = next;
    }
    // An idle worker would hold the files of an old index for ever; a busy one lets go by itself.
    for (Worker& worker : workers_) {
        const std::unique_lock lock(worker.mutex, std::try_to_lock);
        if (!lock.owns_lock()) continue;
        worker.desks.clear();
        worker.generation.reset();
    }
}

/// It shows what others import, so it need not be opened anew for a generation.
Expected<const lists::Registry*> Service::registry(std::size_t worker) {
    std::optional<lists::Registry>& own = workers_.at(worker).registry;
    if (!own) own = TRY(now()->home.existing_registry());
    return &*own;
}

Expected<Service::Lease> Service::desk(std::size_t worker,
                                       const std::shared_ptr<Generation>& generation,
                                       const DeskRequest& request) {
    Worker& own = workers_.at(worker);
    std::unique_lock lock(own.mutex);
    if (own.generation != generation) {
        own.desks.clear();  // before the home that they borrow from
        own.generation = generation;
    }
    for (auto kept = own.desks.begin(); kept != own.desks.end(); ++kept) {
        if (kept->request != request) continue;
        own.desks.splice(own.desks.begin(), own.desks, kept);
        return Lease{std::move(lock), &own.desks.front().desk};
    }
    auto desk =
        TRY(question::ExposureDesk::open(own.generation->home, request.pins, request.ledger,
                                         request.options, question::NamedFiles::sealed({})));
    own.desks.push_front({request, std::move(desk)});
    if (own.desks.size() > kDesksMax) own.desks.pop_back();
    return Lease{std::move(lock), &own.desks.front().desk};
}

}  // namespace wagetrail::server
