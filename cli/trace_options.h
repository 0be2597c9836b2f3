// What the command line says to the commands that follow value.
#pragma once

#include "cli/source_options.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace wagetrail::cli {

struct TraceOptions {
    std::vector<std::string> from;
    std::vector<std::string> to;
    std::vector<std::string> policies = {"fifo", "haircut"};
    std::uint32_t max_hops = 0;  // 0: the default of the walk
    std::string min_value;
    std::uint64_t max_transactions = 0;  // 0: the default of the walk
    std::string services;                // CSV of labelled service addresses
    bool through_coinjoins = false;
    std::uint32_t gap = 100;  // addresses per chain of an xpub or descriptor
    bool backward = false;
    bool no_labels = false;
    // Beyond one of these an address without a label may be a service, and ends the walk.
    std::uint64_t busy_transactions = 50'000;
    std::uint64_t busy_addresses = 10'000;  // of its entity
};

struct PathsOptions {
    TraceOptions trace;
    std::string rank = "value";
    std::size_t count = 5;
    bool entities = false;
};

struct ExportOptions {
    TraceOptions trace;
    std::string format = "graphml";
    std::string out;  // file; empty: standard output
};

struct ReportOptions {
    TraceOptions trace;
    SourceOptions source;
    std::string out;   // folder
    std::string sign;  // file with the signing key; empty: unsigned
    std::size_t max_proofs = 5'000;
};

struct LogOptions {};

struct ReplayOptions {
    std::string file;      // an answer of trace, or a bundle
    std::string services;  // table of services of an answer that was asked with one
};

struct ExposureOptions {
    std::vector<std::string> subjects;
    std::string file;
    std::vector<std::string> policies = {"fifo", "haircut"};
    std::uint32_t max_hops = 10;
    std::string min_value = "0";
    std::string dust = "0.00001";
    std::uint64_t max_transactions = 20'000;
    std::string services;
    std::string prices;
    bool details = false;
};

}  // namespace wagetrail::cli
