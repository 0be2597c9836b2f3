#include "index/store.h"

#include "index/revert.h"

namespace wagetrail::index {
namespace {

constexpr std::string_view kFormatKey = "format";
constexpr std::string_view kLedgerKey = "ledger";
constexpr std::string_view kRulesKey = "rules";

Bytes varint_bytes(std::uint64_t value) {
    Writer writer;
    writer.varint(value);
    return std::move(writer).bytes();
}

std::string as_text(const Bytes& bytes) {
    return {bytes.begin(), bytes.end()};
}

}  // namespace

std::string database_path(const std::string& home, LedgerId ledger) {
    return home + "/ledgers/" + std::string(params(ledger).name);
}

Store::Store(std::unique_ptr<Database> database,
             LedgerId ledger,
             Derivation derivation,
             std::uint64_t table_bytes)
    : database_(std::move(database)),
      ledger_(ledger),
      derivation_(std::move(derivation)),
      resolver_(*database_, ledger, table_bytes),
      writer_(*database_) {}

Expected<std::unique_ptr<Store>> Store::open(const std::string& path,
                                             LedgerId ledger,
                                             Derivation derivation,
                                             std::uint64_t memory_bytes) {
    // A third for our own tables, the rest for RocksDB's cache and memtables.
    const std::uint64_t table_bytes = memory_bytes / 3;
    auto database =
        TRY(Database::open_writer(path, memory_bytes - table_bytes, Database::Create::if_absent));
    std::unique_ptr<Store> store(
        new Store(std::move(database), ledger, std::move(derivation), table_bytes));
    TRY(store->identify());
    TRY(store->load_tip());
    return store;
}

Expected<void> Store::identify() {
    const ReadHandle reader = database_->latest();
    const auto format = TRY(reader.get(Family::meta, as_bytes(kFormatKey)));
    if (!format) {
        Batch batch;
        batch.put(Family::meta, to_bytes(as_bytes(kFormatKey)), varint_bytes(kFormat));
        batch.put(Family::meta, to_bytes(as_bytes(kLedgerKey)),
                  to_bytes(as_bytes(params(ledger_).name)));
        batch.put(Family::meta, to_bytes(as_bytes(kRulesKey)),
                  to_bytes(as_bytes(derivation_.version)));
        return database_->write(batch, Durability::power_loss);
    }
    const auto rules = TRY(reader.get(Family::meta, as_bytes(kRulesKey)));
    if (!rules || as_text(*rules) != derivation_.version)
        return fail(ErrorCode::corrupt,
                    "the index was built with rules \"" + (rules ? as_text(*rules) : "") +
                        "\", this program has \"" + derivation_.version +
                        "\"; delete the folder and run wagetrail sync again to rebuild it");
    return {};
}

Expected<void> Store::load_tip() {
    auto view = LedgerView::open(database_->latest(), ledger_);
    if (!view && view.error().code == ErrorCode::not_found) {
        tip_.reset();
        next_ = {};
        return {};
    }
    if (!view) return std::unexpected(std::move(view).error());
    const BlockRow row = TRY(view->block(view->as_of().height));
    tip_ = ChainTip{view->as_of().height, row.hash};
    next_ = {row.end_tx(), row.end_in(), row.end_out(), row.end_addr()};
    return {};
}

Expected<void> Store::apply(SourceBlock source, Durability durability) {
    TRY(connect(prepare(ledger_, derivation_, std::move(source)), durability));
    return settle();
}

Expected<void> Store::check_follows(const SourceBlock& source) const {
    const Height expected = tip_ ? tip_->height.next() : Height(0);
    const BlockHash previous = tip_ ? tip_->hash : BlockHash();
    if (source.height != expected || source.block.header.previous != previous)
        return fail(ErrorCode::invalid,
                    "block " + text(source.block.hash) + " does not follow the index's tip");
    if (!tip_ && source.block.hash != genesis_hash(params(ledger_)))
        return fail(ErrorCode::invalid, "the source's first block is not the genesis of " +
                                            std::string(params(ledger_).name));
    return {};
}

Expected<void> Store::connect(PreparedBlock prepared, Durability durability) {
    TRY(check_follows(prepared.source));
    const ResolvedBlock resolved = TRY(resolver_.resolve(std::move(prepared), next_));
    ended(ApplyStage::resolve);
    BlockRows rows = TRY(extract(resolved));
    ended(ApplyStage::extract);
    const Batch derived =
        TRY(derivation_.derive(resolved, database_->latest(),
                               [this](const Sha256Hash& hash) { return resolver_.find(hash); }));
    rows.batch.add(derived);
    ended(ApplyStage::derive);
    TRY(settle());
    resolver_.remember(resolved, rows);
    writer_.submit(std::move(rows.batch), durability);
    tip_ = ChainTip{resolved.height, resolved.block.hash};
    next_ = next_ids(resolved);
    ended(ApplyStage::write);
    return {};
}

Expected<void> Store::settle() {
    auto written = writer_.wait();
    if (written) return {};
    // What the tables and the tip say of that block did not happen.
    resolver_.forget();
    TRY(load_tip());
    return written;
}

Expected<void> Store::revert() {
    if (!tip_) return fail(ErrorCode::invalid, "the index is empty: there is no block to revert");
    TRY(settle());
    const LedgerView view = TRY(LedgerView::open(database_->latest(), ledger_));
    const BlockRow block = TRY(view.block(view.as_of().height));
    Batch batch = TRY(deletions_of_tip(view));
    batch.add(TRY(derivation_.revert(view.reader(), block.first_tx, block.end_tx())));
    TRY(database_->write(batch, Durability::process_kill));
    resolver_.forget();
    return load_tip();
}

}  // namespace wagetrail::index
