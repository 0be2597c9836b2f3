// The JSON vocabulary of answers: how amounts, times, positions and addresses are written. Used
// inside heuristics/report only.
#pragma once

#include "heuristics/report/envelope.h"

#include <nlohmann/json.hpp>

namespace wagetrail::report {

using Json = nlohmann::json;  // object keys sorted, as RFC 8785 wants

/// Wraps a result into the envelope and seals it with its result_id. One line.
[[nodiscard]] std::string sealed(const Manifest& manifest, Json result);

/// The same with parts that differ between two runs of one question; they are outside the
/// result_id.
[[nodiscard]] std::string sealed_with(const Manifest& manifest, Json result, const Json& passing);

/// Canonical bytes (RFC 8785) for keys in ASCII and integers below 2^53.
[[nodiscard]] std::string canonical(const Json& value);

/// The envelope in its printed form, a line end behind it allowed. invalid: no JSON object, bytes
/// that are not canonical, more than kEnvelopeBytesMax, or nesting beyond any of ours.
[[nodiscard]] Expected<Json> parse_envelope(std::string_view text);

/// Without what may differ between two answers to one question: result_id, engine, signature, ...
[[nodiscard]] Json sealed_part(Json envelope);

/// {"units": "15999600", "display": "0.15999600 BTC"}.
[[nodiscard]] Json amount_json(LedgerId ledger, Amount amount);
[[nodiscard]] std::string display(LedgerId ledger, Amount amount);

/// Where a fact stands: ledger, height, block hash, time, and the transaction.
[[nodiscard]] Expected<Json> position_json(const index::LedgerView& view,
                                           const index::TxRecord& tx);
[[nodiscard]] Time time_of(const index::BlockRow& block);

}  // namespace wagetrail::report
