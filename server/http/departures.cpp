#include "server/http/departures.h"

#include <poll.h>

#include <vector>

namespace wagetrail::server {
namespace {

constexpr short kGone = POLLERR | POLLHUP;

}  // namespace

void end_questions_of_departed(Hub& hub, Hub::Clock::time_point now) {
    std::vector<pollfd> sockets;
    std::vector<Hub::Running*> questions;
    for (Hub::Running& running : hub.running) {
        if (running.socket < 0 || running.left) continue;
        sockets.push_back({.fd = running.socket, .events = POLLRDHUP, .revents = 0});
        questions.push_back(&running);
    }
    // What cannot be looked at now is looked at the next time.
    if (sockets.empty() || ::poll(sockets.data(), sockets.size(), 0) <= 0) return;
    for (std::size_t i = 0; i < sockets.size(); ++i) {
        Hub::Running& running = *questions[i];
        if (sockets[i].revents == 0) continue;
        if (!running.half_closed) running.half_closed = now;
        const bool is_gone = (sockets[i].revents & kGone) != 0;
        if (!is_gone && now - *running.half_closed < hub.limits().half_closed) continue;
        running.left = true;
        running.stop.request_stop();
    }
}

}  // namespace wagetrail::server
