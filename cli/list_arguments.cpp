#include "cli/list_arguments.h"

#include "cli/words.h"

#include <CLI/CLI.hpp>

namespace wagetrail::cli {
using CLI::App;

void ListArguments::add(App& app, CommonOptions& common) {
    App* const lists =
        add_command(app, "lists",
                    "Examples:\n  wagetrail lists import sdn_advanced.xml --name ofac-sdn\n"
                    "  wagetrail lists ls\n\nSanctions lists: import, compare, examine, search.");
    lists->require_subcommand(1);
    add_import(*lists, common);
    add_comparison(*lists, common);
    add_lint(*lists, common);
    add_labels(app, common);
    add_prices_commands(app, common);
}

void ListArguments::add_import(App& lists, CommonOptions& common) {
    App* const import = add_answering(
        lists, "import",
        "Examples:\n  wagetrail lists import sdn_advanced.xml --name ofac-sdn\n"
        "  wagetrail lists import watch.csv --name watch --published 2025-01-31\n\n"
        "Reads a new snapshot of a list: OFAC's sdn_advanced.xml or sdn.xml, a CSV with a header, "
        "or a text file with an address per line. A history of a list (a CSV with the columns "
        "first_seen_list_date and removed_by_list_date) becomes a snapshot per version.",
        common);
    import->add_option("file", import_.file, "The list's file")->required();
    import->add_option("--name", import_.name, "Name of the list, e.g. ofac-sdn")->required();
    import->add_option("--profile", import_.profile,
                       "How a CSV is read: plain, eu-fr, fbi-ic3, il-nbctf (default: by its "
                       "header)");
    import->add_option("--published", import_.published,
                       "When the list came out (default: what the file says, or now)");
    import->add_option("--known-from", import_.known_from,
                       "Since when it could be known here (default: now)");
    import->add_flag("--accept-shrink", import_.accept_shrink,
                     "Import although the list lost more than 5 % of its parties");
}

void ListArguments::add_comparison(App& lists, CommonOptions& common) {
    App* const ls = add_answering(lists, "ls",
                                  "Examples:\n  wagetrail lists ls\n  wagetrail lists ls ofac-sdn "
                                  "--json\n\nThe snapshots at hand.",
                                  common);
    ls->add_option("name", ls_.name, "Only this list");
    App* const check = add_answering(
        lists, "check",
        "Examples:\n  wagetrail lists check ADDRESS --on 2023-05-01\n"
        "  wagetrail lists check 0x4f47bc496083c727c5fbe3ce9cdf2b0f6496270c --list ofac-sdn "
        "--json\n\n"
        "Whether an address was listed on a day, of any ledger, indexed or not. Exit code 1 when "
        "it "
        "was, or its owner was blocked; 3 when the lists at hand cannot tell.",
        common);
    check->add_option("address", check_.address, "The address, in any spelling")->required();
    check->add_option("--on", check_.on, "Day or time of the payment (default: --as-of, or now)")
        ->check(not_empty);
    check->add_option("--list", check_.list, "Only this list");
    check->add_option("--as-of", common.as_of, "Use lists as published by then (UTC)")
        ->check(not_empty);
    check->add_option("--known-at", common.known_at, "Use lists as known by then (UTC)")
        ->check(not_empty);
    App* const diff = add_answering(
        lists, "diff",
        "Examples:\n  wagetrail lists diff ofac-sdn@2025-03-04 ofac-sdn\n"
        "  wagetrail lists diff 8f3a11 c04e92 --json\n\n"
        "What changed between two snapshots, named by list, list@date or the first digits of the "
        "file's SHA-256. With --affected: which past payments have another verdict now, and which "
        "legal deadlines that may start.",
        common);
    diff->add_option("before", diff_.before, "The older snapshot")->required();
    diff->add_option("after", diff_.after, "The newer snapshot")->required();
    diff->add_option("--affected", diff_.affected.from,
                     "Whose past payments are judged by both: address, txid, CSV of payouts, ...");
    diff->add_option("--services", diff_.affected.services,
                     "With --affected: CSV of exchanges and other services");
    diff->add_option("--prices", diff_.prices,
                     "With --affected: CSV of dollars per coin (default: those imported)");
    diff->add_option("--ledger", common.ledger, "With --affected: which ledger is meant");
    App* const search = add_answering(
        lists, "search",
        "Examples:\n  wagetrail lists search \"sim hyon sop\"\n"
        "  wagetrail lists search 0X4F47BC496083C727C5FBE3CE9CDF2B0F6496270C --list ofac-sdn\n\n"
        "Finds parties by name, alias or address, whatever the case, spaces, marks and look-alike "
        "letters, and addresses with one letter mistyped. Every hit says why it is one.",
        common);
    search->add_option("text", search_.text, "Name or address, or a part of it")->required();
    search->add_option("--list", search_.list, "Only this list");
    search->add_option("--limit", search_.limit, "Hits shown (default 25)")
        ->check(CLI::Range(1, 10000));
}

void ListArguments::add_lint(App& lists, CommonOptions& common) {
    App* const lint = add_answering(
        lists, "lint",
        "Examples:\n  wagetrail lists lint sdn_advanced.xml --sign lint.key --json > report.json\n"
        "  wagetrail lists lint report.json --verify --key PUBLIC_KEY\n\n"
        "What is odd about one publication of a list: codes that contradict addresses, wrong "
        "checksums, look-alike letters, removals, re-spellings and more. The subject is a file, or "
        "a snapshot by list, list@date or SHA-256. With --sign, the report carries a BIP340 "
        "signature over its result_id. A key is 64 hexadecimal digits in a file of your own: "
        "(umask 077; openssl rand -hex 32 > lint.key).",
        common);
    lint->add_option("subject", lint_.subject, "File, snapshot, or (with --verify) report")
        ->required();
    lint->add_option("--previous", lint_.previous,
                     "File or snapshot to compare with (default: the snapshot before)");
    lint->add_option("--profile", lint_.profile, "How a CSV is read, as of lists import");
    auto* const sign = lint->add_option("--sign", lint_.sign, "File with the key to sign with");
    auto* const verify =
        lint->add_flag("--verify", lint_.verify, "Check the signature of a report instead");
    lint->add_option("--key", lint_.key, "Public key of who must have signed the report")
        ->needs(verify);
    verify->excludes(sign);
}

void ListArguments::add_labels(App& app, CommonOptions& common) {
    App* const labels = add_command(
        app, "labels",
        "Examples:\n  wagetrail labels import walletexplorer.yaml\n  wagetrail labels ls\n\n"
        "Labels that others gave to addresses: GraphSense TagPacks and ActorPacks, in and out.");
    labels->require_subcommand(1);
    App* const import = add_answering(*labels, "import",
                                      "Examples:\n  wagetrail labels import walletexplorer.yaml\n"
                                      "  wagetrail labels import ofac.yaml --name interpol-ofac\n\n"
                                      "Reads a TagPack or an ActorPack (YAML), or OpenSanctions' "
                                      "entities.ftm.json, whole: what we "
                                      "do not use is kept and comes out "
                                      "again.",
                                      common);
    import->add_option("file", labels_import_.file, "The pack")->required();
    import->add_option("--name", labels_import_.name,
                       "Name of the pack (default: its file's, without .yaml)");
    import->add_option("--known-from", labels_import_.known_from,
                       "Since when it could be known here (default: now)");
    App* const ls =
        add_answering(*labels, "ls",
                      "Examples:\n  wagetrail labels ls\n  wagetrail labels ls --notes --json\n\n"
                      "The packs at hand, or the analysts' own notes.",
                      common);
    ls->add_flag("--notes", labels_ls_.notes, "The notes, those that were taken back too");
    App* const note = add_answering(
        *labels, "add",
        "Examples:\n  wagetrail labels add ADDRESS --label Acme --category exchange --author me "
        "--reason \"their invoice\"\n"
        "  wagetrail labels add ADDRESS --label \"case 7\" --category scam --author me --reason "
        "\"victim's report\"\n\n"
        "A label of your own, with who gives it and why. Value that comes to an exchange or "
        "another place where money of many people meets is not followed further.",
        common);
    note->add_option("address", labels_add_.address, "The address")->required();
    note->add_option("--label", labels_add_.label, "Who or what it is")->required();
    note->add_option("--category", labels_add_.category, "exchange, mixing_service, scam, ...")
        ->required();
    note->add_option("--author", labels_add_.author, "Who says so")->required();
    note->add_option("--reason", labels_add_.reason, "Why")->required();
    App* const remove = add_answering(
        *labels, "rm",
        "Examples:\n  wagetrail labels rm 3\n  wagetrail labels rm 3 --json\n\n"
        "Takes a note back: from now on it does not count. What was answered with it can still be "
        "asked with --known-at.",
        common);
    remove
        ->add_option("number", labels_remove_.number, "Of the note, as labels ls --notes shows it")
        ->required();
    App* const out =
        add_answering(*labels, "export",
                      "Examples:\n  wagetrail labels export walletexplorer > walletexplorer.yaml\n"
                      "  wagetrail labels export walletexplorer --json\n\n"
                      "Prints a pack as YAML again, with everything that was in it.",
                      common);
    out->add_option("name", labels_export_.name, "Name of the pack")->required();
}

void ListArguments::add_prices_commands(App& app, CommonOptions& common) {
    App* const prices =
        add_command(app, "prices",
                    "Examples:\n  wagetrail prices import btc-usd-daily.csv --asset btc\n"
                    "  wagetrail prices ls\n\nDollars per coin, by day or by hour.");
    prices->require_subcommand(1);
    App* const import = add_answering(
        *prices, "import",
        "Examples:\n  wagetrail prices import btc-usd-daily.csv --asset btc\n"
        "  wagetrail prices import coinmetrics.csv --asset ltc --column ltc --source \"Coin "
        "Metrics\"\n\n"
        "Reads prices from a CSV with a column date, time or timestamp (UTC) and one of dollars, "
        "by "
        "day or by hour. The series imported last counts, and where it has no price of a day or "
        "hour, the one imported before it; answers name those they used, and what none has.",
        common);
    import->add_option("file", prices_import_.file, "The CSV")->required();
    import->add_option("--asset", prices_import_.asset, "Symbol of the coin, e.g. btc")->required();
    import->add_option("--column", prices_import_.column, "Column of the price (default: close)");
    import->add_option("--source", prices_import_.source, "Who says so (default: the file's name)");
    import->add_option("--known-from", prices_import_.known_from,
                       "Since when it could be known here (default: now)");
    add_answering(*prices, "ls",
                  "Examples:\n  wagetrail prices ls\n  wagetrail prices ls --json\n\n"
                  "The prices at hand, with their gaps.",
                  common);
}

std::optional<Command> ListArguments::command(const std::string& path) const {
    if (path == "lists import") return import_;
    if (path == "lists ls") return ls_;
    if (path == "lists check") return check_;
    if (path == "lists diff") return diff_;
    if (path == "lists lint") return lint_;
    if (path == "lists search") return search_;
    if (path == "prices import") return prices_import_;
    if (path == "prices ls") return prices_ls_;
    if (path == "labels import") return labels_import_;
    if (path == "labels ls") return labels_ls_;
    if (path == "labels export") return labels_export_;
    if (path == "labels add") return labels_add_;
    if (path == "labels rm") return labels_remove_;
    return std::nullopt;
}

}  // namespace wagetrail::cli
