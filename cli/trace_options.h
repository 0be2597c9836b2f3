// What the command line says to the commands that follow value.
#pragma once

#include "heuristics/question/block_place.h"
#include "heuristics/question/exposure_question.h"
#include "heuristics/question/trace_options.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace wagetrail::cli {

struct ExportOptions {
    question::TraceOptions trace;
    std::string format = "graphml";
    std::string out;  // file; empty: standard output
};

struct ReportOptions {
    question::TraceOptions trace;
    question::BlockPlace source;
    std::string out;     // folder
    std::string sign;    // file with the signing key; empty: unsigned
    bool force = false;  // replace a bundle that is there
    std::size_t max_proofs = 5'000;
};

struct LogOptions {};

struct ReplayOptions {
    std::string file;      // an answer of trace, paths or exposure, or a bundle
    std::string services;  // table of services of an answer that was asked with one
    std::string prices;    // table of prices, likewise
};

struct ExposureOptions {
    std::vector<std::string> subjects;
    std::string file;
    question::ExposureOptions asked;
};

}  // namespace wagetrail::cli
