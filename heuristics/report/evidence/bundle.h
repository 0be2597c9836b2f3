// An answer of `trace` frozen with all it needs to be checked by others and asked again: the answer
// itself, the files it was asked with, the transactions with their proofs, the merges it stands on,
// what it would be under other assumptions, the measured errors of the rules, and what remains our
// word. The bundle is an envelope of its own: its result_id covers everything, and a signature
// stands beside it (signed_report.h). `wagetrail-verify` checks it without us.
#pragma once

#include "heuristics/report/envelope.h"
#include "heuristics/report/evidence/grounds.h"
#include "heuristics/report/evidence/proofs.h"
#include "heuristics/report/trace_report.h"

#include <string>
#include <vector>

namespace wagetrail::report {

inline constexpr std::string_view kEvidenceFormat = "wagetrail-evidence-1";

/// The same question under another assumption.
struct Variation {
    std::string name;   // "level_L0"
    std::string words;  // what is different, for people
    std::vector<PolicyTrace> traces;
};

/// A file that the question was asked with.
struct EvidenceFile {
    std::string role;  // "payouts", "services"
    std::string name;
    std::string sha256;
    std::string text;
};

struct Evidence {
    Answer answer;  // of trace_answer, with steps
    TraceQuestion question;
    std::vector<PolicyTrace> traces;
    std::vector<EvidenceFile> files;
    Proofs proofs;
    Grounds grounds;
    std::vector<Variation> variations;
};

/// What nobody can check from a bundle alone, for people: one sentence each.
[[nodiscard]] std::vector<std::string> remaining_statements(const Evidence& evidence);

/// What stands beside a bundle for people.
struct EvidencePage {
    std::string name;  // "report.html"
    std::string text;
};

struct SealedEvidence {
    std::string bundle;               // the envelope, one line, unsigned
    std::vector<EvidencePage> pages;  // it names their SHA-256
};

[[nodiscard]] SealedEvidence sealed_evidence(const Manifest& manifest, const Evidence& evidence);

/// The result_id of an envelope made here.
[[nodiscard]] std::string result_id_of(const std::string& envelope);

}  // namespace wagetrail::report
