#include "index/lists/registry.h"

#include "index/lists/sqlite.h"

#include "tests/unit/index/lists/list_folder.h"

#include <catch2/catch.hpp>

namespace wagetrail::lists {
namespace {

std::string error_of(const std::filesystem::path& file, Access access) {
    const auto registry = Registry::open(file, access);
    return registry ? "" : registry.error().what;
}

void run_sql(const std::filesystem::path& file, const char* sql) {
    auto database = Sqlite::open(file, SqliteMode::existing);
    REQUIRE(database);
    REQUIRE(database->run(sql));
}

ImportRequest request(const ListFolder& folder,
                      const std::string& text,
                      std::string_view published) {
    return {.list = "wallets",
            .file = folder.write("list.txt", text),
            .known_from = at("2025-01-01"),
            .published = at(published)};
}

constexpr const char* kOne = "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h\n";
constexpr const char* kTwo =
    "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h\nLeKvNdNEzgQkzVVnRdV3fAu2DSF1nLsNw6\n";

}  // namespace

TEST_CASE("registry: what was imported is there after reopening", "[lists][registry]") {
    const ListFolder folder;
    Snapshot stored;
    {
        Registry registry = folder.registry();
        stored = imported(registry, request(folder, kOne, "2024-01-01")).snapshot;
    }
    const auto again = Registry::open(folder.registry_path(), Access::read);
    REQUIRE(again);
    REQUIRE(*again->snapshots() == std::vector{stored});
    REQUIRE(again->snapshots("other")->empty());
    REQUIRE(sha256_text(stored.sha256) ==
            "e3e3552154a3d3d9e76c8367e4407bb80178a85d09a7aaf5c2dd7ba604b789e7");
}

TEST_CASE("registry: an absent file is not found for readers, created for writers",
          "[lists][registry]") {
    const ListFolder folder;
    REQUIRE_THAT(error_of(folder.registry_path(), Access::read), Catch::Contains("does not exist"));
    REQUIRE(error_of(folder.path("new/deep/registry.sqlite"), Access::write).empty());
    REQUIRE(error_of(folder.path("new/deep/registry.sqlite"), Access::read).empty());
    static_cast<void>(folder.write("plain", "x"));
    REQUIRE_THAT(error_of(folder.path("plain/registry.sqlite"), Access::write),
                 Catch::Contains("cannot create " + folder.path("plain").string()));
}

TEST_CASE("registry: another format, another program and garbage are refused",
          "[lists][registry]") {
    const ListFolder folder;
    static_cast<void>(folder.registry());
    run_sql(folder.registry_path(), "UPDATE format SET number = 9 WHERE part = 'lists'");
    for (const Access access : {Access::read, Access::write})
        REQUIRE_THAT(error_of(folder.registry_path(), access),
                     Catch::Contains("format 9") && Catch::Contains("format 2"));
    {
        const auto other = Sqlite::open(folder.path("other.sqlite"), SqliteMode::create);
        REQUIRE(other);
    }
    run_sql(folder.path("other.sqlite"), "CREATE TABLE bookmarks (url TEXT)");
    REQUIRE_THAT(error_of(folder.path("other.sqlite"), Access::write),
                 Catch::Contains("another program"));
    const auto garbage = folder.write("garbage.sqlite", std::string(10'000, 'x'));
    REQUIRE_THAT(error_of(garbage, Access::write), Catch::Contains("damaged or no SQLite file"));
}

TEST_CASE("registry: other parts may have made the file first", "[lists][registry]") {
    const ListFolder folder;
    static_cast<void>(folder.registry());
    run_sql(folder.registry_path(),
            "DELETE FROM format; DROP TABLE lists_entry;"
            "DROP TABLE lists_snapshot; DROP TABLE lists_row;"
            "DROP TABLE lists_reading; DROP TABLE lists_address; DROP TABLE lists_alias;"
            "DROP TABLE lists_party; INSERT INTO format VALUES ('x', 3)");
    REQUIRE(error_of(folder.registry_path(), Access::write).empty());
}

TEST_CASE("registry: a snapshot cannot be changed or deleted", "[lists][registry]") {
    const ListFolder folder;
    Registry registry = folder.registry();
    static_cast<void>(imported(registry, request(folder, kOne, "2024-01-01")));
    for (const char* sql : {"DELETE FROM lists_snapshot", "UPDATE lists_snapshot SET published = 0",
                            "DELETE FROM lists_entry", "UPDATE lists_entry SET party = 1"}) {
        CAPTURE(sql);
        const auto done = registry.database().run(sql);
        REQUIRE_FALSE(done);
        REQUIRE_THAT(done.error().what, Catch::Contains("a snapshot"));
    }
}

TEST_CASE("registry: a reader keeps its moment while another process imports",
          "[lists][registry]") {
    const ListFolder folder;
    Registry writer = folder.registry();
    static_cast<void>(imported(writer, request(folder, kOne, "2024-01-01")));
    auto reader = Registry::open(folder.registry_path(), Access::read);
    REQUIRE(reader);
    {
        const auto moment = SqliteTransaction::read(reader->database());
        REQUIRE(moment);
        REQUIRE(reader->snapshots()->size() == 1);
        static_cast<void>(imported(writer, request(folder, kTwo, "2024-02-01")));
        REQUIRE(reader->snapshots()->size() == 1);
    }
    REQUIRE(reader->snapshots()->size() == 2);
}

TEST_CASE("registry: snapshots are found by name, date and digest", "[lists][registry]") {
    const ListFolder folder;
    Registry registry = folder.registry();
    const Snapshot first = imported(registry, request(folder, kOne, "2024-01-01")).snapshot;
    const Snapshot second = imported(registry, request(folder, kTwo, "2024-02-01")).snapshot;
    REQUIRE(*registry.find("wallets") == second);
    REQUIRE(*registry.find("wallets@2024-01-01") == first);
    REQUIRE(*registry.find(sha256_text(first.sha256).substr(0, 8)) == first);
    const auto absent = registry.find("nothing");
    REQUIRE_FALSE(absent);
    REQUIRE(absent.error().code == ErrorCode::not_found);
    REQUIRE_THAT(absent.error().what, Catch::Contains("wallets@2024-01-01"));
    static_cast<void>(
        imported(registry, request(folder, "# x\n" + std::string(kTwo), "2024-02-01")));
    REQUIRE(registry.find("wallets@2024-02-01").error().code == ErrorCode::invalid);
}

TEST_CASE("registry: list names are plain words", "[lists][registry]") {
    for (const std::string_view good : {"ofac-sdn", "a", "eu.2025_1"})
        REQUIRE(valid_list_name(good));
    for (const std::string_view bad : {"", "OFAC", "1st", "a b", "a/b", "a@b", "-a"})
        REQUIRE_FALSE(valid_list_name(bad));
    REQUIRE_FALSE(valid_list_name(std::string(65, 'a')));
}

TEST_CASE("sqlite: a transaction that is not committed never happened", "[lists][registry]") {
    const ListFolder folder;
    auto database = Sqlite::open(folder.path("x.sqlite"), SqliteMode::create);
    REQUIRE(database);
    REQUIRE(database->run("CREATE TABLE t (x INTEGER)"));
    {
        auto transaction = SqliteTransaction::write(*database);
        REQUIRE(transaction);
        REQUIRE(database->run("INSERT INTO t VALUES (1)"));
    }
    auto count = database->prepare("SELECT count(*) FROM t");
    REQUIRE(count);
    REQUIRE(*count->step());
    REQUIRE(count->integer(0) == 0);
    REQUIRE_FALSE(database->prepare("SELECT nothing FROM nowhere"));
}

}  // namespace wagetrail::lists
