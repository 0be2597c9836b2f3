#include "index/labels/tag_pack.h"

#include "index/labels/label_store.h"

#include "tests/unit/index/lists/list_folder.h"
#include "tests/unit/shared_data.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace wagetrail::labels {
namespace {

using lists::at;
using lists::ListFolder;

constexpr const char* kPack =
    "title: A Pack\n"
    "creator: Somebody\n"
    "currency: BTC\n"
    "label: Northwind Exchange\n"
    "lastmod: 2022-04-15 12:00:00\n"
    "is_cluster_definer: true\n"
    "tags:\n"
    "- address: 12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h\n"
    "  concepts: [exchange, hot_wallet]\n"
    "- address: '0xFA8E3920daF271daB92Be9B87d9998DDd94FEF08'\n"
    "  currency: ETH\n"
    "  label: '01'\n"
    "  context: {a: [1, {b: null}], t: \"two\\nlines\"}\n"
    "source: https://example.org/a?b#c\n";

std::string error_of(const std::string& text) {
    const auto pack = read_tag_pack(text);
    return pack ? "" : pack.error().what;
}

std::string content_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

YamlNode tree(const std::string& text) {
    auto read = read_yaml(text);
    if (!read) FAIL(read.error().what);
    return *std::move(read);
}

}  // namespace

TEST_CASE("tag pack: tags inherit from the header what they do not say", "[labels]") {
    const auto pack = read_tag_pack(kPack);
    REQUIRE(pack);
    REQUIRE(pack->kind == PackKind::tags);
    REQUIRE(pack->title == "A Pack");
    REQUIRE(pack->tags.size() == 2);
    REQUIRE(pack->tags[0].label == "Northwind Exchange");
    REQUIRE(pack->tags[0].currency == "BTC");
    REQUIRE(pack->tags[1].label == "01");
    REQUIRE(pack->tags[1].currency == "ETH");
}

TEST_CASE("tag pack: what we do not use comes out again, in its order and kind", "[labels]") {
    const auto pack = read_tag_pack(kPack);
    REQUIRE(pack);
    const std::string out = write_tag_pack(*pack);
    REQUIRE(tree(out) == tree(kPack));
    REQUIRE(tree(out).find("lastmod")->plain);
    REQUIRE_FALSE(tree(out).find("tags")->items[1].find("label")->plain);
    REQUIRE(write_tag_pack(*read_tag_pack(out)) == out);
}

TEST_CASE("tag pack: what is no pack is refused with its line", "[labels]") {
    const std::string head = "title: T\ncreator: C\n";
    CHECK_THAT(error_of(""), Catch::Contains("empty"));
    CHECK_THAT(error_of("%YAML 1.1\n---\n"), Catch::Contains("empty"));
    CHECK_THAT(error_of("- a\n"), Catch::Contains("a pack begins with title"));
    CHECK_THAT(error_of(head), Catch::Contains("neither a list of tags: nor of actors:"));
    CHECK_THAT(error_of(head + "tags: none\n"), Catch::Contains("neither a list"));
    CHECK_THAT(error_of("tags: []\n"), Catch::Contains("without a title"));
    CHECK_THAT(error_of(head + "tags:\n- a\n"),
               Catch::Contains("line 4: a tag that is no mapping"));
    CHECK_THAT(error_of(head + "tags:\n- label: x\n"), Catch::Contains("neither an address"));
    CHECK_THAT(error_of(head + "tags:\n- address: x\n"), Catch::Contains("without a label"));
    CHECK_THAT(error_of(head + "label: x\ntags:\n- address: " + std::string(300, 'a') + "\n"),
               Catch::Contains("longer than 256 bytes"));
    CHECK_THAT(error_of(head + "actors:\n- label: x\n"), Catch::Contains("without an id"));
    CHECK(error_of(head + "tags:\n- tx_hash: 00\n  label: x\n").empty());
    CHECK(error_of(head + "actors:\n- id: a\n  label: x\n").empty());
}

