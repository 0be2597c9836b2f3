#include "index/lists/snapshot_content.h"

#include <algorithm>
#include <utility>

namespace wagetrail::lists {
namespace {

/// INSERT ... ON CONFLICT DO NOTHING, then SELECT id: both with the same parameters.
class Interned {
  public:
    static Expected<Interned> open(Sqlite& database,
                                   std::string_view insert,
                                   std::string_view select) {
        return Interned(TRY(database.prepare(insert)), TRY(database.prepare(select)));
    }
    template <class Bind>
    Expected<std::int64_t> id(const Bind& bind) {
        bind(insert_);
        TRY(insert_.run());
        bind(select_);
        const bool found = TRY(select_.step());
        if (!found) return fail(ErrorCode::corrupt, "the registry lost a row it just took");
        const std::int64_t id = select_.integer(0);
        while (TRY(select_.step())) continue;
        return id;
    }

  private:
    Interned(SqliteStatement insert, SqliteStatement select)
        : insert_(std::move(insert)), select_(std::move(select)) {}

    SqliteStatement insert_;
    SqliteStatement select_;
};

Expected<Interned> party_table(Sqlite& database) {
    return Interned::open(
        database,
        "INSERT INTO lists_party (party_id, name, programs, designation, designated_on) "
        "VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        "SELECT id FROM lists_party WHERE party_id = ? AND name = ? AND programs = ? AND "
        "designation = ? AND ifnull(designated_on, '') = ifnull(?, '')");
}

Expected<std::int64_t> id_of(Interned& parties, const ListParty& party) {
    const std::string programs = joined_lines(party.programs);
    return parties.id([&](SqliteStatement& to) {
        to.bind(party.id).bind(party.name).bind(programs);
        to.bind(static_cast<std::int64_t>(party.designation)).bind(party.designated_on);
    });
}

class ContentWriter {
  public:
    static Expected<ContentWriter> open(Sqlite& database);
    Expected<void> put(SnapshotId snapshot, const ContentRow& row, const ListedAddress& address);

  private:
    ContentWriter(Interned parties,
                  Interned addresses,
                  Interned rows,
                  SqliteStatement reading,
                  SqliteStatement entry)
        : parties_(std::move(parties)),
          addresses_(std::move(addresses)),
          rows_(std::move(rows)),
          reading_(std::move(reading)),
          entry_(std::move(entry)) {}

