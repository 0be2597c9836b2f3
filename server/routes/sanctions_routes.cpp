// The free sanctions look-up of Chainalysis, mapped onto ours: same path, same header, same shape.
#include "chain/base/join_words.h"

#include "server/routes/list_look_up.h"
#include "server/routes/pins_of.h"
#include "server/routes/routes.h"
#include "server/routes/test_subjects.h"

namespace wagetrail::server {
namespace {

using Json = nlohmann::json;

/// What is asked again in a moment must not be taken for clean meanwhile.
std::unexpected<Problem> cannot_tell(const lists::Verdict& verdict) {
    return refuse(
        ProblemCode::cannot_tell,
        "the lists at hand cannot clear the address: " + std::string(lists::text(verdict.reason)),
        "GET /v1/lists has their dates; ask again when whoever runs the server imported newer "
        "ones");
}

bool is_ofac(std::string_view list) {
    return list.starts_with("ofac");
}

/// "SANCTIONS: OFAC-SDN Lazarus Group 2022-04-14 0x098b...", as clients show it.
std::string name_of(const lists::Listing& listing) {
    std::string name = "SANCTIONS: ";
    for (const char c : listing.list)
        name += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    if (!listing.entity.empty()) name += " " + listing.entity;
    return name + " " + date_text(listing.designated_on.value_or(listing.published.by)) + " " +
           listing.address_text;
}

std::string description_of(const lists::Listing& listing) {
    std::string text = "Named by the list " + listing.list;
    if (!listing.party_id.empty()) text += ", party " + listing.party_id;
    if (!listing.programs.empty()) text += ", programs " + join_words(listing.programs);
    return text + "; published by " + date_text(listing.published.by) + ".";
}

Json identification(const lists::Listing& listing) {
    const bool has_page = is_ofac(listing.list) && !listing.party_id.empty();
    return {{"category", "sanctions"},
            {"name", name_of(listing)},
            {"description", description_of(listing)},
            {"url", has_page ? Json("https://sanctionssearch.ofac.treas.gov/Details.aspx?id=" +
                                    listing.party_id)
                             : Json()}};
}

Result<Answer> identifications(std::span<const lists::Listing> listings,
                               const lists::Verdict& verdict) {
    if (verdict.kind == lists::VerdictKind::unknown) return cannot_tell(verdict);
    Json all = Json::array();
    for (const lists::Listing& listing : listings)
        if (!listing.removed) all.push_back(identification(listing));
    return Answer{.body = Json{{"identifications", std::move(all)}}.dump() + "\n"};
}

TellListing tell(const RouteOptions& options) {
    return [max_age_seconds = options.list_max_age_seconds](const lists::TextView& view,
                                                            const question::ListsCheck& check) {
        const auto listings = view.listings_of(check.key);
        return identifications(listings, lists::verdict(listings, view.listed_until(),
                                                        {.payment = check.on,
                                                         .as_of = check.pins.as_of,
                                                         .known_at = check.pins.known_at,
                                                         .max_age_seconds = max_age_seconds}));
    };
}

Expected<question::ListsCheck> check_of(const Call& call, Time now) {
    return question::lists_check({}, {.address = call.text("address")}, now);
}

std::optional<Result<Answer>> at_hand(const Service& service,
                                      const RouteOptions& options,
                                      const Call& call,
                                      Time now) {
    if (options.test_subjects && is_test_subject(call.text("address"))) {
        const auto found = test_listing(call.text("address"), now, now);
        if (!found) return std::unexpected(found.error());
        return identifications(found->listings, found->verdict);
    }
    return look_up_in_memory(service, check_of(call, now), tell(options));
}

}  // namespace

std::vector<Route> sanctions_routes(Service& service, const RouteOptions& options, const Now& now) {
    return {
        {.path = "/api/v1/address/{address}",
         .name = "identifyAddress",
         .about = "The look-up of Chainalysis' free sanctions API, in its shape: an empty list "
                  "is clean. Where our lists cannot clear an address it is refused with "
                  "cannot_tell, not answered as clean.",
         .scope = Scope::lists,
         .parameters = {text_in_path("address", "An address of any ledger.")},
         .answer_schema = "Identifications",
         .from_memory = [&service, options,
                         now](const Call& call) { return at_hand(service, options, call, now()); },
         .handle = [&service, options, now](const Call& call,
                                            const std::stop_token&) -> Result<Answer> {
             return look_up(service, call.worker, check_of(call, now()), tell(options));
         }}};
}

}  // namespace wagetrail::server