TEST_CASE("yaml: bombs and other hostile texts end early with a clear error", "[labels][yaml]") {
    const auto error = [](const std::string& text) {
        const auto read = read_yaml(text);
        return read ? std::string() : read.error().what;
    };
    // The billion laughs.
    CHECK_THAT(error("a: &a [x, x]\nb: [*a, *a]\n"),
               Catch::Contains("line 1, column 4: an anchor"));
    CHECK_THAT(error("b: *a\n"), Catch::Contains("an alias, which could make a small file huge"));
    CHECK_THAT(error("a: !!python/object:os.system x\n"), Catch::Contains("explicit tag"));
    CHECK_THAT(error("a: 1\n---\nb: 2\n"), Catch::Contains("a second document"));
    CHECK_THAT(error("a: 1\na: 2\n"), Catch::Contains("line 2: a key that stands twice"));
    CHECK_THAT(error("? [a]\n: 1\n"), Catch::Contains("a key that is no text"));
    CHECK_THAT(error(std::string(100'000, '[')), Catch::Contains("nested deeper than 32"));
    CHECK_THAT(error("a: " + std::string(70'000, 'x')), Catch::Contains("longer than 64 KiB"));
    CHECK_THAT(error("a: \xFF\xFE\n"), Catch::Contains("byte"));
    CHECK_THAT(error("a: \x01\n"), Catch::Contains("control characters"));
    CHECK_THAT(error("a: [1\n"), Catch::Contains("line "));
    std::string many = "a: [";
    for (int i = 0; i < 2'000'001; ++i) many += "1,";
    CHECK_THAT(error(many + "]"), Catch::Contains("more than two million values"));
    CHECK_THAT(error(std::string(kYamlBytesMax + 1, ' ')), Catch::Contains("larger than 64 MiB"));
}

TEST_CASE("yaml: a tree survives being written and read", "[labels][yaml]") {
    for (const char* text :
         {"a\n", "''\n", "- \n- ~\n- ''\n", "a:\nb: {}\nc: []\n", "- - - x\n",
          "a: |\n  two\n  lines\nb: >\n  folded\n  text\n", "'yes': 'no'\nno: yes\n",
          "a: \"\\x1b[31m\\0\"\n", "'- a': ': b'\n", "a: 2022-04-15 12:00:00\nb: 12:30\n",
          "a: {x: http://a.b/c, y: 1e3}\n", "a: 'it''s'\n", "k: 汉字\n"}) {
        CAPTURE(text);
        const YamlNode first = tree(text);
        CHECK(tree(write_yaml(first)) == first);
    }
}

TEST_CASE("labels: a pack goes through the registry without loss", "[labels]") {
    const ListFolder folder;
    lists::Registry registry = folder.registry();
    CHECK(packs(registry)->empty());
    CHECK(load_pack(registry, "a").error().code == ErrorCode::not_found);
    const auto file = folder.write("a.yaml", kPack);
    const auto first =
        import_pack(registry, {.name = "a", .file = file, .known_from = at("2026-01-01")});
    REQUIRE(first);
    CHECK(first->pack.tags == 2);
    CHECK(first->pack.addresses == 2);
    CHECK(first->pack.unrecognised == 0);
    CHECK(import_pack(registry, {.name = "a", .file = file, .known_from = at("2026-02-01")})
              ->already_there);
    const auto out = load_pack(registry, "a");
    REQUIRE(out);
    CHECK(tree(write_tag_pack(*out)) == tree(kPack));
    // A newer version is the one that counts.
    const auto newer = folder.write("b.yaml", "title: T\ncreator: C\nactors: []\n");
    REQUIRE(import_pack(registry, {.name = "a", .file = newer, .known_from = at("2026-02-01")}));
    CHECK(load_pack(registry, "a")->kind == PackKind::actors);
    CHECK(packs(registry)->size() == 2);
    CHECK_THAT(load_pack(registry, "b").error().what, Catch::Contains("there are: a"));
}

TEST_CASE("labels: wrong files and names are refused and leave nothing", "[labels]") {
    const ListFolder folder;
    lists::Registry registry = folder.registry();
    const auto error = [&](const std::string& name, const std::filesystem::path& file) {
        const auto done = import_pack(registry, {.name = name, .file = file, .known_from = Time{}});
        return done ? std::string() : done.error().what;
    };
    CHECK_THAT(error("No Good", folder.write("a.yaml", kPack)), Catch::Contains("use --name"));
    CHECK_THAT(error("a", folder.path("absent")), Catch::Contains("does not exist"));
    CHECK_THAT(error("a", folder.path(".")), Catch::Contains("is no file"));
    CHECK_THAT(error("a", folder.write("b.yaml", "title: T\n")), Catch::Contains("b.yaml: "));
    CHECK(packs(registry)->empty());
}

TEST_CASE("labels: every shared pack comes out as it went in", "[labels][real]") {
    const auto data = shared_data("tagpacks");
    if (!data) return;
    const ListFolder folder;
    lists::Registry registry = folder.registry();
    std::size_t seen = 0;
    for (const auto& entry : std::filesystem::directory_iterator(*data)) {
        if (entry.path().extension() != ".yaml" || std::filesystem::file_size(entry) > 20'000)
            continue;  // the large ones are a functional test
        CAPTURE(entry.path());
        const std::string text = content_of(entry.path());
        REQUIRE(import_pack(registry, {.name = "p" + std::to_string(seen),
                                       .file = entry.path(),
                                       .known_from = at("2026-01-01")}));
        const auto out = load_pack(registry, "p" + std::to_string(seen));
        REQUIRE(out);
        CHECK(tree(write_tag_pack(*out)) == tree(text));
        ++seen;
    }
    CHECK(seen > 30);
}

}  // namespace wagetrail::labels
