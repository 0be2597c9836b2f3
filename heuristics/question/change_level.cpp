#include "heuristics/question/change_level.h"

#include "chain/base/sha256.h"

#include "heuristics/change/score.h"

#include <nlohmann/json.hpp>

#include <filesystem>

namespace wagetrail::question {
namespace {

using Json = nlohmann::json;

struct Card {
    RuleSet voters;
    std::optional<unsigned> margin;
    ChangeParameters rules;
};

std::unexpected<Error> bad_card(const std::string& path, const std::string& why) {
    return fail(ErrorCode::invalid,
                path + ": " + why + "; write a new one with wagetrail calibrate");
}

/// What is missing or somewhere else reads as null.
Expected<Card> parse_card(const std::string& path, const std::string& text, LedgerId ledger) {
    const Json json = Json::parse(text, nullptr, false);
    const auto at = [&](const char* pointer) {
        const Json::json_pointer place(pointer);
        return json.contains(place) ? json.at(place) : Json();
    };
    if (at("/result/rules") != kChangeVersion)
        return bad_card(path, "it is no error card of the rules " + std::string(kChangeVersion));
    if (at("/as_of/0/ledger") != params(ledger).name)
        return bad_card(path, "it was not measured on " + std::string(params(ledger).name));
    Card card;
    for (const Json& voter : at("/result/voters")) {
        const auto rule =
            voter.is_string() ? parse_change_rule(voter.get<std::string>()) : std::nullopt;
        if (!rule) return bad_card(path, "it names a rule that is not known");
        card.voters.set(static_cast<std::size_t>(*rule));
    }
    const Json zeros = at("/result/parameters/round_zeros");
    const Json outputs = at("/result/parameters/outputs_max");
    if (!zeros.is_number_unsigned() || !outputs.is_number_unsigned())
        return bad_card(path, "it lacks parameters");
    card.rules = {.round_zeros = zeros.get<unsigned>(), .outputs_max = outputs.get<std::size_t>()};
    const std::string target = decimal_text(Amount(1'000'000 / kErrorTargets.front().one_in), 6);
    const Json margin = at(("/result/thresholds/" + target + "/margin").c_str());
    if (margin.is_number_unsigned()) card.margin = margin.get<unsigned>();
    return card;
}

struct Chosen {
    ChangeSettings settings;
    std::string card_sha256;
};

Expected<Chosen> choose(Home& home, const ChangeLevelOptions& options, LedgerId ledger) {
    Chosen chosen;
    chosen.settings.voters = kAllChangeRules;
    const std::string path = options.card.empty() ? home.change_card(ledger) : options.card;
    std::error_code ignored;
    std::optional<unsigned> margin;
    if (!options.card.empty() || std::filesystem::exists(path, ignored)) {
        const std::string text = TRY(table_text(path));
        const Card card = TRY(parse_card(path, text, ledger));
        chosen.settings.voters = card.voters;
        chosen.settings.rules = card.rules;
        chosen.card_sha256 = sha256_hex(text);
        margin = card.margin;
        if (!margin && options.threshold == 0)
            return fail(ErrorCode::invalid,
                        "the error card " + path + " has no threshold that keeps errors below 1 " +
                            "in 1000; say by how many votes change has to win with --threshold");
    }
    if (options.threshold != 0) margin = options.threshold;
    if (!margin)
        return fail(ErrorCode::invalid,
                    "level L2 needs a measured threshold; run wagetrail calibrate " +
                        std::string(params(ledger).name) +
                        " first, or choose one with --threshold");
    chosen.settings.margin_min = *margin;
    return chosen;
}

}  // namespace

bool asks_for_change(const Pins& pins) {
    return pins.level == "L2" || pins.level == "l2";
}

Pins below_change(const Pins& pins) {
    Pins below = pins;
    below.level = "L1";
    return below;
}

Expected<std::unique_ptr<ChangeLevel>> ChangeLevel::open(Home& home,
                                                         const OpenLedger& open,
                                                         const ChangeLevelOptions& options) {
    const Chosen chosen = TRY(choose(home, options, open.view->ledger()));
    auto level = std::make_unique<ChangeLevel>(Key{}, open);
    level->services_ =
        TRY(load_services(*open.view, level->clusters_, level->files_, options.services));
    level->prices_ = TRY(load_prices(options.prices));
    LabelOf label_of =
        [services = &level->services_](AddrId address) -> Expected<std::optional<std::string>> {
        if (!services->services) return std::optional<std::string>();
        return services->services->label_of(address);
    };
    level->overlay_.emplace(*open.view, level->clusters_, chosen.settings,
                            level->prices_.prices ? &*level->prices_.prices : nullptr,
                            std::move(label_of));
    report::ChangePin pin{.margin_min = chosen.settings.margin_min,
                          .card_sha256 = chosen.card_sha256,
                          .prices_sha256 = level->prices_.sha256};
    for (const ChangeRule rule : kChangeRules)
        if (chosen.settings.voters.test(static_cast<std::size_t>(rule)))
            pin.voters.emplace_back(name(rule));
    level->manifest_.change = std::move(pin);
    level->manifest_.services_sha256 = level->services_.sha256;
    const GuardLimits& guards = chosen.settings.guards;
    level->manifest_.limits = {
        {"l2_group_max", guards.group_max},
        {"l2_smaller_max", guards.smaller_max},
        {"l2_gap_seconds_max", static_cast<std::uint64_t>(guards.gap_seconds_max)},
        {"l2_transactions_max", chosen.settings.transactions_max},
        {"l2_addresses_max", chosen.settings.addresses_max}};
    return level;
}

}  // namespace wagetrail::question
