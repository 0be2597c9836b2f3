// wagetrail-sim: writes a chain with known truth into a directory.
#include "tests/simulator/block_files.h"
#include "tests/simulator/label_writer.h"
#include "tests/simulator/ofac_writer.h"
#include "tests/simulator/payroll_writer.h"
#include "tests/simulator/scenario.h"
#include "tests/simulator/shape/shape_chain.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <optional>

namespace wagetrail::simulator {
namespace {

constexpr int kUsage = 2;
constexpr int kFailure = 4;

struct Options {
    std::uint64_t seed = 1;
    std::optional<std::uint32_t> blocks;
    std::string out;
    std::string ledger = "ltc-regtest";
    // Of a chain that only has the shape of a real one:
    std::string shape;
    bool is_unsigned = false;
    std::optional<std::uint64_t> bytes;
    std::optional<std::uint32_t> block_payments;
    std::uint64_t busy_transactions = 0;
};
constexpr std::uint32_t kStoryBlocks = 300;

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
        << "services.yaml           the same as a TagPack\n"
        << "sdn_advanced-before.xml the sanctions list of " << date_text({published.seconds - kDay})
        << "\n"
        << "sdn_advanced.xml        the list of " << date_text(published)
        << ", the day the addresses were published\n"
        << "sdn_advanced-latest.xml the same as of the day of the last block\n";
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
    TRY(write_file(out / "services.yaml",
                   [&](std::ostream& file) { write_label_pack(file, truth); }));
    const Time published = full_publication(truth);
    TRY(write_file(out / "sdn_advanced.xml",
                   [&](std::ostream& file) { write_ofac(file, truth, published); }));
    TRY(write_file(out / "sdn_advanced-latest.xml", [&](std::ostream& file) {
        write_ofac(file, truth, std::max(published, {truth.block_times.back().seconds}));
    }));
    TRY(write_file(out / "sdn_advanced-before.xml", [&](std::ostream& file) {
        write_ofac(file, truth, {published.seconds - kDay});
    }));
    return write_file(out / "README.txt", [&](std::ostream& file) { print_readme(file, truth); });
}

/// The folder for the blocks; refuses one that is there, before anything is written.
Expected<std::filesystem::path> new_block_folder(const std::filesystem::path& out) {
    std::error_code failed;
    if (std::filesystem::exists(out / "blocks", failed))
        return fail(ErrorCode::invalid,
                    out.string() + " already holds blocks; choose another directory");
    std::filesystem::create_directories(out / "blocks", failed);
    if (failed)
        return fail(ErrorCode::io, "cannot create " + out.string() + ": " + failed.message());
    return out / "blocks";
}

/// What to tell the user when it is done.
Expected<std::string> write_story(const Options& options, LedgerId ledger) {
    if (options.is_unsigned || options.bytes || options.block_payments ||
        options.busy_transactions > 0)
        return fail(ErrorCode::invalid,
                    "--unsigned, --bytes, --block-payments and --busy-address go with --shape");
    const SimulationParameters set =
        TRY(parameters_for(ledger, options.seed, options.blocks.value_or(kStoryBlocks)));
    BlockFiles files(ledger, TRY(new_block_folder(options.out)));
    const Truth truth = simulate(set, [&](ByteView block) { files.append(block); });
    TRY(files.close());
    TRY(write_books(options.out, truth));
    return std::to_string(set.blocks) + " blocks, " + std::to_string(truth.transactions.size()) +
           " transactions, " + std::to_string(truth.payroll.size()) + " salaries, tip " +
           text(truth.tip);
}

Expected<std::string> write_shape(const Options& options, LedgerId ledger) {
    if (options.shape != "mainnet")
        return fail(ErrorCode::invalid, "unknown shape '" + options.shape + "'; there is: mainnet");
    if (!options.is_unsigned)
        return fail(ErrorCode::invalid,
                    "a chain of a shape has no valid signatures; say so with --unsigned");
    ShapeParameters set{.ledger = ledger,
                        .seed = options.seed,
                        .blocks = options.blocks,
                        .bytes = options.bytes,
                        .busy_transactions = options.busy_transactions};
    set.block_payments = options.block_payments.value_or(set.block_payments);
    TRY(check(set));
    BlockFiles files(ledger, TRY(new_block_folder(options.out)));
    const ShapeSummary summary =
        TRY(write_shape_chain(set, [&](ByteView block) { files.append(block); }));
    TRY(files.close());
    TRY(write_file(std::filesystem::path(options.out) / "summary.json",
                   [&](std::ostream& file) { write_summary(file, summary); }));
    return text(summary.tip) + " blocks, " + std::to_string(summary.transactions) +
           " transactions, " + std::to_string(summary.bytes) + " bytes, tip " +
           text(summary.tip_hash);
}

Expected<std::string> write_chain(const Options& options) {
    const LedgerId ledger = TRY(parse_ledger(options.ledger));
    return options.shape.empty() ? write_story(options, ledger) : write_shape(options, ledger);
}

int report(const Expected<std::string>& done, const Options& options) {
    if (!done) {
        std::cerr << "error: " << done.error().what << '\n';
        return done.error().code == ErrorCode::invalid ? kUsage : kFailure;
    }
    std::cout << "seed " << options.seed << ": " << *done << "\nwritten to " << options.out << '\n';
    return 0;
}

void add_shape_options(CLI::App& app, Options& options) {
    app.add_option("--shape", options.shape,
                   "mainnet: no story, but blocks, payments and reuse as on Bitcoin's main chain")
        ->group("Chains for measuring");
    app.add_flag("--unsigned", options.is_unsigned, "Chance instead of signatures; with --shape")
        ->group("Chains for measuring");
    app.add_option("--bytes", options.bytes, "Stop when the block files have this size, as 2GB")
        ->transform(CLI::AsSizeValue(true))
        ->group("Chains for measuring");
    app.add_option("--block-payments", options.block_payments, "Payments in a block (2500)")
        ->group("Chains for measuring");
    app.add_option("--busy-address", options.busy_transactions,
                   "Payments that one address takes part in, as 1000000 (none)")
        ->group("Chains for measuring");
}

int program(int argc, char** argv) {
    Options options;
    CLI::App app(
        "Writes a chain with known truth: blocks, payrolls, a sanctions list, and who is who.\n"
        "Ledger, seed and number of blocks decide every byte.\n\n"
        "Examples: wagetrail-sim --seed 1 --blocks 300 --out /tmp/sim\n"
        "          wagetrail-sim --unsigned --shape mainnet --bytes 2GB --out /tmp/shape");
    app.add_option("--seed", options.seed, "Any number; the same seed gives the same bytes")
        ->capture_default_str();
    app.add_option("--blocks", options.blocks, "How many blocks to mine on genesis (300)");
    app.add_option("--out", options.out, "Directory to write to; must not hold blocks yet")
        ->required();
    app.add_option("--ledger", options.ledger, "ltc-regtest or btc-regtest")->capture_default_str();
    add_shape_options(app, options);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : kUsage;
    }
    return report(write_chain(options), options);
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
