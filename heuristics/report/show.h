// Answers of `show`: what the chain itself says about an address, a transaction or a block.
#pragma once

#include "heuristics/report/envelope.h"

#include <optional>
#include <span>

namespace wagetrail::report {

/// A place in a list of transactions, stable across databases: height and index in the block.
struct HistoryCursor {
    Height height;
    std::uint64_t index = 0;
};
/// "812345:17"
[[nodiscard]] std::string text(const HistoryCursor& cursor);
[[nodiscard]] Expected<HistoryCursor> parse_history_cursor(std::string_view text);

/// A page of an address's history or of a block's transactions.
struct HistoryRequest {
    std::optional<HistoryCursor> from;
    std::size_t limit = 25;
};

/// Whether what was asked for is on the chain at all.
enum class Presence : std::uint8_t { on_chain, not_on_chain };

struct ShowAnswer {
    Answer answer;
    Presence presence = Presence::on_chain;
};

[[nodiscard]] Expected<ShowAnswer> show_address(const index::LedgerView& view,
                                                const Manifest& manifest,
                                                const Address& address,
                                                std::span<const labels::Label> labels,
                                                const std::optional<HistoryRequest>& history);
/// not_found when the transaction is not on the chain as of the view.
[[nodiscard]] Expected<ShowAnswer> show_transaction(const index::LedgerView& view,
                                                    const Manifest& manifest,
                                                    const Txid& txid);
[[nodiscard]] Expected<ShowAnswer> show_block(const index::LedgerView& view,
                                              const Manifest& manifest,
                                              Height height,
                                              const HistoryRequest& page);

}  // namespace wagetrail::report
