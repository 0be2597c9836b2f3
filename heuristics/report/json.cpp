#include "heuristics/report/json.h"

#include "chain/base/json_text.h"
#include "chain/base/sha256.h"

#include "heuristics/change/rules.h"
#include "heuristics/clustering.h"

#include <algorithm>
#include <array>
#include <map>

namespace wagetrail::report {
namespace {

constexpr std::string_view kEngine = "wagetrail 0.1.0";
constexpr int kDepthMax = 64;
// Beside the result_id: what differs between two runs of one question.
constexpr std::array kOutside = {"result_id", "engine",     "signature", "behind",
                                 "elapsed",   "request_id", "progress"};

Json as_of_json(const Manifest& manifest) {
    Json all = Json::array();
    for (const LedgerPin& pin : manifest.as_of)
        all.push_back({{"ledger", params(pin.as_of.ledger).name},
                       {"height", pin.as_of.height.value},  // raw: printed
                       {"block_hash", text(pin.as_of.block_hash)},
                       {"time", text(pin.time)}});
    return all;
}

Json lists_json(const Manifest& manifest) {
    Json all = Json::array();
    for (const ListPin& pin : manifest.lists)
        all.push_back({{"name", pin.name},
                       {"sha256", pin.sha256},
                       {"published", text(pin.published)},
                       {"known_from", text(pin.known_from)}});
    return all;
}

Json label_pins_json(const Manifest& manifest) {
    Json all = Json::array();
    for (const labels::LabelPin& pin : manifest.labels)
        all.push_back({{"name", pin.name}, {"sha256", pin.sha256}});
    return all;
}

Json files_json(const Manifest& manifest) {
    Json all = Json::array();
    for (const FilePin& pin : manifest.files)
        all.push_back({{"name", pin.name}, {"sha256", pin.sha256}});
    return all;
}

Json prices_json(const Manifest& manifest) {
    if (!manifest.prices) return nullptr;
    const PricePin& pin = *manifest.prices;
    return {{"source", pin.source}, {"sha256", pin.sha256}, {"step", pin.step}};
}

Json clustering_json(const Manifest& manifest) {
    if (!manifest.level) return nullptr;
    if (!manifest.change) return {{"level", name(*manifest.level)}, {"rules", kClusteringVersion}};
    const ChangePin& pin = *manifest.change;
    const auto sha256_json = [](const std::string& hash) {
        return hash.empty() ? Json() : Json(hash);
    };
    return {{"level", kChangeLevelName},
            {"rules", kClusteringVersion},
            {"change",
             {{"rules", kChangeVersion},
              {"voters", pin.voters},
              {"margin_min", pin.margin_min},
              {"card", sha256_json(pin.card_sha256)},
              {"prices", sha256_json(pin.prices_sha256)}}}};
}

/// The canonical bytes of each member: what is sealed and what is sent differ by a few of them.
using Members = std::map<std::string, std::string>;

Members members_of(const Json& object) {
    Members members;
    for (const auto& [name, value] : object.items()) members.emplace(name, canonical(value));
    return members;
}

std::string object_of(const Members& members) {
    std::size_t size = 2;
    for (const auto& [name, value] : members) size += name.size() + value.size() + 4;
    std::string object;
    object.reserve(size);
    for (const auto& [name, value] : members) {
        object += object.empty() ? "{\"" : ",\"";
        object.append(name).append("\":").append(value);
    }
    return object + "}";
}

}  // namespace

void pin_lists(const lists::ListView& view, Manifest& manifest) {
    for (const lists::ListState& state : view.states())
        for (const lists::Snapshot& snapshot : state.snapshots) {
            ListPin pin{state.name, lists::sha256_text(snapshot.sha256), snapshot.published,
                        snapshot.known_from};
            const auto same = [&](const ListPin& one) { return one.sha256 == pin.sha256; };
            if (std::none_of(manifest.lists.begin(), manifest.lists.end(), same))
                manifest.lists.push_back(std::move(pin));
        }
    const lists::ViewRequest& pins = view.pins();
    manifest.lists_as_of = std::max(manifest.lists_as_of.value_or(pins.as_of), pins.as_of);
    manifest.known_at = std::max(manifest.known_at.value_or(pins.known_at), pins.known_at);
}

void pin_labels(const labels::LabelView& view, Manifest& manifest) {
    manifest.labels = view.pins();
    if (const auto known_at = view.known_at())
        manifest.known_at = std::max(manifest.known_at.value_or(*known_at), *known_at);
}

Expected<Json> parse_envelope(std::string_view text) {
    const auto refused = [](const char* what) { return fail(ErrorCode::invalid, what); };
    if (text.ends_with('\n')) text.remove_suffix(1);
    if (text.size() > kEnvelopeBytesMax) return refused("the report is larger than 64 MiB");
    if (nests_deeper(text, kDepthMax)) return refused("the report nests deeper than any of ours");
    Json envelope = Json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (envelope.is_discarded() || !envelope.is_object())
        return refused("this is no JSON object: give the line that --json printed");
    if (canonical(envelope) != text)
        return refused(
            "the bytes are not those that were printed: something was changed, or a program has "
            "formatted them anew");
    return envelope;
}

Json sealed_part(Json envelope) {
    for (const char* key : kOutside) envelope.erase(key);
    return envelope;
}

std::string canonical(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string sealed(const Manifest& manifest, Json result) {
    return sealed_with(manifest, std::move(result), Json::object());
}

std::string sealed_with(const Manifest& manifest, Json result, const Json& passing) {
    Json limits = Json::object();
    for (const auto& [limit, value] : manifest.limits) limits[limit] = std::to_string(value);
    Json envelope = {
        {"as_of", as_of_json(manifest)},
        {"moment", manifest.asked ? Json(text(*manifest.asked)) : Json()},
        {"known_at", manifest.known_at ? Json(text(*manifest.known_at)) : Json()},
        {"lists_as_of", manifest.lists_as_of ? Json(text(*manifest.lists_as_of)) : Json()},
        {"lists", lists_json(manifest)},
        {"labels", label_pins_json(manifest)},
        {"files", files_json(manifest)},
        {"services", manifest.services_sha256.empty() ? Json() : Json(manifest.services_sha256)},
        {"prices", prices_json(manifest)},
        {"clustering", clustering_json(manifest)},
        {"policies", manifest.policies},
        {"limits", std::move(limits)},
        {"coverage", manifest.coverage},
        {"result", std::move(result)}};
    Members members = members_of(envelope);
    members["result_id"] = canonical(sha256_hex(object_of(members)));
    members["engine"] = canonical(kEngine);
    members.merge(members_of(passing));
    return object_of(members);
}

Json amount_json(LedgerId ledger, Amount amount) {
    return {{"units", std::to_string(amount.units())}, {"display", display(ledger, amount)}};
}

std::string display(LedgerId ledger, Amount amount) {
    return decimal_text(amount, params(ledger).decimals) + " " + std::string(params(ledger).symbol);
}

Time time_of(const index::BlockRow& block) {
    return Time{block.header.time};
}

Expected<Json> position_json(const index::LedgerView& view, const index::TxRecord& tx) {
    const index::BlockRow block = TRY(view.block(tx.height));
    return Json{{"ledger", params(view.ledger()).name},
                {"height", tx.height.value},  // raw: printed
                {"block_hash", text(block.hash)},
                {"time", text(time_of(block))},
                {"txid", text(tx.txid)},
                {"index", tx.index}};
}

}  // namespace wagetrail::report
