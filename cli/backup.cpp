#include "index/backup.h"

#include "index/disk_space.h"
#include "index/store.h"

#include "heuristics/question/open_ledger.h"
#include "heuristics/report/state.h"

#include "cli/commands.h"
#include "cli/home.h"
#include "cli/print.h"

#include <filesystem>

namespace wagetrail::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kBackupMemory = std::uint64_t{256} << 20U;

Expected<report::Manifest> copy_home(question::Home& home,
                                     const std::vector<LedgerId>& ledgers,
                                     const std::optional<lists::Registry>& registry,
                                     const std::string& dir,
                                     const std::stop_token& stop) {
    TRY(index::make_folder(fs::path(dir) / "ledgers"));
    report::Manifest manifest;
    for (const LedgerId ledger : ledgers) {
        const index::Database& database = *TRY(home.database(ledger));
        const auto view = TRY(index::LedgerView::open(database.pin(), ledger));
        TRY(index::copy_rows(view.reader(), index::database_path(dir, ledger), kBackupMemory,
                             stop));
        const index::BlockRow tip = TRY(view.block(view.as_of().height));
        manifest.as_of.push_back({view.as_of(), Time{tip.header.time}});
    }
    if (registry) TRY(registry->copy_to(question::registry_path(dir)));
    return manifest;
}

}  // namespace

Outcome run(const CommonOptions& common, const BackupOptions& options, std::stop_token stop) {
    question::Home home = home_of(common);
    const auto ledgers = home.ledgers();
    const auto registry = TRY(home.registry());
    if (ledgers.empty() && !registry)
        return std::unexpected(question::choose_ledger(home, common).error());
    std::error_code error;
    if (fs::exists(options.dir, error))
        return fail(ErrorCode::invalid, options.dir + " exists; name a folder that does not");
    const auto manifest = copy_home(home, ledgers, registry, options.dir, stop);
    if (!manifest) {
        // Half a copy would be taken for one, and would be in the way of the next try.
        fs::remove_all(options.dir, error);
        return std::unexpected(manifest.error());
    }
    TRY(print(common, report::backup_answer(*manifest, options.dir, registry.has_value())));
    return ExitCode::done;
}

}  // namespace wagetrail::cli
