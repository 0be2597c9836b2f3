#include "heuristics/evidence.h"

#include "chain/base/codec.h"

namespace wagetrail {

namespace {

constexpr std::uint8_t kParentTag = 'p';
constexpr std::uint8_t kChildTag = 'c';
constexpr std::uint8_t kMergeTag = 'm';
constexpr std::size_t kPositionSize = 8;

void write_start(Writer& writer, std::uint8_t tag, ClusterLevel level) {
    writer.put(tag);
    writer.put(static_cast<std::uint8_t>(level));
}

void write_position(Writer& writer, const MergePosition& position) {
    writer.big<5>(position.tx);
    writer.big<3>(position.sequence);
}

std::optional<MergeRule> merge_rule(std::uint8_t byte) {
    switch (static_cast<MergeRule>(byte)) {
        case MergeRule::same_key:
        case MergeRule::same_hash:
        case MergeRule::co_spend:
            return static_cast<MergeRule>(byte);
    }
    return std::nullopt;
}

std::unexpected<Error> malformed(std::string_view row) {
    return fail(ErrorCode::corrupt,
                "a row of " + std::string(row) +
                    " cannot be read; check the database with 'wagetrail doctor --deep'");
}

}  // namespace

std::string_view name(ClusterLevel level) {
    switch (level) {
        case ClusterLevel::l0:
            return "L0";
        case ClusterLevel::l1:
            return "L1";
    }
    return "unknown";
}

std::optional<ClusterLevel> parse_cluster_level(std::string_view word) {
    if (word.size() != 2 || (word[0] != 'L' && word[0] != 'l')) return std::nullopt;
    if (word[1] == '0') return ClusterLevel::l0;
    if (word[1] == '1') return ClusterLevel::l1;
    return std::nullopt;
}

std::string_view name(MergeRule rule) {
    switch (rule) {
        case MergeRule::same_key:
            return "same_key";
        case MergeRule::same_hash:
            return "same_hash";
        case MergeRule::co_spend:
            return "co_spend";
    }
    return "unknown";
}

unsigned score_permille(MergeRule rule) {
    switch (rule) {
        case MergeRule::same_key:
        case MergeRule::same_hash:
            return 1000;
        case MergeRule::co_spend:
            return 950;
    }
    return 0;
}

std::string score_text(MergeRule rule) {
    const unsigned score = score_permille(rule);
    const std::string digits = std::to_string(score % 1000);
    return std::to_string(score / 1000) + "." + std::string(3 - digits.size(), '0') + digits;
}

Bytes ParentRow::encoded() const {
    Writer writer;
    writer.put(static_cast<std::uint8_t>(rule));
    fields(writer, *this);
    return std::move(writer).bytes();
}

Expected<ParentRow> ParentRow::decoded(ByteView value) {
    Reader reader(value);
    ParentRow row;
    const auto rule = merge_rule(reader.byte());
    fields(reader, row);
    if (!reader.done() || !rule) return malformed("cluster (parent)");
    row.rule = *rule;
    return row;
}

Bytes ChildRow::encoded() const {
    Writer writer;
    fields(writer, *this);
    return std::move(writer).bytes();
}

Expected<ChildRow> ChildRow::decoded(ByteView value) {
    Reader reader(value);
    ChildRow row;
    fields(reader, row);
    if (!reader.done()) return malformed("cluster (child)");
    return row;
}

Bytes parent_key(ClusterLevel level, AddrId child) {
    Writer writer;
    write_start(writer, kParentTag, level);
    writer.big<5>(child);
    return std::move(writer).bytes();
}

Bytes child_prefix(ClusterLevel level, AddrId parent) {
    Writer writer;
    write_start(writer, kChildTag, level);
    writer.big<5>(parent);
    return std::move(writer).bytes();
}

Bytes child_key(ClusterLevel level, AddrId parent, MergePosition position) {
    Writer writer;
    writer.raw(child_prefix(level, parent));
    write_position(writer, position);
    return std::move(writer).bytes();
}

Bytes merge_key(ClusterLevel level, MergePosition position) {
    Writer writer;
    write_start(writer, kMergeTag, level);
    write_position(writer, position);
    return std::move(writer).bytes();
}

Bytes merge_value(AddrId child) {
    Writer writer;
    writer.big<5>(child);
    return std::move(writer).bytes();
}

Expected<AddrId> decoded_merge_value(ByteView value) {
    Reader reader(value);
    AddrId child;
    reader.big<5>(child);
    if (!reader.done()) return malformed("cluster (merge)");
    return child;
}

std::optional<MergePosition> trailing_position(ByteView key) {
    if (key.size() < kPositionSize) return std::nullopt;
    Reader reader(key.last(kPositionSize));
    MergePosition position;
    reader.big<5>(position.tx);
    reader.big<3>(position.sequence);
    return position;
}

Bytes TxClassRow::key() const {
    Writer writer;
    writer.big<5>(last);
    return std::move(writer).bytes();
}

// Counted back from the chunk's last transaction, so that a row needs nothing else to be read.
Bytes TxClassRow::encoded() const {
    Writer writer;
    for (const Entry& entry : entries) {
        writer.varint(last.value - entry.tx.value);  // raw: distance inside a chunk
        writer.put(static_cast<std::uint8_t>(entry.tx_class));
    }
    return std::move(writer).bytes();
}

Expected<TxClassRow> TxClassRow::decoded(ByteView key, ByteView value) {
    TxClassRow row;
    Reader key_reader(key);
    key_reader.big<5>(row.last);
    Reader reader(value);
    while (reader.ok() && reader.left() > 0) {
        const std::uint64_t back = reader.varint();
        const auto tx_class = static_cast<TxClass>(reader.byte());
        if (back > row.last.value) return malformed("tx_class");  // raw: distance inside a chunk
        const TxId tx(row.last.value - back);                     // raw: as above
        row.entries.push_back({.tx = tx, .tx_class = tx_class});
    }
    if (!key_reader.done() || !reader.done()) return malformed("tx_class");
    return row;
}

}  // namespace wagetrail
