// wagetrail-sim: writes a chain with known truth into a directory.
#include "tests/simulator/block_files.h"
#include "tests/simulator/label_writer.h"
#include "tests/simulator/ofac_writer.h"
#include "tests/simulator/payroll_writer.h"
#include "tests/simulator/scenario.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>

namespace wagetrail::simulator {
namespace {

constexpr int kUsage = 2;
constexpr int kFailure = 4;

struct Options {
    std::uint64_t seed = 1;
    std::uint32_t blocks = 300;
    std::string out;
    std::string ledger = "ltc-regtest";
};

Expected<void> write_file(const std::filesystem::path& path,
                          const std::function<void(std::ostream&)>& print) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    print(file);
    file.close();
    if (!file) return fail(ErrorCode::io, "cannot write " + path.string());
    return {};
}

void print_readme(std::ostream& out, const Truth& truth) {
    const LedgerParams& ledger = params(truth.parameters.ledger);
    const Time published = full_publication(truth);
    out << "A simulated " << ledger.name << " chain, made by: wagetrail-sim --seed "
        << truth.parameters.seed << " --blocks " << truth.parameters.blocks << " --ledger "
        << ledger.name << "\nNobody and nothing in it is real.\n\n"
        << "blocks/blk*.dat         genesis and " << truth.parameters.blocks
        << " valid blocks as a node stores them; " << truth.transactions.size()
        << " transactions;\n                        the tip is " << text(truth.block_times.back())
        << "\n"
        << "truth.json              who owns which address, what every output was for\n"
        << "payroll.csv             " << truth.payroll.size() << " salaries paid by all employers\n"
        << "payroll-EMPLOYER.csv    the same of one employer; harbour and quarry employ only\n"
        << "                        honest people\n"
        << "labels.csv              the addresses of the exchange\n"
        << "sdn_advanced-before.xml the sanctions list of " << date_text({published.seconds - kDay})
        << "\n"
        << "sdn_advanced.xml        the list of " << date_text(published)
        << ", the day the addresses were published\n";
}

Expected<void> write_books(const std::filesystem::path& out, const Truth& truth) {
    TRY(write_file(out / "truth.json", [&](std::ostream& file) { write_truth(file, truth); }));
    TRY(write_file(out / "payroll.csv",
                   [&](std::ostream& file) { write_payroll(file, truth, std::nullopt); }));
    for (std::uint32_t id = 0; id < truth.owners.size(); ++id) {
        const Owner& owner = truth.owners[id];
        if (owner.role != Role::employer) continue;
        TRY(write_file(out / ("payroll-" + owner.name + ".csv"),
                       [&](std::ostream& file) { write_payroll(file, truth, OwnerId(id)); }));
    }
    TRY(write_file(out / "labels.csv", [&](std::ostream& file) { write_labels(file, truth); }));
    const Time published = full_publication(truth);
    TRY(write_file(out / "sdn_advanced.xml",
                   [&](std::ostream& file) { write_ofac(file, truth, published); }));
    TRY(write_file(out / "sdn_advanced-before.xml", [&](std::ostream& file) {
        write_ofac(file, truth, {published.seconds - kDay});
    }));
    return write_file(out / "README.txt", [&](std::ostream& file) { print_readme(file, truth); });
}

Expected<Truth> run(const Options& options) {
    const LedgerId ledger = TRY(parse_ledger(options.ledger));
    const SimulationParameters set = TRY(parameters_for(ledger, options.seed, options.blocks));
    const std::filesystem::path out = options.out;
    std::error_code failed;
    if (std::filesystem::exists(out / "blocks", failed))
        return fail(ErrorCode::invalid,
                    out.string() + " already holds blocks; choose another directory");
    std::filesystem::create_directories(out / "blocks", failed);
    if (failed)
        return fail(ErrorCode::io, "cannot create " + out.string() + ": " + failed.message());

    BlockFiles files(ledger, out / "blocks");
    Truth truth = simulate(set, [&](ByteView block) { files.append(block); });
    TRY(files.close());
    TRY(write_books(out, truth));
    return truth;
}

int report(const Expected<Truth>& done, const Options& options) {
    if (!done) {
        std::cerr << "error: " << done.error().what << '\n';
        return done.error().code == ErrorCode::invalid ? kUsage : kFailure;
    }
    std::cout << "seed " << options.seed << ": " << options.blocks << " blocks, "
              << done->transactions.size() << " transactions, " << done->payroll.size()
              << " salaries, tip " << text(done->tip) << "\nwritten to " << options.out << '\n';
    return 0;
}

int program(int argc, char** argv) {
    Options options;
    CLI::App app(
        "Writes a chain with known truth: blocks, payrolls, a sanctions list, and who is who.\n"
        "Ledger, seed and number of blocks decide every byte.\n\n"
        "Example: wagetrail-sim --seed 1 --blocks 300 --out /tmp/sim");
    app.add_option("--seed", options.seed, "Any number; the same seed gives the same bytes")
        ->capture_default_str();
    app.add_option("--blocks", options.blocks, "How many blocks to mine on genesis")
        ->capture_default_str();
    app.add_option("--out", options.out, "Directory to write to; must not hold blocks yet")
        ->required();
    app.add_option("--ledger", options.ledger, "ltc-regtest or btc-regtest")->capture_default_str();
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : kUsage;
    }
    return report(run(options), options);
}

}  // namespace
}  // namespace wagetrail::simulator

int main(int argc, char** argv) {
    try {
        return wagetrail::simulator::program(argc, argv);
    } catch (const std::exception& error) {
        std::fputs(error.what(), stderr);
        return wagetrail::simulator::kFailure;
    }
}
