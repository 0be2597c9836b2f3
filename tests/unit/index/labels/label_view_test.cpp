#include "index/labels/label_view.h"

#include "index/labels/notes.h"

#include "tests/unit/index/lists/list_folder.h"

#include <catch2/catch.hpp>

#include <array>
#include <set>

namespace wagetrail::labels {
namespace {

using lists::at;
using lists::ListFolder;

constexpr const char* kAddress = "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h";

Note note(const std::string& label, Category category, Time added) {
    return {.number = 0,
            .address = kAddress,
            .label = label,
            .category = category,
            .author = "me",
            .reason = "a letter",
            .added = added,
            .removed = std::nullopt};
}

Address address() {
    return *parse_address(LedgerId::btc, kAddress);
}

std::vector<std::string> names(const LabelView& view) {
    const auto found = view.of(address());
    REQUIRE(found.has_value());
    std::vector<std::string> all;
    for (const Label& label : *found) all.push_back(label.label);
    return all;
}

LabelView loaded(const lists::Registry& registry, std::optional<Time> known_at = std::nullopt) {
    auto view = LabelView::load(registry, known_at);
    if (!view) FAIL(view.error().what);
    return *std::move(view);
}

}  // namespace

TEST_CASE("labels: every category has a number and a name of its own", "[labels]") {
    std::set<Category> numbers;
    std::set<std::string_view> words;
    for (const CategoryTraits& one : all_categories()) {
        CHECK(numbers.insert(one.category).second);
        CHECK(words.insert(one.name).second);
        CHECK(parse_category(one.name) == one.category);
        CHECK(category_of_number(static_cast<int>(one.category)) == one.category);
        CHECK(category_of(std::array{std::string(one.name)}) == one.category);
    }
    CHECK_FALSE(parse_category("nice").has_value());
    CHECK_FALSE(category_of_number(200).has_value());
}

TEST_CASE("labels: what is said of deeds goes before what is said of places", "[labels]") {
    CHECK(category_of(std::array<std::string, 2>{"exchange", "ransomware"}) ==
          Category::ransomware);
    CHECK(category_of(std::array<std::string, 2>{"hot_wallet", "nothing known"}) ==
          Category::exchange);
    CHECK(category_of(std::array<std::string, 2>{"exchange hot_wallet", ""}) == Category::unknown);
    CHECK(confidence_of("ownership") == 100);
    CHECK(confidence_of("authority_data") == 60);
    CHECK(confidence_of("a guess") == 5);
}

TEST_CASE("labels: the newest known version of a pack, the surest first", "[labels]") {
    const ListFolder folder;
    auto registry = folder.registry();
    const std::string head = "title: t\ncreator: c\ntags:\n- address: " + std::string(kAddress);
    REQUIRE(import_pack(registry, {.name = "a",
                                   .file = folder.write("a.yaml", head + "\n  label: old\n"),
                                   .known_from = at("2026-01-01")}));
    REQUIRE(import_pack(registry, {.name = "a",
                                   .file = folder.write("b.yaml", head + "\n  label: new\n"),
                                   .known_from = at("2026-03-01")}));
    REQUIRE(import_pack(
        registry,
        {.name = "b",
         .file = folder.write("c.yaml", head + "\n  label: sure\n  confidence: ownership\n"),
         .known_from = at("2026-02-01")}));
    CHECK(names(loaded(registry)) == std::vector<std::string>{"sure", "new"});
    CHECK(names(loaded(registry, at("2026-02-01"))) == std::vector<std::string>{"sure", "old"});
    CHECK(names(loaded(registry, at("2026-01-01"))) == std::vector<std::string>{"old"});
    CHECK(loaded(registry, at("2025-01-01")).pins().empty());
    CHECK(loaded(registry).pins().size() == 2);
}

TEST_CASE("labels: a note counts from when it was added until it is taken back", "[labels]") {
    const ListFolder folder;
    auto registry = folder.registry();
    REQUIRE(loaded(registry).pins().empty());
    const auto first = add_note(registry, note("Acme", Category::exchange, at("2026-01-01")));
    REQUIRE(first.has_value());
    REQUIRE(add_note(registry, note("case 7", Category::scam, at("2026-02-01"))));
    CHECK(names(loaded(registry)) == std::vector<std::string>{"Acme", "case 7"});
    CHECK(contradict(*loaded(registry).of(address())));
    const std::string before = loaded(registry, at("2026-02-15")).pins().at(0).sha256;
    REQUIRE(remove_note(registry, first->number, at("2026-03-01")));
    CHECK(names(loaded(registry)) == std::vector<std::string>{"case 7"});
    CHECK(names(loaded(registry, at("2026-01-15"))) == std::vector<std::string>{"Acme"});
    // What was answered then can be answered again.
    CHECK(loaded(registry, at("2026-02-15")).pins().at(0).sha256 == before);
    CHECK(loaded(registry).pins().at(0).sha256 != before);
    CHECK(remove_note(registry, first->number, at("2026-04-01")).error().code ==
          ErrorCode::not_found);

    std::vector<std::string> exchanges;
    const std::array wanted{Category::exchange};
    REQUIRE(
        loaded(registry, at("2026-01-15")).each(wanted, [&](const Label& label) -> Expected<void> {
            exchanges.push_back(label.label);
            return {};
        }));
    CHECK(exchanges == std::vector<std::string>{"Acme"});
}

TEST_CASE("labels: a note without its author or with control characters is refused", "[labels]") {
    const ListFolder folder;
    auto registry = folder.registry();
    Note bad = note("x", Category::scam, at("2026-01-01"));
    bad.author.clear();
    CHECK_THAT(add_note(registry, bad).error().what, Catch::Contains("author"));
    bad = note("a\nb", Category::scam, at("2026-01-01"));
    CHECK_THAT(add_note(registry, bad).error().what, Catch::Contains("control character"));
    bad = note("x", Category::scam, at("2026-01-01"));
    bad.address = "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9i";
    CHECK_THAT(add_note(registry, bad).error().what, Catch::Contains("checksum"));
    CHECK(notes(registry)->empty());
}

}  // namespace wagetrail::labels
