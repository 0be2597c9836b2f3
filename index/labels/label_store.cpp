#include "index/labels/label_store.h"

#include "chain/base/sha256.h"

#include "index/labels/ftm.h"
#include "index/lists/listed_address.h"
#include "index/lists/sqlite.h"

#include <fstream>
#include <iterator>
#include <set>
#include <system_error>
#include <utility>

namespace wagetrail::labels {
namespace {

using lists::Sqlite;
using lists::SqliteStatement;
using lists::SqliteTransaction;

constexpr std::int64_t kLabelsFormat = 2;

// header and body are YAML; address is ListedAddress::key, empty without one; written is the
// address as the pack has it; date is the pack's own text.
constexpr const char* kLabelsSchema = R"sql(
CREATE TABLE labels_pack (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    kind INTEGER NOT NULL,
    title TEXT NOT NULL,
    creator TEXT NOT NULL,
    known_from INTEGER NOT NULL,
    tags INTEGER NOT NULL,
    addresses INTEGER NOT NULL,
    unrecognised INTEGER NOT NULL,
    header TEXT NOT NULL,
    UNIQUE (name, sha256)
);
CREATE TABLE labels_tag (
    pack INTEGER NOT NULL REFERENCES labels_pack (id),
    position INTEGER NOT NULL,
    address TEXT NOT NULL,
    written TEXT NOT NULL,
    label TEXT NOT NULL,
    category INTEGER NOT NULL,
    confidence INTEGER NOT NULL,
    source TEXT NOT NULL,
    date TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (pack, position)
) WITHOUT ROWID;
CREATE INDEX labels_tag_address ON labels_tag (address);
CREATE TABLE labels_note (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    address TEXT NOT NULL,
    label TEXT NOT NULL,
    category INTEGER NOT NULL,
    author TEXT NOT NULL,
    reason TEXT NOT NULL,
    added INTEGER NOT NULL,
    removed INTEGER
);
)sql";

Expected<std::string> whole_file(const std::filesystem::path& file) {
    std::error_code error;
    if (!std::filesystem::exists(file, error))
        return fail(ErrorCode::not_found, file.string() + " does not exist");
    if (!std::filesystem::is_regular_file(file, error))
        return fail(ErrorCode::io, file.string() + " is no file");
    if (std::filesystem::file_size(file, error) > kYamlBytesMax)
        return fail(ErrorCode::limit, file.string() + " is larger than 64 MiB");
    std::ifstream in(file, std::ios::binary);
    std::string out(std::istreambuf_iterator<char>(in), {});
    if (error || !in) return fail(ErrorCode::io, file.string() + " cannot be read");
    return out;
}

Expected<void> store_tags(Sqlite& database,
                          std::int64_t pack,
                          const std::vector<Tag>& tags,
                          lists::RecognisedTexts& recognised) {
    auto insert = TRY(database.prepare(
        "INSERT INTO labels_tag (pack, position, address, written, label, category, confidence, "
        "source, date, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    for (std::size_t i = 0; i < tags.size(); ++i) {
        const std::string key =
            tags[i].address.empty() ? std::string() : recognised.of(tags[i].address).key;
        insert.bind(pack).bind(static_cast<std::int64_t>(i)).bind(key).bind(tags[i].address);
        insert.bind(tags[i].label).bind(static_cast<std::int64_t>(tags[i].category));
        insert.bind(std::int64_t{tags[i].confidence}).bind(tags[i].source).bind(tags[i].date);
        TRY(insert.bind(write_yaml(tags[i].body)).run());
    }
    return {};
}

Expected<void> store_pack(Sqlite& database,
                          Pack& pack,
                          const TagPack& content,
                          lists::RecognisedTexts& recognised) {
    auto insert = TRY(database.prepare(
        "INSERT INTO labels_pack (name, sha256, kind, title, creator, known_from, tags, addresses, "
        "unrecognised, header) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    insert.bind(pack.name).bind(pack.sha256.view()).bind(static_cast<std::int64_t>(pack.kind));
    insert.bind(pack.title).bind(pack.creator).bind(pack.known_from);
    for (const std::uint64_t count : {pack.tags, pack.addresses, pack.unrecognised})
        insert.bind(static_cast<std::int64_t>(count));
    TRY(insert.bind(write_yaml(content.header)).run());
    pack.row = database.last_insert_id();
    return store_tags(database, pack.row, content.tags, recognised);
}

void count(Pack& pack, const TagPack& content, lists::RecognisedTexts& recognised) {
    std::set<std::string_view> addresses;
    std::set<std::string_view> unrecognised;
    for (const Tag& tag : content.tags) {
        if (tag.address.empty()) continue;
        const lists::ListedAddress& address = recognised.of(tag.address);
        addresses.insert(address.key);
        if (address.family.empty()) unrecognised.insert(address.key);
    }
    pack.tags = content.tags.size();
    pack.addresses = addresses.size();
    pack.unrecognised = unrecognised.size();
}

constexpr std::string_view kSelectPacks =
    "SELECT id, name, sha256, kind, title, creator, known_from, tags, addresses, unrecognised "
    "FROM labels_pack ORDER BY name, id";

Expected<Pack> pack_of(const SqliteStatement& row) {
    Pack pack;
    const auto sha = hash_of_bytes<Sha256Hash>(row.blob(2));
    if (!sha || row.integer(3) < 0 || row.integer(3) > 1)
        return fail(ErrorCode::corrupt, "a pack of labels in the registry is damaged");
    pack.sha256 = *sha;
    pack.row = row.integer(0);
    pack.name = row.text(1);
    pack.kind = static_cast<PackKind>(row.integer(3));
    pack.title = row.text(4);
    pack.creator = row.text(5);
    pack.known_from = row.time(6);
    pack.tags = static_cast<std::uint64_t>(row.integer(7));
    pack.addresses = static_cast<std::uint64_t>(row.integer(8));
    pack.unrecognised = static_cast<std::uint64_t>(row.integer(9));
    return pack;
}

/// A table of another kind is no YAML, or one long scalar of it: what the reader of YAML says of
/// that helps nobody.
Error no_pack() {
    return {
        ErrorCode::invalid,
        "this is no pack of labels: wagetrail labels import reads TagPacks and ActorPacks (YAML "
        "that begins with title: and creator:) and OpenSanctions' entities.ftm.json; a CSV of "
        "services is for --services of trace, paths and exposure, listed addresses are for "
        "wagetrail lists import FILE --name NAME, a single label for wagetrail labels add"};
}

}  // namespace

Expected<bool> has_labels(Sqlite& database) {
    auto format = TRY(database.prepare("SELECT number FROM format WHERE part = 'labels'"));
    if (!TRY(format.step())) return false;
    const std::int64_t number = format.integer(0);
    if (number == kLabelsFormat) return true;
    return fail(ErrorCode::invalid, database.path() + " keeps labels in format " +
                                        std::to_string(number) + ", this program reads format " +
                                        std::to_string(kLabelsFormat) +
                                        "; move the file away and import lists and packs again");
}

Expected<void> ensure_labels(Sqlite& database) {
    if (TRY(has_labels(database))) return {};
    TRY(database.run(kLabelsSchema));
    auto format = TRY(database.prepare("INSERT INTO format VALUES ('labels', ?)"));
    return format.bind(kLabelsFormat).run();
}

Expected<ImportedPack> import_pack(lists::Registry& registry, const PackImport& request) {
    if (!lists::valid_list_name(request.name))
        return fail(ErrorCode::invalid,
                    "\"" + request.name +
                        "\" cannot name a pack: 1 to 64 of a-z 0-9 . _ -, a letter first; use "
                        "--name");
    const std::string bytes = TRY(whole_file(request.file));
    auto content = looks_like_ftm(bytes) ? read_ftm(bytes) : read_tag_pack(bytes);
    if (!content) {
        const bool is_a_pack = looks_like_ftm(bytes) || bytes.contains("title");
        return with_context(is_a_pack ? content.error() : no_pack(), request.file.string());
    }
    lists::RecognisedTexts recognised;
    ImportedPack out;
    out.pack = Pack{.name = request.name,
                    .sha256 = sha256(as_bytes(bytes)),
                    .kind = content->kind,
                    .title = content->title,
                    .creator = content->creator,
                    .known_from = request.known_from};
    count(out.pack, *content, recognised);
    Sqlite& database = registry.database();
    auto transaction = TRY(SqliteTransaction::write(database));
    TRY(ensure_labels(database));
    for (const Pack& pack : TRY(packs(registry))) {
        if (pack.name != request.name || pack.sha256 != out.pack.sha256) continue;
        return ImportedPack{.pack = pack, .already_there = true};
    }
    TRY(store_pack(database, out.pack, *content, recognised));
    TRY(transaction.commit());
    return out;
}

Expected<std::vector<Pack>> packs(const lists::Registry& registry) {
    Sqlite& database = registry.database();
    std::vector<Pack> out;
    if (!TRY(has_labels(database))) return out;
    auto rows = TRY(database.prepare(kSelectPacks));
    while (TRY(rows.step())) out.push_back(TRY(pack_of(rows)));
    return out;
}

Expected<TagPack> load_pack(const lists::Registry& registry, std::string_view name) {
    Sqlite& database = registry.database();
    const auto moment = TRY(SqliteTransaction::read(database));
    std::string names;
    std::string last;
    for (const Pack& pack : TRY(packs(registry))) {  // by name
        if (pack.name == last) continue;
        names += (names.empty() ? "" : ", ") + pack.name;
        last = pack.name;
    }
    const auto missing = [&] {
        return fail(ErrorCode::not_found, "no pack is called \"" + std::string(name) +
                                              "\"; there are: " + (names.empty() ? "none" : names));
    };
    if (names.empty()) return missing();
    auto header = TRY(
        database.prepare("SELECT id, kind, title, creator, header FROM labels_pack WHERE name = ? "
                         "ORDER BY id DESC LIMIT 1"));
    if (!TRY(header.bind(name).step())) return missing();
    TagPack out;
    out.kind = header.integer(1) == 0 ? PackKind::tags : PackKind::actors;
    out.title = header.text(2);
    out.creator = header.text(3);
    out.header = TRY(read_yaml(header.text(4)));
    auto rows = TRY(
        database.prepare("SELECT label, body FROM labels_tag WHERE pack = ? ORDER BY position"));
    rows.bind(header.integer(0));
    while (TRY(rows.step())) {
        Tag tag;
        tag.label = rows.text(0);
        tag.body = TRY(read_yaml(rows.text(1)));
        out.tags.push_back(std::move(tag));
    }
    return out;
}

}  // namespace wagetrail::labels
