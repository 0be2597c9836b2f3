#include "heuristics/question/open_ledger.h"

#include "chain/base/join_words.h"
#include "chain/base/number.h"

#include <filesystem>

namespace wagetrail::question {
namespace {

namespace fs = std::filesystem;

std::string names_of(const std::vector<LedgerId>& ledgers) {
    return join_words(ledgers, ", ", [](LedgerId ledger) { return params(ledger).name; });
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

Expected<LedgerId> choose_ledger(const Home& home, const Pins& pins) {
    if (!pins.ledger.empty()) return parse_ledger(pins.ledger);
    const auto found = home.ledgers();
    if (found.empty()) return nothing_indexed(home.folder());
    if (found.size() > 1)
        return fail(ErrorCode::invalid, "several ledgers are indexed (" + names_of(found) +
                                            "); say which with --ledger");
    return found.front();
}

Expected<Address> choose_address(const Home& home, const Pins& pins, std::string_view text) {
    if (!pins.ledger.empty()) return parse_address(TRY(parse_ledger(pins.ledger)), text);
    const auto indexed = home.ledgers();
    if (indexed.empty()) return nothing_indexed(home.folder());
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

report::Manifest OpenLedger::manifest() const {
    return {.as_of = {{view->as_of(), block_time}}, .asked = asked, .level = level};
}

Expected<OpenLedger> open_ledger(Home& home, const Pins& pins, LedgerId ledger) {
    const auto level = parse_cluster_level(pins.level);
    if (!level)
        return fail(ErrorCode::invalid,
                    "unknown level \"" + pins.level +
                        "\"; the known ones are L0 and L1, and for entity and explain L2");
    const AsOfChoice as_of = pins.pinned ? AsOfChoice{pins.pinned->height, pins.pinned->asked}
                                         : TRY(parse_as_of(pins.as_of));
    OpenLedger open;
    open.level = *level;
    open.asked = as_of.moment;
    const index::Database& database = *TRY(home.database(ledger));
    index::LedgerView tip = TRY(index::LedgerView::open(database.pin(), ledger));
    if (pins.pinned && pins.pinned->height > tip.as_of().height)
        return fail(ErrorCode::not_found,
                    "the answer is as of height " + text(pins.pinned->height) +
                        " and the index ends at " + text(tip.as_of().height) +
                        "; run wagetrail sync " + std::string(params(ledger).name) + " first");
    std::optional<Height> height = as_of.height;
    if (as_of.moment && !height) height = TRY(tip.height_at(*as_of.moment));
    open.view = std::make_unique<index::LedgerView>(
        height ? TRY(index::LedgerView::open_at(database.pin(), ledger, *height)) : std::move(tip));
    const index::BlockRow block = TRY(open.view->block(open.view->as_of().height));
    open.block_time = Time{block.header.time};
    return open;
}

Expected<OpenLabels> open_labels(const Home& home, const Pins& pins) {
    OpenLabels open;
    auto registry = TRY(home.registry());
    if (!registry) return open;
    open.registry = std::make_unique<lists::Registry>(*std::move(registry));
    open.view = TRY(labels::LabelView::load(*open.registry, TRY(known_moment(pins))));
    return open;
}

}  // namespace wagetrail::question
