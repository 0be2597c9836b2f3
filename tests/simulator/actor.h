// Someone who acts in a simulation. Plans refer to the actor that made them, so an actor stays
// where it was made for as long as the world runs.
#pragma once

#include "tests/simulator/world.h"

#include <optional>
#include <string>
#include <utility>

namespace wagetrail::simulator {

class Actor {
  public:
    Actor(const Actor&) = delete;
    Actor(Actor&&) = delete;
    Actor& operator=(const Actor&) = delete;
    Actor& operator=(Actor&&) = delete;

    [[nodiscard]] OwnerId owner() const { return self_; }

  protected:
    /// software: by chance, one of those that private people use, unless it is given.
    Actor(World& world,
          std::string name,
          Role role,
          AddressKind kind,
          std::optional<Software> software = std::nullopt)
        : world_(world), self_(world.add_owner(std::move(name), role, kind, software)) {}
    ~Actor() = default;

    [[nodiscard]] World& world() const { return world_; }
    [[nodiscard]] Rng& rng() const { return world_.rng(); }

  private:
    World& world_;
    OwnerId self_;
};

}  // namespace wagetrail::simulator
