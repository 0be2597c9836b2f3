// The tables of the registry file that belong to lists. Content tables (party, address, reading,
// row) hold each distinct value once, however many snapshots repeat it; entry says which snapshot
// holds which row of whom. Aliases are every other name that any snapshot gave the party. Triggers
// refuse to change or delete what a snapshot says.
//
// The file has other parts too, each with its own tables and its own format number.
#pragma once

#include <cstdint>

namespace wagetrail::lists {

inline constexpr std::int64_t kRegistryApplicationId = 0x57475452;  // "WGTR"
inline constexpr std::int64_t kListsFormat = 2;

inline constexpr const char* kFormatTable =
    "CREATE TABLE IF NOT EXISTS format (part TEXT PRIMARY KEY, number INTEGER NOT NULL) "
    "WITHOUT ROWID";

// Times are seconds since 1970; texts with several values have one per line; ledgers go by name.
inline constexpr const char* kListsSchema = R"sql(
CREATE TABLE lists_snapshot (
    id INTEGER PRIMARY KEY,
    list TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    published INTEGER NOT NULL,
    known_from INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    parties INTEGER NOT NULL,
    listed_parties INTEGER NOT NULL,
    row_count INTEGER NOT NULL,
    addresses INTEGER NOT NULL,
    unrecognised INTEGER NOT NULL,
    warnings TEXT NOT NULL,
    UNIQUE (list, sha256, published)
);
CREATE TABLE lists_party (
    id INTEGER PRIMARY KEY,
    party_id TEXT NOT NULL,
    name TEXT NOT NULL,
    programs TEXT NOT NULL,
    designation INTEGER NOT NULL,
    designated_on INTEGER
);
CREATE UNIQUE INDEX lists_party_once ON lists_party
    (party_id, name, programs, designation, ifnull(designated_on, ''));
CREATE TABLE lists_alias (
    party INTEGER NOT NULL REFERENCES lists_party (id),
    name TEXT NOT NULL,
    PRIMARY KEY (party, name)
) WITHOUT ROWID;
CREATE TABLE lists_address (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    family TEXT NOT NULL
);
CREATE TABLE lists_reading (
    ledger TEXT NOT NULL,
    kind INTEGER NOT NULL,
    payload BLOB NOT NULL,
    address INTEGER NOT NULL REFERENCES lists_address (id),
    PRIMARY KEY (ledger, kind, payload, address)
) WITHOUT ROWID;
CREATE TABLE lists_row (
    id INTEGER PRIMARY KEY,
    address INTEGER NOT NULL REFERENCES lists_address (id),
    text TEXT NOT NULL,
    ticker TEXT NOT NULL,
    listed_on INTEGER,
    listed_after INTEGER,
    removed_on INTEGER
);
CREATE UNIQUE INDEX lists_row_once ON lists_row
    (address, text, ticker, ifnull(listed_on, ''), ifnull(listed_after, ''), ifnull(removed_on, ''));
CREATE TABLE lists_entry (
    snapshot INTEGER NOT NULL REFERENCES lists_snapshot (id),
    row INTEGER NOT NULL REFERENCES lists_row (id),
    party INTEGER NOT NULL REFERENCES lists_party (id),
    PRIMARY KEY (row, snapshot, party)
) WITHOUT ROWID;
CREATE INDEX lists_entry_snapshot ON lists_entry (snapshot);
CREATE TRIGGER lists_snapshot_fixed BEFORE UPDATE ON lists_snapshot
    BEGIN SELECT raise(ABORT, 'a snapshot never changes'); END;
CREATE TRIGGER lists_snapshot_kept BEFORE DELETE ON lists_snapshot
    BEGIN SELECT raise(ABORT, 'a snapshot is never deleted'); END;
CREATE TRIGGER lists_entry_fixed BEFORE UPDATE ON lists_entry
    BEGIN SELECT raise(ABORT, 'a snapshot never changes'); END;
CREATE TRIGGER lists_entry_kept BEFORE DELETE ON lists_entry
    BEGIN SELECT raise(ABORT, 'a snapshot is never deleted'); END;
)sql";

}  // namespace wagetrail::lists
