#include "heuristics/report/show.h"

#include "chain/base/number.h"

#include "cli/commands.h"
#include "cli/print.h"
#include "cli/session.h"

namespace wagetrail::cli {
namespace {

std::optional<Height> as_height(std::string_view text) {
    const auto number = parse_number(text);
    if (!number || *number > 0xFFFFFFFF) return std::nullopt;
    return Height(static_cast<std::uint32_t>(*number));
}

/// A transaction or, failing that, a block of that hash.
Expected<report::ShowAnswer> show_hash(const CommonOptions& common, const std::string& subject) {
    const OpenLedger open = TRY(open_ledger(common, TRY(choose_ledger(common))));
    const auto hash = parse_hash<BlockHash>(subject);
    if (hash)
        if (const auto height = TRY(open.view->find_block(*hash)))
            return report::show_block(*open.view, open.manifest(), *height);
    return report::show_transaction(*open.view, open.manifest(), *parse_hash<Txid>(subject));
}

/// "btc:ADDRESS" as a choice of ledger and an address; nullopt when no ledger stands in front.
std::optional<std::pair<LedgerId, std::string>> entity_id(const std::string& subject) {
    const auto colon = subject.find(':');
    if (colon == std::string::npos) return std::nullopt;
    const auto ledger = parse_ledger(subject.substr(0, colon));
    if (!ledger) return std::nullopt;
    return std::pair(*ledger, subject.substr(colon + 1));
}

Expected<report::ShowAnswer> show_subject(const CommonOptions& common, const ShowOptions& options) {
    if (const auto height = as_height(options.subject)) {
        const OpenLedger open = TRY(open_ledger(common, TRY(choose_ledger(common))));
        return report::show_block(*open.view, open.manifest(), *height);
    }
    if (parse_hash<Txid>(options.subject)) return show_hash(common, options.subject);
    const auto entity = entity_id(options.subject);
    const Address address = TRY(entity ? parse_address(entity->first, entity->second)
                                       : choose_address(common, options.subject));
    const OpenLedger open = TRY(open_ledger(common, address.ledger));
    std::optional<report::HistoryRequest> history;
    if (options.history || !options.cursor.empty()) {
        history.emplace();
        history->limit = options.limit;
        if (!options.cursor.empty())
            history->from = TRY(report::parse_history_cursor(options.cursor));
    }
    return report::show_address(*open.view, open.manifest(), address, history);
}

}  // namespace

Outcome run(const CommonOptions& common, const ShowOptions& options, std::stop_token stop) {
    (void)stop;
    const report::ShowAnswer shown = TRY(show_subject(common, options));
    TRY(print(common, shown.answer));
    return shown.presence == report::Presence::on_chain ? ExitCode::done : ExitCode::unknown;
}

}  // namespace wagetrail::cli
