// What a connection takes from all others, given back when it goes out of scope.
#pragma once

#include "server/http/hub.h"

#include <algorithm>
#include <atomic>
#include <string>

namespace wagetrail::server {

/// A question stays on the list of those under a deadline while this lives.
class Deadline {
  public:
    /// socket: as of Hub::Running.
    Deadline(Hub& hub, std::chrono::milliseconds span, int socket = -1) : hub_(hub) {
        const auto at = Hub::Clock::now() + span;
        const auto after = std::ranges::find_if(
            hub.running, [&](const Hub::Running& other) { return other.deadline > at; });
        place_ = hub.running.emplace(after, std::stop_source(), at, socket);
    }
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;
    Deadline(Deadline&&) = delete;
    Deadline& operator=(Deadline&&) = delete;
    ~Deadline() { hub_.running.erase(place_); }

    [[nodiscard]] std::stop_token token() const { return place_->stop.get_token(); }
    /// Set when whoever asked has left; valid while this lives.
    [[nodiscard]] const std::atomic<bool>& left() const { return place_->left; }

  private:
    Hub& hub_;
    std::list<Hub::Running>::iterator place_;
};

/// Bytes of a body count against the bound of all bodies while this lives.
class HeldBytes {
  public:
    explicit HeldBytes(Hub& hub) : hub_(hub) {}
    HeldBytes(const HeldBytes&) = delete;
    HeldBytes& operator=(const HeldBytes&) = delete;
    HeldBytes(HeldBytes&&) = delete;
    HeldBytes& operator=(HeldBytes&&) = delete;
    ~HeldBytes() { hub_.body_bytes -= held_; }

    [[nodiscard]] bool hold(std::size_t bytes) {
        if (hub_.body_bytes + bytes > hub_.limits().body_bytes_in_all) return false;
        hub_.body_bytes += bytes;
        held_ += bytes;
        return true;
    }

  private:
    Hub& hub_;
    std::size_t held_ = 0;
};

/// A client is counted against the bound of its address while this lives.
class PeerCount {
  public:
    PeerCount(Hub& hub, const std::string& peer)
        : hub_(hub), place_(hub.by_peer.try_emplace(peer).first) {
        ++place_->second;
    }
    PeerCount(const PeerCount&) = delete;
    PeerCount& operator=(const PeerCount&) = delete;
    PeerCount(PeerCount&&) = delete;
    PeerCount& operator=(PeerCount&&) = delete;
    ~PeerCount() {
        if (--place_->second == 0) hub_.by_peer.erase(place_);
    }

  private:
    Hub& hub_;
    std::map<std::string, std::size_t>::iterator place_;
};

}  // namespace wagetrail::server
