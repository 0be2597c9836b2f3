#include "index/labels/category.h"

#include "chain/base/join_words.h"

#include <algorithm>
#include <array>
#include <utility>

namespace wagetrail::labels {
namespace {

constexpr bool kMixes = true;
constexpr bool kOwns = false;

constexpr std::array kCategories{
    CategoryTraits{Category::sanction, "sanction", " sanction sanctions ", kOwns},
    CategoryTraits{Category::terrorism, "terrorism",
                   " terrorism extremism terrorism_financing financing ", kOwns},
    CategoryTraits{Category::ransomware, "ransomware", " ransomware extortion sextortion ", kOwns},
    CategoryTraits{Category::hack, "hack",
                   " hack hacking service_hack account_hack exploit data_breach malware ", kOwns},
    CategoryTraits{Category::scam, "scam",
                   " scam fraud phishing financial_crime investment_fraud ponzi_scheme ponzi "
                   "money_laundering ",
                   kOwns},
    CategoryTraits{Category::illicit_trade, "illicit_trade",
                   " drugs weapons card_fraud sexual_abuse child_sexual_abuse violence "
                   "counterfeit credit_card ",
                   kOwns},
    CategoryTraits{Category::abuse, "abuse", " abuse ", kOwns},
    CategoryTraits{Category::mixing_service, "mixing_service",
                   " mixing_service mixing mixer coinjoin ", kMixes},
    CategoryTraits{Category::exchange, "exchange", " exchange hot_wallet deposit_wallet ", kMixes},
    CategoryTraits{Category::bridge, "bridge", " bridge defi_bridge ", kMixes},
    CategoryTraits{Category::gambling, "gambling", " gambling ", kMixes},
    CategoryTraits{Category::market, "market", " market marketplace dark_web ", kMixes},
    CategoryTraits{Category::mining_service, "mining_service",
                   " mining_service mining_pool miner mining ", kMixes},
    CategoryTraits{Category::payment_processor, "payment_processor", " payment_processor ", kMixes},
    CategoryTraits{Category::hosted_wallet, "hosted_wallet",
                   " hosted_wallet wallet_service escrow_wallet ico_wallet ", kMixes},
    CategoryTraits{Category::defi, "defi",
                   " defi defi_dex defi_lending defi_derivatives defi_asset_management lending ",
                   kMixes},
    CategoryTraits{Category::shop, "shop", " shop merchant ", kMixes},
    CategoryTraits{Category::service, "service",
                   " service hosting filesharing messaging search_engine faucet index ", kMixes},
    CategoryTraits{Category::donation, "donation", " donation ", kOwns},
    CategoryTraits{Category::organization, "organization", " organization organisation ", kOwns},
    CategoryTraits{Category::user, "user", " user victim perpetrator ", kOwns},
    CategoryTraits{Category::unknown, "unknown", " ", kOwns},
};

/// GraphSense, tagpack/conf/confidence.csv.
constexpr std::array kConfidences{
    std::pair{std::string_view("override"), 100U},
    std::pair{std::string_view("ownership"), 100U},
    std::pair{std::string_view("ledger_immanent"), 100U},
    std::pair{std::string_view("manual_transaction"), 90U},
    std::pair{std::string_view("service_api"), 70U},
    std::pair{std::string_view("forensic_investigation"), 70U},
    std::pair{std::string_view("authority_data"), 60U},
    std::pair{std::string_view("trusted_provider"), 50U},
    std::pair{std::string_view("service_data"), 50U},
    std::pair{std::string_view("forensic"), 50U},
    std::pair{std::string_view("untrusted_transaction"), 40U},
    std::pair{std::string_view("web_crawl"), 20U},
    std::pair{std::string_view("heuristic"), 10U},
};
constexpr unsigned kUnknownConfidence = 5;

bool has(const CategoryTraits& category, std::string_view concept_word) {
    if (concept_word.empty() || concept_word.find(' ') != std::string_view::npos) return false;
    return category.name == concept_word ||
           category.concepts.find(" " + std::string(concept_word) + " ") != std::string_view::npos;
}

}  // namespace

std::span<const CategoryTraits> all_categories() {
    return kCategories;
}

const CategoryTraits& traits(Category category) {
    const auto found =
        std::find_if(kCategories.begin(), kCategories.end(),
                     [&](const CategoryTraits& one) { return one.category == category; });
    CHECK(found != kCategories.end());
    return *found;
}

std::string_view name(Category category) {
    return traits(category).name;
}

std::optional<Category> parse_category(std::string_view word) {
    for (const CategoryTraits& one : kCategories)
        if (one.name == word) return one.category;
    return std::nullopt;
}

Expected<Category> category_named(std::string_view word) {
    if (const auto known = parse_category(word)) return *known;
    return fail(ErrorCode::invalid, "unknown category \"" + std::string(word) +
                                        "\"; the known ones are " +
                                        join_words(kCategories, ", ", &CategoryTraits::name));
}

std::optional<Category> category_of_number(std::int64_t number) {
    for (const CategoryTraits& one : kCategories)
        if (std::int64_t{static_cast<std::uint8_t>(one.category)} == number) return one.category;
    return std::nullopt;
}

Category category_of(std::span<const std::string> concepts) {
    for (const CategoryTraits& one : kCategories)
        for (const std::string& word : concepts)
            if (has(one, word)) return one.category;
    return Category::unknown;
}

unsigned confidence_of(std::string_view word) {
    for (const auto& [known, level] : kConfidences)
        if (known == word) return level;
    return kUnknownConfidence;
}

}  // namespace wagetrail::labels
