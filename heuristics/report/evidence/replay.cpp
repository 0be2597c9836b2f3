#include "heuristics/report/evidence/replay.h"

#include "chain/base/number.h"
#include "chain/base/sha256.h"

#include "heuristics/report/json.h"

#include <array>

namespace wagetrail::report {
namespace {

std::unexpected<Error> refused(const std::string& what) {
    return fail(ErrorCode::invalid, what);
}

std::unexpected<Error> lacks(const std::string& what) {
    return refused("this is no answer of trace, paths or exposure --json and no bundle: it lacks " +
                   what);
}

/// null when there is nothing.
const Json& at(const Json& object, const char* key) {
    static const Json nothing;
    if (!object.is_object()) return nothing;
    const auto found = object.find(key);
    return found == object.end() ? nothing : *found;
}

Expected<std::string> text_at(const Json& object, const char* key) {
    const Json& value = at(object, key);
    if (!value.is_string()) return lacks(key);
    return value.get<std::string>();
}

Expected<std::vector<std::string>> texts_at(const Json& object, const char* key) {
    const Json& value = at(object, key);
    if (!value.is_array()) return lacks(key);
    std::vector<std::string> texts;
    for (const Json& one : value) {
        if (!one.is_string()) return lacks(key);
        texts.push_back(one.get<std::string>());
    }
    return texts;
}

/// null or a time.
Expected<std::optional<Time>> time_at(const Json& object, const char* key) {
    if (at(object, key).is_null()) return std::optional<Time>();
    return std::optional(TRY(parse_time(TRY(text_at(object, key)))));
}

Expected<std::uint64_t> limit_at(const Json& limits, const char* key) {
    const auto number = parse_number(TRY(text_at(limits, key)));
    if (!number) return lacks(key);
    return *number;
}

Expected<std::uint32_t> small_limit_at(const Json& limits, const char* key) {
    const std::uint64_t number = TRY(limit_at(limits, key));
    if (number > 0xFFFFFFFF) return lacks(key);
    return static_cast<std::uint32_t>(number);
}

Expected<bool> flag_at(const Json& object, const char* key) {
    const Json& value = at(object, key);
    if (!value.is_boolean()) return lacks(key);
    return value.get<bool>();
}

Expected<void> read_limits(const Json& limits, Replay& replay) {
    replay.max_hops = TRY(small_limit_at(limits, "max_hops"));
    replay.min_value = Amount(TRY(limit_at(limits, "min_value_units")));
    replay.transactions_max = TRY(limit_at(limits, "transactions"));
    if (replay.kind == AskedFor::exposure) {
        replay.dust_floor = Amount(TRY(limit_at(limits, "dust_units")));
        return {};
    }
    replay.descriptor_gap = TRY(small_limit_at(limits, "descriptor_gap"));
    replay.busy_transactions = TRY(limit_at(limits, "busy_transactions"));
    replay.busy_addresses = TRY(limit_at(limits, "busy_addresses"));
    replay.through_coinjoins = TRY(limit_at(limits, "through_coinjoins")) != 0;
    replay.without_labels = TRY(limit_at(limits, "without_labels")) != 0;
    return {};
}

Expected<void> read_lists(const Json& lists, Replay& replay) {
    for (const Json& pin : lists)
        replay.lists.push_back({.name = TRY(text_at(pin, "name")),
                                .sha256 = TRY(text_at(pin, "sha256")),
                                .published = TRY(parse_time(TRY(text_at(pin, "published")))),
                                .known_from = TRY(parse_time(TRY(text_at(pin, "known_from"))))});
    return {};
}

Expected<void> read_pins(const Json& answer, Replay& replay) {
    const Json& as_of = at(answer, "as_of");
    if (!as_of.is_array() || as_of.size() != 1) return lacks("as_of");
    replay.ledger = TRY(parse_ledger(TRY(text_at(as_of[0], "ledger"))));
    const Json& height = at(as_of[0], "height");
    if (!height.is_number_unsigned() || height.get<std::uint64_t>() > 0xFFFFFFFF)
        return lacks("height");
    replay.height = Height(height.get<std::uint32_t>());
    replay.asked = TRY(time_at(answer, "moment"));
    replay.lists_as_of = TRY(time_at(answer, "lists_as_of"));
    replay.known_at = TRY(time_at(answer, "known_at"));
    replay.level = TRY(text_at(at(answer, "clustering"), "level"));
    replay.policies = TRY(texts_at(answer, "policies"));
    if (at(answer, "services").is_string())
        replay.services_sha256 = TRY(text_at(answer, "services"));
    if (at(answer, "prices").is_object())
        replay.prices_sha256 = TRY(text_at(at(answer, "prices"), "sha256"));
    TRY(read_lists(at(answer, "lists"), replay));
    return read_limits(at(answer, "limits"), replay);
}

Expected<void> read_files(const Json& files, Replay& replay) {
    for (const Json& json : files) {
        EvidenceFile file{.role = TRY(text_at(json, "role")),
                          .name = TRY(text_at(json, "name")),
                          .sha256 = TRY(text_at(json, "sha256")),
                          .text = {}};
        const auto bytes = from_hex(TRY(text_at(json, "hex")));
        if (!bytes) return lacks("the bytes of " + file.name);
        file.text.assign(bytes->begin(), bytes->end());
        if (sha256_hex(file.text) != file.sha256)
            return refused("the file " + file.name + " in the bundle was changed");
        replay.files.push_back(std::move(file));
    }
    return {};
}

Expected<void> read_ends(const Json& asked, Replay& replay) {
    replay.from = TRY(texts_at(asked, "from"));
    replay.to = TRY(texts_at(asked, "to"));
    const std::string direction = TRY(text_at(asked, "direction"));
    if (direction != "forward" && direction != "backward") return lacks("a direction");
    replay.backward = direction == "backward";
    return {};
}

/// Each kind of answer is known by what only it has.
Expected<void> read_question(const Json& asked, Replay& replay) {
    if (at(asked, "source").is_structured() || at(asked, "on_chain").is_boolean()) {
        replay.kind = AskedFor::exposure;
        replay.from = {TRY(text_at(asked, "subject"))};
        replay.details = TRY(flag_at(asked, "details"));
        return {};
    }
    if (at(asked, "paths").is_array()) {
        replay.kind = AskedFor::paths;
        replay.rank = TRY(text_at(asked, "rank"));
        replay.entities = TRY(flag_at(asked, "entities"));
        const Json& count = at(asked, "count");
        if (!count.is_number_unsigned()) return lacks("count");
        replay.count = count.get<std::size_t>();
        return read_ends(asked, replay);
    }
    TRY(read_ends(asked, replay));
    if (!at(asked, "policies").is_array())
        return refused("only answers of trace, paths and exposure can be asked again, and bundles");
    return {};
}

struct Difference {
    std::string where;  // a JSON pointer
    std::string was;
    std::string is;
};

std::string shown(const Json* value) {
    constexpr std::size_t kShown = 200;
    return value == nullptr ? "nothing" : canonical(*value).substr(0, kShown);
}

// What an answer rests on before what it says: where a list differs, all else may.
constexpr std::array kCausesFirst = {"as_of",    "moment", "known_at", "lists_as_of", "lists",
                                     "labels",   "files",  "services", "prices",      "clustering",
                                     "policies", "limits", "coverage"};

/// Goes down to the first place, in the order of the bytes, where two values differ.
Difference first_difference(const Json& before, const Json& now) {
    const Json* a = &before;
    const Json* b = &now;
    std::string where;
    for (const char* const cause : kCausesFirst) {
        if (at(before, cause) == at(now, cause)) continue;
        where = std::string("/") + cause;
        a = &at(before, cause);
        b = &at(now, cause);
        break;
    }
    for (;;) {
        const bool both_objects = a->is_object() && b->is_object();
        const bool both_arrays = a->is_array() && b->is_array();
        const Json* next_a = nullptr;
        const Json* next_b = nullptr;
        std::string step;
        if (both_objects) {
            for (const auto* side : {a, b})
                for (const auto& [key, ignored] : side->items()) {
                    const Json* const in_a = a->contains(key) ? &a->at(key) : nullptr;
                    const Json* const in_b = b->contains(key) ? &b->at(key) : nullptr;
                    if (in_a != nullptr && in_b != nullptr && *in_a == *in_b) continue;
                    if (!step.empty() && step <= key) continue;
                    step = key;
                    next_a = in_a;
                    next_b = in_b;
                }
        } else if (both_arrays) {
            std::size_t i = 0;
            while (i < a->size() && i < b->size() && (*a)[i] == (*b)[i]) ++i;
            step = std::to_string(i);
            next_a = i < a->size() ? &(*a)[i] : nullptr;
            next_b = i < b->size() ? &(*b)[i] : nullptr;
        } else {
            return {where, shown(a), shown(b)};
        }
        where += "/" + step;
        if (next_a == nullptr || next_b == nullptr) return {where, shown(next_a), shown(next_b)};
        a = next_a;
        b = next_b;
    }
}

}  // namespace

Expected<Replay> parse_replay(std::string_view file) {
    const Json json = TRY(parse_envelope(file));
    Replay replay;
    const Json* answer = &json;
    const Json& result = at(json, "result");
    if (at(result, "format") == kEvidenceFormat) {
        replay.is_bundle = true;
        answer = &at(result, "answer");
        TRY(read_files(at(result, "files"), replay));
    }
    TRY(read_question(at(*answer, "result"), replay));
    TRY(read_pins(*answer, replay));
    replay.answer = canonical(*answer);
    return replay;
}

Replayed replay_answer(const Replay& replay, const std::string& again) {
    const Json before = sealed_part(Json::parse(replay.answer));
    const Json now = sealed_part(Json::parse(again));
    const std::string was = sha256_hex(canonical(before));
    const std::string is = sha256_hex(canonical(now));
    Json result = {{"same", was == is},
                   {"result_id_before", was},
                   {"result_id_now", is},
                   {"first_difference", nullptr}};
    std::string words = "same answer, byte for byte: " + is + "\n";
    if (was != is) {
        const Difference difference = first_difference(before, now);
        result["first_difference"] = {
            {"where", difference.where}, {"was", difference.was}, {"is", difference.is}};
        words = "the answer differs, first at " + difference.where + "\n  was  " + difference.was +
                "\n  is   " + difference.is + "\n";
    }
    return {{canonical(result), words}, was == is};
}

}  // namespace wagetrail::report
