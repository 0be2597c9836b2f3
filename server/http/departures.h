// Clients that leave while their question runs: nobody waits for the answer, so it must not keep a
// processor from the others until its deadline.
#pragma once

#include "server/http/hub.h"

namespace wagetrail::server {

/// Looks at the connections of all questions that run, without reading from them. One that is gone
/// ends its question at once; one that only sends no more (the client may still read, as some do
/// that ask once) gets Limits::half_closed for the answer.
void end_questions_of_departed(Hub& hub, Hub::Clock::time_point now);

}  // namespace wagetrail::server
