#include "index/lists/registry.h"

#include "index/disk_space.h"
#include "index/lists/schema.h"
#include "index/lists/snapshot_content.h"
#include "index/lists/sqlite.h"

#include <algorithm>
#include <system_error>
#include <utility>

namespace wagetrail::lists {
namespace {

constexpr std::size_t kListNameMax = 64;
// More than the largest list there is takes with its log (OFAC's: 0.3 MiB).
constexpr std::uint64_t kWriteReserve = std::uint64_t{8} << 20U;
constexpr std::size_t kShaPrefixMin = 6;

Expected<std::int64_t> single_number(Sqlite& database, std::string_view sql) {
    auto statement = TRY(database.prepare(sql));
    const bool found = TRY(statement.step());
    return found ? statement.integer(0) : 0;
}

std::unexpected<Error> no_registry(const Sqlite& database) {
    return fail(ErrorCode::corrupt,
                database.path() +
                    " is a database of another program; move it away or choose another --home");
}

/// True when the tables for lists are there in our format.
Expected<bool> has_lists(Sqlite& database) {
    const auto tables = TRY(single_number(database, "SELECT count(*) FROM sqlite_master"));
    const auto application = TRY(single_number(database, "PRAGMA application_id"));
    if (tables == 0 && application == 0) return false;
    if (application != kRegistryApplicationId) return no_registry(database);
    const auto number =
        TRY(single_number(database, "SELECT number FROM format WHERE part = 'lists'"));
    if (number == 0) return false;
    if (number != kListsFormat)
        return fail(ErrorCode::invalid,
                    database.path() + " keeps lists in format " + std::to_string(number) +
                        ", this program reads format " + std::to_string(kListsFormat) +
                        "; use the program that wrote it, or import the lists again under "
                        "another --home");
    return true;
}

Expected<void> create_lists(Sqlite& database) {
    auto transaction = TRY(SqliteTransaction::write(database));
    if (TRY(has_lists(database))) return {};  // another process was faster
    const std::string application =
        "PRAGMA application_id = " + std::to_string(kRegistryApplicationId);
    TRY(database.run(application.c_str()));
    TRY(database.run(kFormatTable));
    TRY(database.run(kListsSchema));
    auto format = TRY(database.prepare("INSERT INTO format VALUES ('lists', ?)"));
    TRY(format.bind(kListsFormat).run());
    return transaction.commit();
}

constexpr std::string_view kSelectSnapshots =
    "SELECT id, list, sha256, published, known_from, kind, parties, listed_parties, row_count, "
    "addresses, unrecognised, warnings FROM lists_snapshot ";
constexpr std::string_view kSnapshotOrder =
    " ORDER BY list, published, kind <> 4, known_from, id";  // 4: FileKind::history

Expected<std::vector<Snapshot>> read_snapshots(SqliteStatement statement) {
    std::vector<Snapshot> out;
    while (TRY(statement.step())) {
        Snapshot snapshot;
        snapshot.id = SnapshotId(statement.integer(0));
        snapshot.list = statement.text(1);
        snapshot.published = statement.time(3);
        snapshot.known_from = statement.time(4);
        const auto sha = hash_of_bytes<Sha256Hash>(statement.blob(2));
        const std::int64_t kind = statement.integer(5);
        if (!sha || kind < 0 || kind > static_cast<std::int64_t>(FileKind::history))
            return fail(ErrorCode::corrupt,
                        "a snapshot of the list " + snapshot.list + " in the registry is damaged");
        snapshot.sha256 = *sha;
        snapshot.kind = static_cast<FileKind>(kind);
        const auto count = [&](int column) {
            return static_cast<std::uint64_t>(statement.integer(column));
        };
        snapshot.counts = {count(6), count(7), count(8), count(9), count(10)};
        snapshot.warnings = split_lines(statement.text(11));
        out.push_back(std::move(snapshot));
    }
    return out;
}

std::string full_name(const Snapshot& snapshot) {
    return snapshot.list + "@" + date_text(snapshot.published) + " (" +
           sha256_text(snapshot.sha256).substr(0, 12) + ")";
}

bool matches(const Snapshot& snapshot, std::string_view name) {
    const std::size_t at = name.find('@');
    if (at == std::string_view::npos)
        return name.size() >= kShaPrefixMin && sha256_text(snapshot.sha256).starts_with(name);
    const std::string_view date = name.substr(at + 1);
    return snapshot.list == name.substr(0, at) &&
           (date == date_text(snapshot.published) || date == text(snapshot.published));
}

}  // namespace

std::string_view text(FileKind kind) {
    switch (kind) {
        case FileKind::text:
            return "txt";
        case FileKind::csv:
            return "csv";
        case FileKind::ofac_advanced:
            return "sdn_advanced.xml";
        case FileKind::sdn_xml:
            return "sdn.xml";
        case FileKind::history:
            return "history";
    }
    return "unknown";
}

std::string sha256_text(const Sha256Hash& hash) {
    return to_hex(hash.view());
}

Expected<void> Registry::copy_to(const std::filesystem::path& path) const {
    std::error_code unknown;
    const std::uintmax_t bytes = std::filesystem::file_size(database_->path(), unknown);
    TRY(index::require_space(path, unknown ? kWriteReserve : bytes + kWriteReserve));
    auto statement = TRY(database_->prepare("VACUUM INTO ?"));
    return statement.bind(path.string()).run();
}

bool valid_list_name(std::string_view name) {
    const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
    return !name.empty() && name.size() <= kListNameMax && letter(name[0]) &&
           std::all_of(name.begin(), name.end(), [&](char c) {
               return letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
           });
}

Registry::Registry(std::unique_ptr<Sqlite> database) : database_(std::move(database)) {}
Registry::Registry(Registry&&) noexcept = default;
Registry& Registry::operator=(Registry&&) noexcept = default;
Registry::~Registry() = default;

Expected<Registry> Registry::open(const std::filesystem::path& file, Access access) {
    std::error_code error;
    const bool there = std::filesystem::exists(file, error);
    if (!there && access == Access::read)
        return fail(
            ErrorCode::not_found,
            file.string() + " does not exist: no list was imported yet; see \"lists import\"");
    if (access == Access::write) {
        if (file.has_parent_path()) TRY(index::make_folder(file.parent_path()));
        TRY(index::require_space(file, kWriteReserve));
    }
    auto database = std::make_unique<Sqlite>(TRY(
        Sqlite::open(file, access == Access::write ? SqliteMode::create : SqliteMode::existing)));
    if (!TRY(has_lists(*database))) TRY(create_lists(*database));
    return Registry(std::move(database));
}

Expected<std::vector<Snapshot>> Registry::snapshots() const {
    return read_snapshots(
        TRY(database_->prepare(std::string(kSelectSnapshots) + std::string(kSnapshotOrder))));
}

Expected<std::vector<Snapshot>> Registry::snapshots(std::string_view list) const {
    auto statement = TRY(database_->prepare(std::string(kSelectSnapshots) + "WHERE list = ?" +
                                            std::string(kSnapshotOrder)));
    statement.bind(list);
    return read_snapshots(std::move(statement));
}

Expected<Snapshot> Registry::find(std::string_view name) const {
    const auto all = TRY(snapshots());
    std::vector<const Snapshot*> found;
    for (const Snapshot& snapshot : all) {
        // By order, the last one of its list is the newest.
        if (snapshot.list == name) found.assign(1, &snapshot);
    }
    if (found.empty())
        for (const Snapshot& snapshot : all)
            if (matches(snapshot, name)) found.push_back(&snapshot);
    const auto of_history = [](const Snapshot* each) { return each->kind == FileKind::history; };
    if (found.size() > 1 && !std::all_of(found.begin(), found.end(), of_history))
        std::erase_if(found, of_history);
    if (found.size() == 1) return *found[0];
    std::string candidates;
    for (const Snapshot& snapshot : all)
        if (found.empty() || matches(snapshot, name))
            candidates += (candidates.empty() ? "" : ", ") + full_name(snapshot);
    if (found.empty())
        return fail(ErrorCode::not_found, "no snapshot is called \"" + std::string(name) +
                                              "\" (write NAME, NAME@DATE or "
                                              "the first digits of its sha256); there are: " +
                                              (candidates.empty() ? "none" : candidates));
    return fail(ErrorCode::invalid,
                "\"" + std::string(name) + "\" is the name of several snapshots: " + candidates);
}

}  // namespace wagetrail::lists
