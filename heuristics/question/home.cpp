#include "heuristics/question/home.h"

#include "index/open_reader.h"
#include "index/store.h"

#include <filesystem>

namespace wagetrail::question {
namespace {

namespace fs = std::filesystem;

}  // namespace

std::string registry_path(const std::string& home) {
    return home + "/registry.sqlite";
}

std::vector<LedgerId> Home::ledgers() const {
    std::vector<LedgerId> found;
    std::error_code ignored;
    for (const LedgerParams& ledger : all_ledgers())
        if (fs::exists(fs::path(index::database_path(folder_, ledger.id)) / "CURRENT", ignored))
            found.push_back(ledger.id);
    return found;
}

Expected<const index::Database*> Home::database(LedgerId ledger) {
    const std::scoped_lock lock(opening_);
    if (const auto open = databases_.find(ledger); open != databases_.end())
        return open->second.get();
    auto database =
        index::open_reader(index::database_path(folder_, ledger), ledger, cache_, scratch_);
    if (!database && database.error().code == ErrorCode::not_found)
        return fail(ErrorCode::not_found,
                    "ledger " + std::string(params(ledger).name) + " is not indexed in " + folder_ +
                        "; run wagetrail sync " + std::string(params(ledger).name) +
                        " --from files:DIR first, or use --home");
    return databases_.emplace(ledger, TRY(std::move(database))).first->second.get();
}

Expected<std::optional<lists::Registry>> Home::registry() const {
    auto registry = lists::Registry::open(registry_path(folder_), lists::Access::read);
    if (registry) return std::optional(*std::move(registry));
    if (registry.error().code == ErrorCode::not_found) return std::optional<lists::Registry>();
    return std::unexpected(std::move(registry).error());
}

Expected<lists::Registry> Home::existing_registry() const {
    auto at_hand = TRY(registry());
    if (at_hand) return *std::move(at_hand);
    return fail(ErrorCode::not_found,
                "no list was imported into " + folder_ +
                    "; run wagetrail lists import FILE --name NAME first, or use --home");
}

std::string Home::change_card(LedgerId ledger) const {
    return folder_ + "/cards/change-" + std::string(params(ledger).name) + ".json";
}

}  // namespace wagetrail::question
