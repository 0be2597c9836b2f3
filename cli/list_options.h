// What the command line says to the commands of lists, labels and prices.
#pragma once

#include "heuristics/question/list_question.h"

#include "cli/trace_options.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace wagetrail::cli {

struct ListsImportOptions {
    std::string file;
    std::string name;
    std::string published;
    std::string known_from;
    std::string profile;  // of a CSV; empty: by its header
    bool accept_shrink = false;
};

struct ListsLintOptions {
    std::string subject;   // a file, or a snapshot by name
    std::string previous;  // likewise; empty: the snapshot before, for one out of the registry
    std::string profile;
    std::string sign;  // file with the signing key
    bool verify = false;
    std::string key;  // public key, for verify
};

struct ListsSearchOptions {
    std::string text;
    std::string list;
    std::size_t limit = 25;
};

struct LabelsImportOptions {
    std::string file;
    std::string name;
    std::string known_from;
};

struct LabelsLsOptions {
    bool notes = false;
};

struct LabelsAddOptions {
    std::string address;
    std::string label;
    std::string category;
    std::string author;
    std::string reason;
};

struct LabelsRemoveOptions {
    std::int64_t number = 0;
};

struct LabelsExportOptions {
    std::string name;
};

struct ListsLsOptions {
    std::string name;
};

struct ListsDiffOptions {
    std::string before;
    std::string after;
    question::TraceOptions affected;  // from: whose past payments are judged anew; empty: nobody's
    std::string prices;
};

struct PricesImportOptions {
    std::string file;
    std::string asset;
    std::string column = "close";
    std::string source;  // empty: the file's name
    std::string known_from;
};

struct PricesLsOptions {};

}  // namespace wagetrail::cli
