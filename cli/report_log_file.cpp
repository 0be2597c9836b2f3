#include "cli/report_log_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace wagetrail::cli {
namespace {

std::string log_path(const std::string& home) {
    return home + "/reports.log";
}

/// An open file, closed and unlocked at the end.
class LogFile {
  public:
    LogFile(const std::string& path, int flags)
        : path_(path), fd_(open(path.c_str(), flags, 0644)) {}
    LogFile(const LogFile&) = delete;
    LogFile& operator=(const LogFile&) = delete;
    LogFile(LogFile&&) = delete;
    LogFile& operator=(LogFile&&) = delete;
    ~LogFile() {
        if (fd_ >= 0) close(fd_);
    }

    [[nodiscard]] bool is_open() const { return fd_ >= 0; }
    [[nodiscard]] std::unexpected<Error> failure(const char* deed) const {
        return fail(ErrorCode::io, std::string("cannot ") + deed + " the log of reports " + path_ +
                                       ": " + std::strerror(errno));
    }

    Expected<void> lock() const {
        while (flock(fd_, LOCK_EX) != 0)
            if (errno != EINTR) return failure("lock");
        return {};
    }
    Expected<std::string> read_all() const {
        std::string all;
        std::array<char, 65536> part{};
        for (;;) {
            const ssize_t got = read(fd_, part.data(), part.size());
            if (got == 0) return all;
            if (got > 0)
                all.append(part.data(), static_cast<std::size_t>(got));
            else if (errno != EINTR)
                return failure("read");
        }
    }
    Expected<void> cut_to(std::size_t size) const {
        if (ftruncate(fd_, static_cast<off_t>(size)) != 0) return failure("repair");
        return {};
    }
    Expected<void> add(std::string_view line) const {
        while (!line.empty()) {
            const ssize_t put = write(fd_, line.data(), line.size());
            if (put > 0)
                line.remove_prefix(static_cast<std::size_t>(put));
            else if (errno != EINTR)
                return failure("write");
        }
        if (fsync(fd_) != 0) return failure("write");
        return {};
    }

  private:
    std::string path_;
    int fd_;
};

}  // namespace

Expected<std::vector<report::LoggedReport>> logged_reports(const std::string& home) {
    const LogFile file(log_path(home), O_RDONLY | O_CLOEXEC);
    if (!file.is_open() && errno == ENOENT) return std::vector<report::LoggedReport>();
    if (!file.is_open()) return file.failure("read");
    auto log = report::read_log(TRY(file.read_all()));
    if (!log) return with_context(std::move(log).error(), log_path(home));
    return log;
}

Expected<void> append_to_log(const std::string& home,
                             Time at,
                             const std::string& bundle,
                             const std::string& signer) {
    const LogFile file(log_path(home), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC);
    if (!file.is_open()) return file.failure("open");
    TRY(file.lock());
    const std::string content = TRY(file.read_all());
    auto log = report::read_log(content);
    if (!log) return with_context(std::move(log).error(), log_path(home));
    const std::size_t whole =
        content.rfind('\n') == std::string::npos ? 0 : content.rfind('\n') + 1;
    if (whole != content.size()) TRY(file.cut_to(whole));
    return file.add(report::next_line(*log, at, bundle, signer));
}

}  // namespace wagetrail::cli
