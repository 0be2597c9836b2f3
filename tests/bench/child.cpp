#include "tests/bench/child.h"

#include <sched.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace wagetrail::bench {
namespace {

constexpr int kFailed = 4;

Expected<void> keep_to(unsigned cpus) {
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0)
        return fail(ErrorCode::io, "cannot ask which processors there are");
    cpu_set_t few;
    CPU_ZERO(&few);
    unsigned taken = 0;
    for (std::size_t cpu = 0; cpu < CPU_SETSIZE && taken < cpus; ++cpu) {
        if (!CPU_ISSET(cpu, &allowed)) continue;
        CPU_SET(cpu, &few);
        ++taken;
    }
    if (taken < cpus)
        return fail(ErrorCode::invalid, std::to_string(cpus) + " processors asked for, " +
                                            std::to_string(taken) + " there; give --cpus less");
    if (sched_setaffinity(0, sizeof few, &few) != 0)
        return fail(ErrorCode::io, "cannot keep a process to " + std::to_string(cpus) + " cpus");
    return {};
}

/// The line "write_bytes: N" of proc(5).
std::uint64_t written_bytes() {
    std::ifstream io("/proc/self/io");
    std::string key;
    std::uint64_t value = 0;
    while (io >> key >> value)
        if (key == "write_bytes:") return value;
    return 0;
}

[[noreturn]] void be_child(int out,
                           unsigned cpus,
                           const std::function<Expected<std::string>()>& work) {
    int status = 0;
    std::string text;
    const auto kept = keep_to(cpus);
    auto result = kept ? work() : std::unexpected(kept.error());
    if (result) {
        text = std::to_string(written_bytes()) + "\n" + *result;
    } else {
        text = result.error().what;
        status = kFailed;
    }
    for (std::size_t done = 0; done < text.size();) {
        const ssize_t wrote = write(out, text.data() + done, text.size() - done);
        if (wrote <= 0) _exit(kFailed);
        done += static_cast<std::size_t>(wrote);
    }
    close(out);
    _exit(status);
}

std::string read_all(int in) {
    std::string text;
    std::array<char, 4096> part{};
    for (ssize_t got = 0; (got = read(in, part.data(), part.size())) > 0;)
        text.append(part.data(), static_cast<std::size_t>(got));
    return text;
}

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

Expected<ChildResult> run_in_child(unsigned cpus,
                                   const std::function<Expected<std::string>()>& work) {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0) return fail(ErrorCode::io, "cannot make a pipe");
    std::fflush(nullptr);
    const auto begun = std::chrono::steady_clock::now();
    const pid_t child = fork();
    if (child < 0) return fail(ErrorCode::io, "cannot start another process");
    if (child == 0) {
        close(ends[0]);
        be_child(ends[1], cpus, work);
    }
    close(ends[1]);
    const std::string text = read_all(ends[0]);
    close(ends[0]);
    int status = 0;
    rusage used{};
    wait4(child, &status, 0, &used);
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begun;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return fail(ErrorCode::io, "a measurement failed: " + text);
    const std::size_t line = text.find('\n');
    ChildResult result;
    result.cost = {.wall_seconds = wall.count(),
                   .cpu_seconds = seconds(used.ru_utime) + seconds(used.ru_stime),
                   .peak_rss_bytes = static_cast<std::uint64_t>(used.ru_maxrss) * 1024,
                   .written_bytes = std::strtoull(text.c_str(), nullptr, 10)};
    result.output = text.substr(line + 1);
    return result;
}

}  // namespace wagetrail::bench
