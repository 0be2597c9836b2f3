#include "cli/verify/consistency.h"

#include "chain/base/sha256.h"

#include "cli/verify/field.h"
#include "cli/verify/verdict.h"

#include <algorithm>
#include <array>

namespace wagetrail::verifier {
namespace {

constexpr std::array kPins = {"as_of",      "moment",   "known_at", "lists_as_of", "lists",
                              "clustering", "policies", "limits",   "coverage",    "labels",
                              "files",      "services", "prices"};

Expected<void> check_pins(const Field& outside, const Field& answer) {
    for (const char* const pin : kPins)
        if (outside[pin].json() != answer[pin].json())
            return broken(std::string(pin) + " of the bundle is not that of the answer in it");
    return {};
}

bool is_enclosed(const Bundle& bundle, const std::string& sha256) {
    return std::ranges::any_of(bundle.files,
                               [&](const EnclosedFile& file) { return file.sha256 == sha256; });
}

Expected<void> check_files(const Bundle& bundle, const Field& answer) {
    const auto named = TRY(all_of<std::string>(
        answer["files"], [](const Field& file) { return file["sha256"].text(); }));
    for (const std::string& sha256 : named)
        if (!is_enclosed(bundle, sha256))
            return broken("a file of payouts that the answer rests on is not enclosed: " + sha256);
    if (!answer["services"].is_null() && !is_enclosed(bundle, TRY(answer["services"].text())))
        return broken("the table of services that the answer rests on is not enclosed");
    return {};
}

Expected<void> check_cards(const Field& cards) {
    const auto checked = TRY(all_of<bool>(cards, [](const Field& card) -> Expected<bool> {
        return sha256_hex(card["card"].json().dump()) == TRY(card["sha256"].text());
    }));
    if (std::ranges::find(checked, false) != checked.end())
        return broken("an error card is not what its SHA-256 says");
    return {};
}

/// A verdict that needs a listing, without one, or the other way round.
Expected<void> check_verdict(const Field& verdict, bool has_listings) {
    if (verdict.is_null()) return {};
    const std::string kind = TRY(verdict["verdict"].text());
    if (kind == "UNKNOWN") return {};
    if ((kind == "NEVER_LISTED") == has_listings)
        return broken(verdict.path() + " is " + kind + ", and the arrival has " +
                      (has_listings ? "listings" : "no listing"));
    return {};
}

Expected<void> check_verdicts(const Field& policies) {
    const auto arrival = [](const Field& one) -> Expected<bool> {
        const bool has_listings = !one["listings"].json().empty();
        TRY(check_verdict(one["verdict_at_payout"], has_listings));
        TRY(check_verdict(one["verdict_at_arrival"], has_listings));
        return true;
    };
    TRY(all_of<bool>(policies, [&](const Field& policy) -> Expected<bool> {
        TRY(all_of<bool>(policy["reached"], arrival));
        return true;
    }));
    return {};
}

Expected<bool> claims_hold(const Field& alternative) {
    Json reached = Json::array();
    Json missed = Json::array();
    const auto place = [&](const Field& policy) -> Expected<bool> {
        const bool has_arrivals = TRY(policy["arrivals"].number()) > 0;
        (has_arrivals ? reached : missed).push_back(TRY(policy["policy"].text()));
        return true;
    };
    TRY(all_of<bool>(alternative["policies"], place));
    return alternative["reached_under"].json() == reached &&
           alternative["not_reached_under"].json() == missed;
}

}  // namespace

Expected<std::string> check_consistency(const Json& document, const Bundle& bundle) {
    const Field outside(document, "");
    const Field result = outside["result"];
    const Field answer = result["answer"];
    TRY(check_pins(outside, answer));
    TRY(check_files(bundle, answer));
    TRY(check_cards(result["error_cards"]));
    TRY(check_verdicts(answer["result"]["policies"]));
    const auto claims = TRY(all_of<bool>(result["alternatives"], claims_hold));
    if (std::ranges::find(claims, false) != claims.end())
        return broken("what is said of an alternative is not what its figures say");
    return "pins, files, error cards, verdicts and alternatives are said alike everywhere";
}

}  // namespace wagetrail::verifier
