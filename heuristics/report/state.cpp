#include "heuristics/report/state.h"

#include "heuristics/report/json.h"
#include "heuristics/report/table.h"

namespace wagetrail::report {
namespace {

std::string number(std::uint64_t value) {
    return std::to_string(value);
}

std::string age_text(std::int64_t seconds) {
    if (seconds < 0) return "ahead of this clock";
    if (seconds < 7200) return number(static_cast<std::uint64_t>(seconds / 60)) + " minutes old";
    if (seconds < 172800) return number(static_cast<std::uint64_t>(seconds / 3600)) + " hours old";
    return number(static_cast<std::uint64_t>(seconds / 86400)) + " days old";
}

}  // namespace

Answer sync_answer(const Manifest& manifest,
                   const index::SyncProgress& done,
                   const std::string& source) {
    const LedgerPin& tip = manifest.as_of.at(0);
    const std::string height = number(tip.as_of.height.value);  // raw: printed
    const std::string_view ledger = params(tip.as_of.ledger).name;
    Json result = {{"ledger", ledger},
                   {"height", tip.as_of.height.value},  // raw: printed
                   {"block_hash", text(tip.as_of.block_hash)},
                   {"source", source},
                   {"blocks", done.blocks},
                   {"reverted", done.reverted},
                   {"transactions", done.transactions},
                   {"bytes", done.bytes}};
    std::string about = std::string(ledger) + " is indexed to height " + height + ", block " +
                        text(tip.as_of.block_hash) + ", " + text(tip.time) + "\n" +
                        number(done.blocks) + " blocks with " + number(done.transactions) +
                        " transactions read from " + source;
    if (done.reverted > 0) about += ", " + number(done.reverted) + " stale blocks taken out";
    return {sealed(manifest, std::move(result)), about + "\n"};
}

Answer status_answer(const std::vector<LedgerState>& ledgers, const Manifest& manifest, Time now) {
    Json all = Json::array();
    Json behind = Json::object();
    Table table({"ledger", "height", "block", "time", "transactions", "addresses", "disk", "age"},
                {Align::left, Align::right, Align::left, Align::left, Align::right, Align::right,
                 Align::right, Align::left});
    for (const LedgerState& state : ledgers) {
        const std::string_view ledger = params(state.tip.as_of.ledger).name;
        const std::int64_t age = now.seconds - state.tip.time.seconds;
        const std::uint64_t txs = state.block.end_tx().value;          // raw: a count
        const std::uint64_t addresses = state.block.end_addr().value;  // raw: a count
        const std::uint64_t outputs = state.block.end_out().value;     // raw: a count
        all.push_back({{"ledger", ledger},
                       {"height", state.tip.as_of.height.value},  // raw: printed
                       {"block_hash", text(state.tip.as_of.block_hash)},
                       {"time", text(state.tip.time)},
                       {"transactions", txs},
                       {"outputs", outputs},
                       {"addresses", addresses}});
        behind[std::string(ledger)] = {{"seconds", age}, {"disk_bytes", state.size_bytes}};
        table.row({std::string(ledger),
                   number(state.tip.as_of.height.value),  // raw: printed
                   text(state.tip.as_of.block_hash), text(state.tip.time), number(txs),
                   number(addresses), number(state.size_bytes >> 20U) + " MiB", age_text(age)});
    }
    Json result = {{"ledgers", std::move(all)}};
    return {sealed_with(manifest, std::move(result), {{"behind", std::move(behind)}}),
            table.text()};
}

Answer digest_answer(const Manifest& manifest, const std::vector<index::FamilyDigest>& digests) {
    Json families = Json::array();
    Table table({"family", "rows", "bytes", "digest"},
                {Align::left, Align::right, Align::right, Align::left});
    for (const index::FamilyDigest& family : digests) {
        families.push_back({{"family", name(family.family)},
                            {"rows", family.rows},
                            {"key_bytes", family.key_bytes},
                            {"value_bytes", family.value_bytes},
                            {"digest", to_hex(family.digest.view())}});
        table.row({std::string(name(family.family)), number(family.rows),
                   number(family.key_bytes + family.value_bytes), to_hex(family.digest.view())});
    }
    return {sealed(manifest, {{"families", std::move(families)}}), table.text()};
}

Answer doctor_answer(const Manifest& manifest, const index::Diagnosis& diagnosis) {
    Json findings = Json::array();
    std::string listed;
    for (const index::Finding& finding : diagnosis.findings) {
        findings.push_back({{"family", finding.family}, {"what", finding.what}});
        listed += finding.family + ": " + finding.what + "\n";
    }
    const bool healthy = diagnosis.findings.empty();
    const LedgerId ledger = manifest.as_of.at(0).as_of.ledger;
    const std::string about =
        std::string(params(ledger).name) + ": " + number(diagnosis.blocks) + " blocks examined" +
        (diagnosis.transactions > 0 ? ", " + number(diagnosis.transactions) + " transactions"
                                    : "") +
        (healthy ? ", no fault found\n"
                 : "; faults found: restore a backup, or delete the folder and sync again\n");
    Json result = {{"healthy", healthy},
                   {"blocks", diagnosis.blocks},
                   {"transactions", diagnosis.transactions},
                   {"unspent",
                    {{"outputs", diagnosis.unspent},
                     {"amount", amount_json(ledger, diagnosis.unspent_amount)},
                     {"unspendable_outputs", diagnosis.unspendable},
                     {"unspendable_amount", amount_json(ledger, diagnosis.unspendable_amount)}}},
                   {"findings", std::move(findings)}};
    return {sealed(manifest, std::move(result)), about + listed};
}

Answer backup_answer(const Manifest& manifest, const std::string& dir, bool with_registry) {
    Json ledgers = Json::array();
    std::string copied;
    for (const LedgerPin& pin : manifest.as_of) {
        const std::string ledger(params(pin.as_of.ledger).name);
        ledgers.push_back(ledger);
        copied +=
            ledger + " as of height " + number(pin.as_of.height.value) + "\n";  // raw: printed
    }
    if (with_registry) copied += "the registry of lists\n";
    Json result = {{"dir", dir}, {"ledgers", std::move(ledgers)}, {"registry", with_registry}};
    return {sealed(manifest, std::move(result)), "copied to " + dir + ":\n" + copied};
}

std::string progress_json(const index::SyncProgress& progress) {
    return canonical({{"height", progress.height.value},  // raw: printed
                      {"target", progress.target.value},  // raw: printed
                      {"blocks", progress.blocks},
                      {"reverted", progress.reverted},
                      {"transactions", progress.transactions},
                      {"bytes", progress.bytes}});
}

}  // namespace wagetrail::report
