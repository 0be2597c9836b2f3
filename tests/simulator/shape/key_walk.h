// Real keys in great number: P, P + G, P + 2G, ... Each costs one addition of points, a tenth of
// what a key of its own secret costs. Nobody needs the secrets: nothing here signs.
#pragma once

#include <array>
#include <cstdint>
#include <memory>

namespace wagetrail::simulator {

class KeyWalk {
  public:
    explicit KeyWalk(std::uint64_t seed);
    KeyWalk(const KeyWalk&) = delete;
    KeyWalk(KeyWalk&&) = delete;
    KeyWalk& operator=(const KeyWalk&) = delete;
    KeyWalk& operator=(KeyWalk&&) = delete;
    ~KeyWalk();

    /// Compressed; never the same one twice.
    [[nodiscard]] std::array<std::uint8_t, 33> next();

  private:
    struct Points;
    std::unique_ptr<Points> points_;
};

}  // namespace wagetrail::simulator
