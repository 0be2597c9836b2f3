#include "cli/server_arguments.h"

#include "cli/words.h"

#include <CLI/CLI.hpp>

namespace wagetrail::cli {

using CLI::App;

void ServerArguments::add(App& app, CommonOptions& common, const Surroundings& around) {
    serve_.rpc_user = around.rpc_user;
    serve_.rpc_password = around.rpc_password;
    App* const serve =
        add_command(app, "serve",
                    "Examples:\n"
                    "  wagetrail serve\n"
                    "  wagetrail serve --listen 127.0.0.1:9000 --follow "
                    "ltc=rpc:http://127.0.0.1:9332\n\n"
                    "Answers over HTTP what the commands answer, with the same bytes. A sync or an "
                    "import beside it is noticed within seconds. server/API.md has the routes, as "
                    "has /openapi.json. Ends on SIGINT or SIGTERM when those who asked have their "
                    "answers, within 10 seconds.");
    add_reach(*serve);
    add_bounds(*serve);
    add_following(*serve);
    serve->add_flag("--read-only", serve_.read_only,
                    "Keep no jobs, no audit log, nothing: to serve beside another server");
    serve->add_flag("--test-subjects", serve_.test_subjects,
                    "Answer wagetrail-test-listed and the like, to test a client (server/API.md)");
    serve->add_flag("--no-audit", serve_.no_audit, "Keep no audit log");
    serve->add_flag("--print-api", serve_.print_api, "Print the routes as Markdown and end");
    serve->add_option("--home", common.home, "Data directory (default: $WAGETRAIL_HOME)");
    add_keys(app, common);
    add_audit(app, common);
}

void ServerArguments::add_reach(App& serve) {
    serve.add_option("--listen", serve_.listen, "ADDRESS:PORT (default 127.0.0.1:8650)");
    serve.add_option("--certificate", serve_.certificate, "PEM file with the chain, for TLS");
    serve.add_option("--private-key", serve_.private_key, "PEM file of its key");
    serve.add_option("--host", serve_.hosts, "A name that the Host header may say");
    serve.add_flag("--require-key", serve_.require_key,
                   "Answer nobody without a key, on this machine too");
    serve.add_flag("--behind-proxy", serve_.behind_proxy,
                   "Listen beyond this machine: a proxy before it asks who calls");
}

void ServerArguments::add_bounds(App& serve) {
    serve
        .add_option("--workers", serve_.workers,
                    "Threads that answer (default: two for each processor)")
        ->check(CLI::Range(1, 256));
    serve
        .add_option("--rate", serve_.rate,
                    "Requests a second of each peer, bursts of twice that (default: no bound)")
        ->check(CLI::Range(1, 1'000'000));
    serve.add_option("--cache", serve_.cache,
                     "Bound of what is kept in memory of the indexes (default 1GiB)");
    serve
        .add_option("--deadline", serve_.deadline_seconds,
                    "Seconds that an answer may take (default 30)")
        ->check(CLI::Range(1, 600));
    serve
        .add_option("--at-once", serve_.at_once,
                    "Transactions that a trace takes apart while its client waits; a larger one "
                    "becomes a job (default 20000)")
        ->check(CLI::Range(1, 10'000'000));
    serve
        .add_option("--list-max-age", serve_.list_max_age_hours,
                    "Hours after which a list no longer clears an address under /api/v1 (default "
                    "36)")
        ->check(CLI::Range(1, 1'000'000));
}

void ServerArguments::add_following(App& serve) {
    serve.add_option("--follow", serve_.follow,
                     "LEDGER=SOURCE: keep its index at its node's tip, as sync --follow does");
    serve.add_option("--rpc-cookie", serve_.cookies,
                     "Cookie file of the node, for each --follow in turn");
    serve.add_option("--memory", serve_.memory, "Bound of memory of each --follow (default 1GiB)");
}

void ServerArguments::add_keys(App& app, CommonOptions& common) {
    App* const keys = add_command(app, "keys",
                                  "Examples:\n  wagetrail keys add withdrawals --scope lists "
                                  "--scope exposure --rate 500\n  wagetrail keys ls\n\n"
                                  "Keys of the API that wagetrail serve answers.");
    keys->require_subcommand(1);
    App* const add =
        add_answering(*keys, "add",
                      "Examples:\n  wagetrail keys add compliance\n  wagetrail keys add "
                      "withdrawals --scope lists --scope exposure --rate 500\n\n"
                      "Makes a key and prints it, this once.",
                      common);
    add->add_option("name", keys_add_.name, "1 to 64 of a-z 0-9 . _ -")->required();
    add->add_option("--scope", keys_add_.scopes,
                    "lists, chain, exposure, trace or metrics (default: all)");
    add->add_option("--rate", keys_add_.per_second,
                    "Requests a second, bursts of twice that (default: that of every peer)")
        ->check(CLI::Range(1, 1'000'000));
    add_answering(*keys, "ls",
                  "Examples:\n  wagetrail keys ls\n  wagetrail keys ls --json\n\n"
                  "The keys that were made, and those revoked. No key is shown: none is kept.",
                  common);
    add_answering(*keys, "revoke",
                  "Examples:\n  wagetrail keys revoke withdrawals\n  wagetrail keys revoke old "
                  "--home /srv/wagetrail\n\n"
                  "Ends a key; a server that runs refuses it within seconds.",
                  common)
        ->add_option("name", keys_revoke_.name, "As keys ls names it")
        ->required();
}

void ServerArguments::add_audit(App& app, CommonOptions& common) {
    App* const audit = add_command(app, "audit",
                                   "Examples:\n  wagetrail audit ls\n  wagetrail audit verify\n\n"
                                   "The record of what the server was asked and answered.");
    audit->require_subcommand(1);
    add_answering(*audit, "ls",
                  "Examples:\n  wagetrail audit ls\n  wagetrail audit ls --limit 1000 --json\n\n"
                  "The last requests, oldest first.",
                  common)
        ->add_option("--limit", audit_ls_.limit, "How many at most (default 50)")
        ->check(CLI::Range(1, 1'000'000));
    add_answering(*audit, "verify",
                  "Examples:\n  wagetrail audit verify\n  wagetrail audit verify --noted "
                  "120:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\n\n"
                  "Computes the chain of hashes anew. Exits with 4 when a batch was changed, taken "
                  "out or put in.",
                  common)
        ->add_option("--noted", audit_verify_.noted,
                     "BATCH:SHA256 as an earlier verify printed it; shows what was cut off since");
}

std::optional<Command> ServerArguments::command(const std::string& path) const {
    if (path == "serve") return serve_;
    if (path == "keys add") return keys_add_;
    if (path == "keys ls") return KeysLsOptions{};
    if (path == "keys revoke") return keys_revoke_;
    if (path == "audit verify") return audit_verify_;
    if (path == "audit ls") return audit_ls_;
    return std::nullopt;
}

}  // namespace wagetrail::cli
