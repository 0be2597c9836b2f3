#include "index/labels/label_store.h"

#include "heuristics/report/label_answers.h"

#include "cli/commands.h"
#include "cli/home.h"
#include "cli/print.h"

#include <filesystem>

namespace wagetrail::cli {
namespace {

/// "walletexplorer" of "packs/walletexplorer.yaml".
std::string name_of_file(const std::string& file) {
    return std::filesystem::path(file).stem().string();
}

}  // namespace

Outcome run(const CommonOptions& common, const LabelsImportOptions& options, std::stop_token stop) {
    (void)stop;
    labels::PackImport request{
        .name = options.name.empty() ? name_of_file(options.file) : options.name,
        .file = options.file,
        .known_from = Time{common.now_seconds}};
    if (!options.known_from.empty()) request.known_from = TRY(parse_time(options.known_from));
    lists::Registry registry =
        TRY(lists::Registry::open(question::registry_path(common.home), lists::Access::write));
    TRY(print(common, report::pack_answer(TRY(labels::import_pack(registry, request)))));
    return ExitCode::done;
}

Outcome run(const CommonOptions& common, const LabelsLsOptions& options, std::stop_token stop) {
    (void)stop;
    const auto registry = TRY(home_of(common).registry());
    if (options.notes) {
        std::vector<labels::Note> notes;
        if (registry) notes = TRY(labels::notes(*registry));
        TRY(print(common, report::notes_answer(notes)));
        return ExitCode::done;
    }
    std::vector<labels::Pack> packs;
    if (registry) packs = TRY(labels::packs(*registry));
    TRY(print(common, report::packs_answer(packs)));
    return ExitCode::done;
}

Outcome run(const CommonOptions& common, const LabelsAddOptions& options, std::stop_token stop) {
    (void)stop;
    const labels::Category category = TRY(labels::category_named(options.category));
    lists::Registry registry =
        TRY(lists::Registry::open(question::registry_path(common.home), lists::Access::write));
    TRY(print(common,
              report::note_answer(TRY(labels::add_note(registry, {.address = options.address,
                                                                  .label = options.label,
                                                                  .category = category,
                                                                  .author = options.author,
                                                                  .reason = options.reason,
                                                                  .added = Time{common.now_seconds},
                                                                  .removed = std::nullopt})))));
    return ExitCode::done;
}

Outcome run(const CommonOptions& common, const LabelsRemoveOptions& options, std::stop_token stop) {
    (void)stop;
    lists::Registry registry =
        TRY(lists::Registry::open(question::registry_path(common.home), lists::Access::write));
    TRY(print(common, report::note_answer(TRY(labels::remove_note(registry, options.number,
                                                                  Time{common.now_seconds})))));
    return ExitCode::done;
}

Outcome run(const CommonOptions& common, const LabelsExportOptions& options, std::stop_token stop) {
    (void)stop;
    const auto registry = TRY(home_of(common).registry());
    if (!registry)
        return fail(ErrorCode::not_found,
                    "no pack was imported into " + common.home + "; run wagetrail labels import");
    TRY(print(common, report::export_answer(options.name,
                                            TRY(labels::load_pack(*registry, options.name)))));
    return ExitCode::done;
}

}  // namespace wagetrail::cli
