#include "index/backup.h"

#include <filesystem>
#include <system_error>

namespace wagetrail::index {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kRowsPerWrite = 1000;

Expected<void> copy_family(const ReadHandle& from,
                           Family family,
                           Database& to,
                           const std::stop_token& stop) {
    Batch batch;
    const auto flush = [&]() -> Expected<void> {
        TRY(to.write(batch, Durability::process_kill));
        batch = {};
        return {};
    };
    Cursor rows = from.cursor(family, Scan::whole);
    for (rows.seek_first(); rows.valid(); rows.next()) {
        if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped; no copy was made");
        batch.put(family, to_bytes(rows.key()), to_bytes(rows.value()));
        if (batch.size() >= kRowsPerWrite) TRY(flush());
    }
    TRY(rows.status());
    return flush();
}

Expected<void> copy_all(const ReadHandle& from,
                        const std::string& path,
                        std::uint64_t memory_bytes,
                        const std::stop_token& stop) {
    const auto to = TRY(Database::open_writer(path, memory_bytes, Database::Create::if_absent));
    for (std::size_t i = 0; i < kFamilyCount; ++i)
        TRY(copy_family(from, static_cast<Family>(i), *to, stop));
    return to->flush();
}

}  // namespace

Expected<void> copy_rows(const ReadHandle& from,
                         const std::string& path,
                         std::uint64_t memory_bytes,
                         const std::stop_token& stop) {
    std::error_code error;
    if (fs::exists(path, error))
        return fail(ErrorCode::invalid, path + " exists; name a folder that does not");
    auto copied = copy_all(from, path, memory_bytes, stop);
    if (!copied) fs::remove_all(path, error);
    return copied;
}

}  // namespace wagetrail::index