    Interned parties_;
    Interned addresses_;
    Interned rows_;
    SqliteStatement reading_;
    SqliteStatement entry_;
};

Expected<ContentWriter> ContentWriter::open(Sqlite& database) {
    auto parties = TRY(party_table(database));
    auto addresses = TRY(Interned::open(
        database, "INSERT INTO lists_address (key, family) VALUES (?, ?) ON CONFLICT DO NOTHING",
        "SELECT id FROM lists_address WHERE key = ? AND family = ?"));
    auto rows = TRY(Interned::open(
        database,
        "INSERT INTO lists_row (address, text, ticker, listed_on, listed_after, removed_on) "
        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        "SELECT id FROM lists_row WHERE address = ? AND text = ? AND ticker = ? AND "
        "ifnull(listed_on, '') = ifnull(?, '') AND ifnull(listed_after, '') = ifnull(?, '') AND "
        "ifnull(removed_on, '') = ifnull(?, '')"));
    auto reading = TRY(database.prepare(
        "INSERT INTO lists_reading (ledger, kind, payload, address) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING"));
    auto entry = TRY(database.prepare(
        "INSERT INTO lists_entry (snapshot, row, party) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"));
    return ContentWriter(std::move(parties), std::move(addresses), std::move(rows),
                         std::move(reading), std::move(entry));
}

Expected<void> ContentWriter::put(SnapshotId snapshot,
                                  const ContentRow& row,
                                  const ListedAddress& listed) {
    const std::int64_t party = TRY(id_of(parties_, row.party));
    const std::int64_t address =
        TRY(addresses_.id([&](SqliteStatement& to) { to.bind(listed.key).bind(listed.family); }));
    for (const Address& reading : listed.readings) {
        reading_.bind(params(reading.ledger).name).bind(static_cast<std::int64_t>(reading.kind));
        TRY(reading_.bind(ByteView(reading.payload)).bind(address).run());
    }
    const std::int64_t id = TRY(rows_.id([&](SqliteStatement& to) {
        to.bind(address).bind(row.text).bind(row.ticker).bind(row.listed_on);
        to.bind(row.listed_after).bind(row.removed_on);
    }));
    return entry_.bind(snapshot).bind(id).bind(party).run();
}

}  // namespace

std::string joined_lines(const std::vector<std::string>& lines) {
    std::string out;
    for (const std::string& line : lines) out += (out.empty() ? "" : "\n") + line;
    return out;
}

std::vector<std::string> split_lines(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        out.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

ListParty read_party(const SqliteStatement& row, int first) {
    const std::int64_t designation = row.integer(first + 3);
    return {.id = std::string(row.text(first)),
            .name = std::string(row.text(first + 1)),
            .programs = split_lines(row.text(first + 2)),
            .designation = designation == 0   ? Designation::stated
                           : designation == 1 ? Designation::publication
                                              : Designation::missing,
            .designated_on = row.time_if(first + 4)};
}

Expected<SnapshotContent> load_content(Sqlite& database, SnapshotId snapshot) {
    auto rows = TRY(database.prepare(
        "SELECT p.party_id, p.name, p.programs, p.designation, p.designated_on, a.key, r.text, "
        "r.ticker, r.listed_on, r.listed_after, r.removed_on FROM lists_entry e "
        "JOIN lists_row r ON r.id = e.row JOIN lists_address a ON a.id = r.address "
        "JOIN lists_party p ON p.id = e.party WHERE e.snapshot = ?"));
    rows.bind(snapshot);
    SnapshotContent out;
    while (TRY(rows.step())) {
        out.push_back({.party = read_party(rows, 0),
                       .key = std::string(rows.text(5)),
                       .text = std::string(rows.text(6)),
                       .ticker = std::string(rows.text(7)),
                       .listed_on = rows.time_if(8),
                       .listed_after = rows.time_if(9),
                       .removed_on = rows.time_if(10)});
    }
    std::sort(out.begin(), out.end());
    return out;
}

Expected<SnapshotId> store_snapshot(Sqlite& database,
                                    const Snapshot& snapshot,
                                    const SnapshotContent& content,
                                    RecognisedTexts& recognised) {
    auto insert = TRY(database.prepare(
        "INSERT INTO lists_snapshot (list, sha256, published, known_from, kind, parties, "
        "listed_parties, row_count, addresses, unrecognised, warnings) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    insert.bind(snapshot.list).bind(snapshot.sha256.view()).bind(snapshot.published);
    insert.bind(snapshot.known_from).bind(static_cast<std::int64_t>(snapshot.kind));
    const SnapshotCounts& counts = snapshot.counts;
    for (const std::uint64_t count : {counts.parties, counts.listed_parties, counts.rows,
                                      counts.addresses, counts.unrecognised})
        insert.bind(static_cast<std::int64_t>(count));
    TRY(insert.bind(joined_lines(snapshot.warnings)).run());
    const SnapshotId id(database.last_insert_id());
    auto writer = TRY(ContentWriter::open(database));
    for (const ContentRow& row : content) TRY(writer.put(id, row, recognised.of(row.text)));
    return id;
}

Expected<void> store_aliases(Sqlite& database,
                             const std::vector<ListParty>& parties,
                             const std::vector<std::vector<std::string>>& aliases) {
    auto interned = TRY(party_table(database));
    auto insert = TRY(database.prepare(
        "INSERT INTO lists_alias (party, name) VALUES (?, ?) ON CONFLICT DO NOTHING"));
    for (std::size_t i = 0; i < aliases.size(); ++i) {
        if (aliases[i].empty()) continue;
        const std::int64_t party = TRY(id_of(interned, parties[i]));
        for (const std::string& name : aliases[i]) TRY(insert.bind(party).bind(name).run());
    }
    return {};
}

}  // namespace wagetrail::lists
