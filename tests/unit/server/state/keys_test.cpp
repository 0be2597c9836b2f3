#include "server/state/keys.h"

#include "server/state/doorman.h"
#include "tests/unit/server/state/state_home.h"

#include <catch2/catch.hpp>

namespace wagetrail::server {
namespace {

constexpr Time kNow{1'700'000'000};

HeaderFields with(std::string_view name, std::string_view text) {
    HeaderFields headers;
    headers.add(name, text);
    return headers;
}

}  // namespace

TEST_CASE("keys: scopes are read by name, and none is not one", "[server][keys]") {
    CHECK(Scopes::parse({"trace", "lists"})->names() == std::vector<std::string>{"lists", "trace"});
    CHECK_FALSE(Scopes::parse({"lists"})->allow(Scope::chain));
    CHECK(Scopes::parse({"lists"})->allow(Scope::open));
    CHECK(Scopes::parse({}).error().code == ErrorCode::invalid);
    CHECK(Scopes::parse({"open"}).error().code == ErrorCode::invalid);
    CHECK(Scopes::all().names().size() == key_scopes().size());
}

TEST_CASE("keys: what was added is found by its text alone, until it is revoked",
          "[server][keys]") {
    const StateHome home;
    auto state = home.open();
    const std::string a = add_key(state, {.name = "a", .scopes = Scopes::all()}, kNow).value();
    const std::string b = add_key(state, {.name = "b", .scopes = Scopes::all()}, kNow).value();
    CHECK(a != b);
    CHECK(a.size() == 4 + 64);
    CHECK(add_key(state, {.name = "a", .scopes = Scopes::all()}, kNow).error().code ==
          ErrorCode::invalid);
    const KeyRing ring(all_keys(state).value());
    REQUIRE(ring.find(a) != nullptr);
    CHECK(ring.find(a)->name == "a");
    CHECK(ring.find(b)->name == "b");
    CHECK(ring.find(a.substr(1)) == nullptr);
    CHECK(ring.find("") == nullptr);
    REQUIRE(revoke_key(state, "a", kNow));
    CHECK(revoke_key(state, "c", kNow).error().code == ErrorCode::not_found);
    const auto later = all_keys(state).value();
    CHECK(later.front().revoked == kNow);
    CHECK(KeyRing(later).find(a) == nullptr);
    CHECK(KeyRing(later).find(b) != nullptr);
    // Its name stays taken: the audit log means one holder by it.
    CHECK_FALSE(add_key(state, {.name = "a", .scopes = Scopes::all()}, kNow));
}

TEST_CASE("keys: the doorman takes a key in three spellings and none for nobody",
          "[server][keys]") {
    const StateHome home;
    auto state = home.open();
    const Scopes lists = Scopes::parse({"lists"}).value();
    const std::string key =
        add_key(state, {.name = "k", .scopes = lists, .per_second = 7}, kNow).value();
    Doorman doorman(/*needs_key=*/true);
    // shared: with those who are being let in while another ring takes its place
    doorman.use(std::make_shared<const KeyRing>(all_keys(state).value()));
    for (const auto& headers :
         {with("Authorization", "Bearer " + key), with("authorization", "bearer " + key),
          with("Authorization", key), with("x-api-key", key)}) {
        const auto caller = doorman.admit(headers);
        REQUIRE(caller);
        CHECK(caller->name == "k");
        CHECK(caller->rate->per_second == 7);
        CHECK(caller->scopes.allow(Scope::lists));
        CHECK_FALSE(caller->scopes.allow(Scope::trace));
    }
    CHECK(doorman.admit(with("Authorization", "Basic " + key)).error().code ==
          ProblemCode::unauthorized);
    const auto nobody = doorman.admit({});
    REQUIRE(nobody);
    CHECK_FALSE(nobody->scopes.allow(Scope::lists));
    CHECK(nobody->scopes.allow(Scope::open));
    CHECK(Doorman(/*needs_key=*/false).admit({})->scopes.allow(Scope::trace));
}

}  // namespace wagetrail::server
