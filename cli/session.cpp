#include "cli/session.h"

#include "chain/base/number.h"

#include "index/open_reader.h"
#include "index/store.h"

#include <filesystem>

namespace wagetrail::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kReadMemory = std::uint64_t{256} << 20U;
constexpr std::int64_t kLastSecondOfDay = 24 * 3600 - 1;

std::string names_of(const std::vector<LedgerId>& ledgers) {
    std::string names;
    for (const LedgerId ledger : ledgers)
        names += (names.empty() ? "" : ", ") + std::string(params(ledger).name);
    return names;
}

std::unexpected<Error> nothing_indexed(const std::string& home) {
    std::error_code ignored;
    if (fs::exists(home, ignored) && !fs::is_directory(home, ignored))
        return fail(ErrorCode::invalid, home +
                                            " is no directory; --home names the one with the "
                                            "ledgers, as wagetrail sync made it");
    return fail(ErrorCode::not_found,
                "no ledger is indexed in " + home +
                    "; run wagetrail sync <ledger> --from files:DIR first, or use --home");
}

struct AsOfChoice {
    std::optional<Height> height;
    std::optional<Time> moment;
};

Expected<AsOfChoice> parse_as_of(const std::string& text) {
    if (text.empty()) return AsOfChoice{};
    const auto height = parse_number(text);
    if (height && *height <= 0xFFFFFFFF)
        return AsOfChoice{Height(static_cast<std::uint32_t>(*height)), std::nullopt};
    return AsOfChoice{std::nullopt, TRY(parse_moment(text))};
}

}  // namespace

std::vector<LedgerId> indexed_ledgers(const std::string& home) {
    std::vector<LedgerId> found;
    std::error_code ignored;
    for (const LedgerParams& ledger : all_ledgers())
        if (fs::exists(fs::path(index::database_path(home, ledger.id)) / "CURRENT", ignored))
            found.push_back(ledger.id);
    return found;
}

Expected<LedgerId> choose_ledger(const CommonOptions& common) {
    if (!common.ledger.empty()) return parse_ledger(common.ledger);
    const auto found = indexed_ledgers(common.home);
    if (found.empty()) return nothing_indexed(common.home);
    if (found.size() > 1)
        return fail(ErrorCode::invalid, "several ledgers are indexed (" + names_of(found) +
                                            "); say which with --ledger");
    return found.front();
}

Expected<Address> choose_address(const CommonOptions& common, std::string_view text) {
    if (!common.ledger.empty()) return parse_address(TRY(parse_ledger(common.ledger)), text);
    const auto indexed = indexed_ledgers(common.home);
    if (indexed.empty()) return nothing_indexed(common.home);
    std::vector<Address> readings;
    std::vector<LedgerId> ledgers;
    for (Address& address : recognise_address(text)) {
        if (std::find(indexed.begin(), indexed.end(), address.ledger) == indexed.end()) continue;
        ledgers.push_back(address.ledger);
        readings.push_back(std::move(address));
    }
    if (readings.size() == 1) return std::move(readings.front());
    if (readings.size() > 1)
        return fail(ErrorCode::invalid, "the address is one of several indexed ledgers (" +
                                            names_of(ledgers) + "); say which with --ledger");
    // No reading: the error of the ledger it was most likely meant for says why.
    return parse_address(indexed.front(), text);
}

Expected<lists::Registry> existing_registry(const CommonOptions& common) {
    auto registry = TRY(open_registry(common));
    if (registry) return std::move(*registry);
    return fail(ErrorCode::not_found,
                "no list was imported into " + common.home +
                    "; run wagetrail lists import FILE --name NAME first, or use --home");
}

Expected<Time> parse_moment(std::string_view text) {
    const Time time = TRY(parse_time(text));
    return text.size() == 10 ? Time{time.seconds + kLastSecondOfDay} : time;
}

report::Manifest OpenLedger::manifest() const {
    return {.as_of = {{view->as_of(), block_time}}, .asked = asked, .level = level};
}

Expected<std::unique_ptr<index::Database>> open_database(const CommonOptions& common,
                                                         LedgerId ledger) {
    auto database = index::open_reader(index::database_path(common.home, ledger), ledger,
                                       kReadMemory, common.scratch);
    if (!database && database.error().code == ErrorCode::not_found)
        return fail(ErrorCode::not_found,
                    "ledger " + std::string(params(ledger).name) + " is not indexed in " +
                        common.home + "; run wagetrail sync " + std::string(params(ledger).name) +
                        " --from files:DIR first, or use --home");
    return database;
}

Expected<OpenLedger> open_ledger(const CommonOptions& common, LedgerId ledger) {
    const auto level = parse_cluster_level(common.level);
    if (!level)
        return fail(ErrorCode::invalid,
                    "unknown level \"" + common.level +
                        "\"; the known ones are L0 and L1, and for entity and explain L2");
    const AsOfChoice as_of = common.pinned ? AsOfChoice{common.pinned->height, common.pinned->asked}
                                           : TRY(parse_as_of(common.as_of));
    OpenLedger open;
    open.level = *level;
    open.asked = as_of.moment;
    open.database = TRY(open_database(common, ledger));
    index::LedgerView tip = TRY(index::LedgerView::open(open.database->pin(), ledger));
    if (common.pinned && common.pinned->height > tip.as_of().height)
        return fail(ErrorCode::not_found,
                    "the answer is as of height " + text(common.pinned->height) +
                        " and the index ends at " + text(tip.as_of().height) +
                        "; run wagetrail sync " + std::string(params(ledger).name) + " first");
    std::optional<Height> height = as_of.height;
    if (as_of.moment && !height) height = TRY(tip.height_at(*as_of.moment));
    open.view = std::make_unique<index::LedgerView>(
        height ? TRY(index::LedgerView::open_at(open.database->pin(), ledger, *height))
               : std::move(tip));
    const index::BlockRow block = TRY(open.view->block(open.view->as_of().height));
    open.block_time = Time{block.header.time};
    return open;
}

std::string change_card_path(const std::string& home, LedgerId ledger) {
    return home + "/cards/change-" + std::string(params(ledger).name) + ".json";
}

std::string registry_path(const std::string& home) {
    return home + "/registry.sqlite";
}

Expected<std::optional<lists::Registry>> open_registry(const CommonOptions& common) {
    auto registry = lists::Registry::open(registry_path(common.home), lists::Access::read);
    if (registry) return std::optional(*std::move(registry));
    if (registry.error().code == ErrorCode::not_found) return std::optional<lists::Registry>();
    return std::unexpected(std::move(registry).error());
}

Expected<OpenLabels> open_labels(const CommonOptions& common) {
    OpenLabels open;
    auto registry = TRY(open_registry(common));
    if (!registry) return open;
    open.registry = std::make_unique<lists::Registry>(*std::move(registry));
    std::optional<Time> known_at;
    if (!common.known_at.empty()) known_at = TRY(parse_moment(common.known_at));
    open.view = TRY(labels::LabelView::load(*open.registry, known_at));
    return open;
}

}  // namespace wagetrail::cli
