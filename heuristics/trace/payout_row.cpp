#include "heuristics/trace/payout_row.h"

#include "chain/base/number.h"

#include "index/lists/csv.h"

#include <algorithm>
#include <map>

namespace wagetrail {
namespace {

constexpr std::size_t kRowsMax = 10'000'000;

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

enum class Column : std::uint8_t { tx, vout, address, amount, currency, pay_date, chain, payee };

std::optional<Column> column_of(std::string_view header) {
    static const std::map<std::string, Column> kNames = {
        {"tx_hash", Column::tx},     {"txid", Column::tx},
        {"vout", Column::vout},      {"address", Column::address},
        {"amount", Column::amount},  {"currency", Column::currency},
        {"asset", Column::currency}, {"pay_date", Column::pay_date},
        {"date", Column::pay_date},  {"chain", Column::chain},
        {"ledger", Column::chain},   {"payee_id", Column::payee}};
    const auto found = kNames.find(lower(trimmed(header)));
    return found == kNames.end() ? std::nullopt : std::optional(found->second);
}

class RowParser {
  public:
    explicit RowParser(LedgerId ledger) : ledger_(ledger) {}

    Expected<void> take(const std::vector<lists::CsvField>& fields) {
        if (columns_.empty()) return take_header(fields);
        if (fields.size() == 1 && trimmed(fields[0].text).empty()) return {};
        if (rows_.size() >= kRowsMax) return fail(ErrorCode::limit, "more than 10,000,000 rows");
        PayoutRow row{.line = fields[0].line};
        auto parsed = fill(fields, row);
        if (!parsed)
            return with_context(std::move(parsed).error(), "line " + std::to_string(row.line));
        rows_.push_back(std::move(row));
        return {};
    }

    Expected<std::vector<PayoutRow>> rows() && {
        if (columns_.empty()) return fail(ErrorCode::invalid, "the table is empty");
        if (rows_.empty())
            return fail(ErrorCode::invalid,
                        "there is no payout in it: nothing follows the header of the table");
        return std::move(rows_);
    }

  private:
    Expected<void> take_header(const std::vector<lists::CsvField>& fields) {
        for (const lists::CsvField& field : fields) columns_.push_back(column_of(field.text));
        const auto has = [&](Column column) {
            return std::find(columns_.begin(), columns_.end(), column) != columns_.end();
        };
        if (has(Column::tx) || (has(Column::address) && has(Column::pay_date))) return {};
        for (const lists::CsvField& field : fields)
            if (field.text.contains(';'))
                return fail(ErrorCode::invalid,
                            "line 1: the columns of a table are separated by commas, not by "
                            "semicolons");
        return fail(ErrorCode::invalid,
                    "line 1: the header needs tx_hash, or address and pay_date; known columns are "
                    "tx_hash, vout, address, amount, currency, pay_date, chain, payee_id");
    }

    /// The text of a column in a row: of the first one of that name that is not empty.
    [[nodiscard]] std::string_view cell(const std::vector<lists::CsvField>& fields,
                                        Column column) const {
        for (std::size_t i = 0; i < std::min(fields.size(), columns_.size()); ++i)
            if (columns_[i] == column && !trimmed(fields[i].text).empty())
                return trimmed(fields[i].text);
        return {};
    }

    Expected<void> fill(const std::vector<lists::CsvField>& fields, PayoutRow& row) const {
        row.payee = cell(fields, Column::payee);
        if (row.payee.empty()) row.payee = "line " + std::to_string(row.line);
        row.chain = cell(fields, Column::chain);
        if (!row.chain.empty() && !names_ledger(ledger_, row.chain)) return {};
        TRY(fill_transaction(cell(fields, Column::tx), cell(fields, Column::vout), row));
        if (const auto text = cell(fields, Column::address); !text.empty())
            row.address = TRY(parse_address(ledger_, text));
        if (const auto text = cell(fields, Column::pay_date); !text.empty())
            row.pay_date = TRY(parse_time(text));
        const auto currency = cell(fields, Column::currency);
        row.amount_text = cell(fields, Column::amount);
        if (!currency.empty() && lower(currency) != lower(params(ledger_).symbol))
            row.other_currency = row.amount_text.empty() ? std::string_view() : currency;
        else if (!row.amount_text.empty())
            row.amount = TRY(parse_decimal(row.amount_text, params(ledger_).decimals));
        if (!row.txid && !(row.address && row.pay_date))
            return fail(ErrorCode::invalid, "the row has no tx_hash, nor address and pay_date");
        return {};
    }

    static Expected<void> fill_transaction(std::string_view tx,
                                           std::string_view vout,
                                           PayoutRow& row) {
        if (tx.empty()) return {};
        const auto colon = tx.find(':');
        if (colon != std::string_view::npos && vout.empty()) vout = tx.substr(colon + 1);
        row.txid = parse_hash<Txid>(tx.substr(0, colon));
        if (!row.txid)
            return fail(ErrorCode::invalid,
                        "\"" + std::string(tx.substr(0, 80)) +
                            "\" is not a txid: write its 64 hexadecimal digits");
        if (vout.empty()) return {};
        row.vout = parse_number(vout);
        if (!row.vout)
            return fail(ErrorCode::invalid,
                        "\"" + std::string(vout.substr(0, 80)) + "\" is not an output index");
        return {};
    }

    LedgerId ledger_;
    std::vector<std::optional<Column>> columns_;
    std::vector<PayoutRow> rows_;
};

}  // namespace

bool names_ledger(LedgerId ledger, std::string_view chain) {
    const std::string word = lower(chain);
    return word == params(ledger).name || word == lower(params(ledger).symbol);
}

Expected<std::vector<PayoutRow>> parse_payout_rows(LedgerId ledger, std::string_view csv) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (csv.starts_with(kByteOrderMark)) csv.remove_prefix(kByteOrderMark.size());
    RowParser parser(ledger);
    lists::CsvReader reader(
        [&](const std::vector<lists::CsvField>& fields) { return parser.take(fields); });
    TRY(reader.feed(csv));
    TRY(reader.finish());
    return std::move(parser).rows();
}

}  // namespace wagetrail
