#include "cli/walk_line.h"

#include <cstdio>

namespace wagetrail::cli {

WalkLine::~WalkLine() {
    if (drawn_) std::fputc('\n', stderr);
}

question::TraceProgress WalkLine::progress() {
    return [this](Policy policy, const WalkProgress& progress) { show(policy, progress); };
}

void WalkLine::show(Policy policy, const WalkProgress& progress) {
    if (!shown_) return;
    const auto now = std::chrono::steady_clock::now();
    if (now - last_ < std::chrono::milliseconds(500)) return;
    last_ = now;
    const std::string words(name(policy));
    std::fprintf(stderr, "\r%s: %llu transactions, height %u   ", words.c_str(),
                 static_cast<unsigned long long>(progress.transactions),
                 progress.height.value);  // raw: printed
    std::fflush(stderr);
    drawn_ = true;
}

}  // namespace wagetrail::cli
