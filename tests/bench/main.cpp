// wagetrail-bench: what a block-by-block sync costs by stage, what it leaves on disk, what
// questions cost afterwards. Everything in one run, so that figures can be compared as ratios.
#include "index/store.h"

#include "tests/bench/child.h"
#include "tests/bench/read_run.h"
#include "tests/bench/sync_run.h"
#include "tests/bench/trace_run.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <vector>

namespace wagetrail::bench {
namespace {

constexpr int kUsage = 2;
constexpr int kFailure = 4;
constexpr double kMega = 1e6;
constexpr double kGiga = 1e9;

struct Options {
    std::string ledger = "btc-regtest";
    std::string blocks;
    std::string work;
    std::vector<std::uint64_t> memory_mib = {256, 2048};
    std::vector<unsigned> cpus = {1, 2};
    std::string busy_address;
    std::uint64_t seed = 1;
    std::size_t exposures = 100'000;
    bool reads_only = false;          // of an index that an earlier run left
    std::size_t print_addresses = 0;  // that have spent, and end
    bool json = false;
};

nlohmann::json cost_json(const ChildCost& cost) {
    return {{"wall", cost.wall_seconds},
            {"cpu", cost.cpu_seconds},
            {"peak_rss", cost.peak_rss_bytes},
            {"written", cost.written_bytes}};
}

Expected<nlohmann::json> in_child(unsigned cpus,
                                  const std::function<Expected<nlohmann::json>()>& work) {
    const ChildResult child =
        TRY(run_in_child(cpus, [&]() -> Expected<std::string> { return TRY(work()).dump(); }));
    nlohmann::json result = nlohmann::json::parse(child.output);
    result["process"] = cost_json(child.cost);
    return result;
}

double mega_per_second(const nlohmann::json& run) {
    return run["bytes"].get<double>() / kMega / run["seconds"].get<double>();
}

double cpu_per_giga(const nlohmann::json& run) {
    return run["process"]["cpu"].get<double>() / (run["bytes"].get<double>() / kGiga);
}

void print_decode(const nlohmann::json& run) {
    std::printf("decode alone, 1 cpu: %.0f MB/s, %.1f cpu-s per GB\n\n", mega_per_second(run),
                cpu_per_giga(run));
    std::printf("%-18s %7s %12s %8s %10s   %s\n", "sync", "MB/s", "cpu-s per GB", "peak MB",
                "written MB", "stages of the connecting thread, wall s (cpu s)");
}

void print_sync(const std::string& label, const nlohmann::json& run) {
    std::printf("%-18s %7.2f %12.1f %8.0f %10.0f  ", label.c_str(), mega_per_second(run),
                cpu_per_giga(run), run["process"]["peak_rss"].get<double>() / kMega,
                run["process"]["written"].get<double>() / kMega);
    for (const auto& [stage, sum] : run["stages"].items())
        std::printf(" %s %.1f (%.1f)", stage.c_str(), sum["wall"].get<double>(),
                    sum["cpu"].get<double>());
    std::printf("\n");
    std::fflush(stdout);
}

void print_families(const nlohmann::json& families, double transactions) {
    double all = 0;
    double disk = 0;
    std::printf("\n%-12s %12s %14s %14s\n", "family", "rows per tx", "bytes per tx", "disk per tx");
    for (const auto& [family, sum] : families.items()) {
        if (family == "process") continue;
        std::printf("%-12s %12.3f %14.2f %14.2f\n", family.c_str(),
                    sum["rows"].get<double>() / transactions,
                    sum["bytes"].get<double>() / transactions,
                    sum["disk"].get<double>() / transactions);
        all += sum["bytes"].get<double>();
        disk += sum["disk"].get<double>();
    }
    std::printf("%-12s %12s %14.2f %14.2f\n\n", "all", "", all / transactions, disk / transactions);
}

void print_samples(const std::string& label, const nlohmann::json& samples) {
    if (samples["count"] == 0) return;
    std::printf("%-36s %6d asked, p50 %.0f us, p99 %.0f us, max %.0f us\n", label.c_str(),
                samples["count"].get<int>(), samples["p50_us"].get<double>(),
                samples["p99_us"].get<double>(), samples["max_us"].get<double>());
}

void print_union(const nlohmann::json& families, const nlohmann::json& run) {
    // Each merge is three rows of `cluster`.
    const double unions = families["cluster"]["rows"].get<double>() / 3;
    if (unions > 0)
        std::printf("%-36s %.2f us of the derive stage\n", "a union, with what finds it",
                    run["stages"]["derive"]["cpu"].get<double>() / unions * kMega);
}

void print_reads(const nlohmann::json& reads) {
    if (reads.contains("page"))
        print_samples("100 postings of " + reads["page"]["transactions"].dump(), reads["page"]);
    print_samples("explain, " + reads["explain"]["merges"].dump() + " merges in all",
                  reads["explain"]);
}

void print_traces(const nlohmann::json& traces) {
    for (const nlohmann::json& one : traces["trace"])
        std::printf("trace, %-8s %5d hops %29d transactions, %.2f us each\n",
                    one["policy"].get<std::string>().c_str(), one["hops"].get<int>(),
                    one["transactions"].get<int>(), one["us_per_transaction"].get<double>());
    for (const char* const kind : {"exposure", "busy_exposure"}) {
        if (!traces.contains(kind) || traces[kind]["count"] == 0) continue;
        print_samples(kind, traces[kind]);
        std::printf("%-36s touched transactions p50 %d, p99 %d, max %d\n", "",
                    traces[kind]["transactions_p50"].get<int>(),
                    traces[kind]["transactions_p99"].get<int>(),
                    traces[kind]["transactions_max"].get<int>());
    }
}

/// One sync per memory and processors; the last one.
Expected<nlohmann::json> measure_syncs(const Options& options,
                                       SyncSetting& setting,
                                       nlohmann::json& all) {
    all["decode"] = TRY(in_child(1, [&] { return measure_decode(setting); }));
    if (!options.json) print_decode(all["decode"]);
    nlohmann::json last;
    for (const std::uint64_t mib : options.memory_mib) {
        for (const unsigned cpus : options.cpus) {
            std::filesystem::remove_all(index::database_path(setting.home, setting.ledger));
            setting.memory_bytes = mib << 20U;
            last = TRY(in_child(cpus, [&] { return measure_sync(setting); }));
            const std::string label =
                std::to_string(mib) + " MiB, " + std::to_string(cpus) + " cpu";
            all["sync"][label] = last;
            if (!options.json) print_sync(label, last);
        }
    }
    all["families"] = TRY(in_child(1, [&] { return measure_families(setting); }));
    return last;
}

Expected<void> print_addresses(const ReadSetting& setting, std::size_t count) {
    for (const std::string& address : TRY(spent_addresses(setting, count)))
        std::printf("%s\n", address.c_str());
    return {};
}

Expected<void> run(const Options& options) {
    SyncSetting setting{.ledger = TRY(parse_ledger(options.ledger)),
                        .blocks = options.blocks,
                        .home = options.work,
                        .memory_bytes = options.memory_mib.back() << 20U};
    if (options.print_addresses > 0)
        return print_addresses({.index = setting, .seed = options.seed, .busy_address = {}},
                               options.print_addresses);
    nlohmann::json all;
    nlohmann::json last;
    if (!options.reads_only) last = TRY(measure_syncs(options, setting, all));
    ReadSetting questions{.index = setting, .seed = options.seed, .busy_address = std::nullopt};
    if (!options.busy_address.empty()) questions.busy_address = options.busy_address;
    all["reads"] = TRY(in_child(1, [&] { return measure_reads(questions); }));
    all["traces"] = TRY(in_child(1, [&] { return measure_traces(questions, options.exposures); }));
    if (options.json) {
        std::printf("%s\n", all.dump().c_str());
        return {};
    }
    if (!options.reads_only) {
        print_families(all["families"], last["transactions"].get<double>());
        print_union(all["families"], last);
    }
    print_reads(all["reads"]);
    print_traces(all["traces"]);
    return {};
}

int run_program(int argc, char** argv) {
    Options options;
    CLI::App app{
        "Measures a block-by-block sync and questions to its index.\n\n"
        "  wagetrail-sim --unsigned --shape mainnet --bytes 2GB --out /tmp/chain\n"
        "  wagetrail-bench --blocks /tmp/chain/blocks --work /tmp/bench"};
    app.add_option("--blocks", options.blocks, "folder of blk files")->required();
    app.add_option("--work", options.work, "folder for indexes; one of the ledger is replaced")
        ->required();
    app.add_option("--ledger", options.ledger, "ledger of the blocks")->capture_default_str();
    app.add_option("--memory", options.memory_mib, "MiB, one sync for each")
        ->delimiter(',')
        ->capture_default_str();
    app.add_option("--cpus", options.cpus, "processors, one sync for each")
        ->delimiter(',')
        ->capture_default_str();
    app.add_option("--busy", options.busy_address, "an address with many transactions");
    app.add_option("--exposures", options.exposures, "addresses whose exposure is asked")
        ->capture_default_str();
    app.add_option("--print-addresses", options.print_addresses,
                   "only print that many addresses that have spent, drawn by seed");
    app.add_flag("--reads-only", options.reads_only, "measure the index that is there");
    app.add_option("--seed", options.seed, "of the questions drawn")->capture_default_str();
    app.add_flag("--json", options.json, "one JSON object instead of tables");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : kUsage;
    }
    if (const auto done = run(options); !done) {
        std::fprintf(stderr, "wagetrail-bench: %s\n", done.error().what.c_str());
        return kFailure;
    }
    return 0;
}

}  // namespace
}  // namespace wagetrail::bench

int main(int argc, char** argv) {
    namespace bench = wagetrail::bench;
    try {
        return bench::run_program(argc, argv);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "wagetrail-bench: %s; it cannot go on\n", error.what());
        return bench::kFailure;
    }
}
