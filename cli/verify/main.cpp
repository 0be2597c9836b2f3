#include "cli/verify/bundle.h"
#include "cli/verify/verifier.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace wagetrail::verifier {
namespace {

constexpr int kHolds = 0;
constexpr int kBroken = 1;
constexpr int kUsage = 2;
constexpr int kFailure = 4;
constexpr std::uintmax_t kHeadersBytesMax = std::uintmax_t{1} << 30U;

struct Options {
    std::string bundle;
    std::string key;
    std::string headers;
    bool json = false;
};

Expected<std::string> whole_file(const std::string& name, std::uintmax_t bytes_max) {
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(name, error);
    if (error) return fail(ErrorCode::io, "cannot read " + name + ": " + error.message());
    if (size > bytes_max) return fail(ErrorCode::invalid, name + " is larger than any of its kind");
    std::ifstream file(name, std::ios::binary);
    std::string content{std::istreambuf_iterator<char>(file), {}};
    if (!file) return fail(ErrorCode::io, "cannot read " + name);
    return content;
}

/// Foreign text on a terminal.
std::string printable(const std::string& text) {
    std::string safe;
    for (const char c : text) safe += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? '?' : c;
    return safe;
}

const char* word(State state) {
    switch (state) {
        case State::holds:
            return "holds";
        case State::broken:
            return "BROKEN";
        case State::absent:
            return "absent";
    }
    return "";
}

void print_text(const Verdict& verdict) {
    std::printf("%s\n\n", printable(verdict.finding).c_str());
    for (const Check& one : verdict.checks)
        std::printf("%-8s%-14s%s\n", word(one.state), one.name.c_str(),
                    printable(one.words).c_str());
    std::printf("\nWhat no bundle can prove, and remains the word of whoever signed it:\n");
    for (const std::string& statement : verdict.remains)
        std::printf("  %s\n", printable(statement).c_str());
    std::printf("\nNot provable from the bundle alone: pinned by the signature only:\n");
    for (const std::string& statement : verdict.signature_only)
        std::printf("  %s\n", printable(statement).c_str());
    std::printf("\n%s\n", verdict.holds() ? "All checks hold." : "The bundle does not hold.");
}

void print_json(const Verdict& verdict) {
    Json checks = Json::array();
    for (const Check& one : verdict.checks)
        checks.push_back({{"name", one.name}, {"state", word(one.state)}, {"words", one.words}});
    const Json all = {{"holds", verdict.holds()},
                      {"finding", verdict.finding},
                      {"checks", std::move(checks)},
                      {"remains", verdict.remains},
                      {"signature_only", verdict.signature_only}};
    std::printf("%s\n", all.dump(-1, ' ', false, Json::error_handler_t::replace).c_str());
}

/// A page that is there and cannot be read is an error: it could not be held against anything.
Expected<std::vector<Page>> pages_beside(const std::string& bundle) {
    std::vector<Page> pages;
    for (const std::string_view name : kPageNames) {
        const auto path = std::filesystem::path(bundle).parent_path() / name;
        std::error_code error;
        if (!std::filesystem::exists(path, error)) continue;
        pages.push_back({std::string(name), TRY(whole_file(path.string(), kBundleBytesMax))});
    }
    return pages;
}

Expected<Verdict> verify_files(const Options& options) {
    Request request;
    const std::string bundle = TRY(whole_file(options.bundle, kBundleBytesMax + 1));
    request.bundle = bundle;
    if (!options.key.empty()) request.key = TRY(parse_signer_key(options.key));
    std::string headers;
    if (!options.headers.empty()) {
        headers = TRY(whole_file(options.headers, kHeadersBytesMax));
        request.headers = headers;
    }
    request.pages = TRY(pages_beside(options.bundle));
    auto verdict = verify_bundle(request);
    if (!verdict)
        return with_context(std::move(verdict).error(), options.bundle + " is no bundle of ours");
    return verdict;
}

int run_program(int argc, char** argv) {
    Options options;
    CLI::App app{
        "Examples:\n  wagetrail-verify bundle.json --key PUBLIC_KEY\n"
        "  wagetrail-verify bundle.json --key PUBLIC_KEY --headers headers.txt\n\n"
        "Checks a bundle of evidence that wagetrail report made, without an index or a network: "
        "hashes, Merkle branches, amounts, the arithmetic of the policies, the signature; and that "
        "report.html and arrivals.csv, where they stand beside it, are those it names. Exit "
        "codes: 0 all holds, 1 something does not, 2 usage or no bundle, 4 failure.",
        "wagetrail-verify"};
    app.add_option("bundle", options.bundle, "bundle.json")->required();
    app.add_option("--key", options.key, "Public key of who must have signed");
    app.add_option("--headers", options.headers,
                   "File of block headers to trust, one of 160 hexadecimal digits on each line, "
                   "each following the one before");
    app.add_flag("--json", options.json, "One line of JSON");
    app.set_version_flag("--version", "wagetrail-verify 0.1.0");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return app.exit(error);
        std::cerr << "wagetrail-verify: " << error.what()
                  << "\nRun wagetrail-verify --help for the options.\n";
        return kUsage;
    }
    const auto verdict = verify_files(options);
    if (!verdict) {
        std::fprintf(stderr, "wagetrail-verify: %s\n", printable(verdict.error().what).c_str());
        return verdict.error().code == ErrorCode::io ? kFailure : kUsage;
    }
    options.json ? print_json(*verdict) : print_text(*verdict);
    if (std::fflush(stdout) != 0) return kFailure;
    return verdict->holds() ? kHolds : kBroken;
}

}  // namespace
}  // namespace wagetrail::verifier

int main(int argc, char** argv) {
    try {
        return wagetrail::verifier::run_program(argc, argv);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "wagetrail-verify: %s; it cannot go on\n", error.what());
        return wagetrail::verifier::kFailure;
    }
}
