#include "heuristics/question/search_question.h"

#include "chain/base/number.h"
#include "chain/descriptor.h"

#include "heuristics/question/entity_name.h"
#include "heuristics/question/open_ledger.h"
#include "heuristics/report/search_answer.h"
#include "heuristics/trace/subjects.h"

#include <algorithm>

namespace wagetrail::question {
namespace {

using report::MatchedThing;

constexpr std::size_t kTextBytesMax = 1'000;
constexpr std::size_t kPartiesMax = 20;

std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// What the text may be on one ledger.
class Recognition {
  public:
    Recognition(const index::LedgerView& view, report::SearchFindings& findings)
        : view_(view), findings_(findings) {}

    Expected<void> run() {
        if (looks_like_descriptor(findings_.text)) {
            match(MatchedThing::descriptor, findings_.text);
            return {};
        }
        TRY(as_address());
        TRY(as_output());
        return as_block();
    }

  private:
    void match(MatchedThing thing, std::string id, bool on_chain = true) {
        findings_.matches.push_back({thing, view_.ledger(), std::move(id), on_chain});
    }

    Expected<void> as_address() {
        const EntityName named = split_entity_name(findings_.text);
        if (named.ledger.value_or(view_.ledger()) != view_.ledger()) return {};
        const auto address = parse_address(view_.ledger(), named.address);
        if (!address) return {};
        const bool on_chain = TRY(view_.find_address(*address)).has_value();
        match(named.ledger ? MatchedThing::entity : MatchedThing::address,
              named.ledger ? findings_.text : text(*address), on_chain);
        return {};
    }

    Expected<void> as_output() {
        const auto output = parse_output(findings_.text);
        if (!output) return {};
        if (!TRY(view_.find_tx(output->txid))) return {};
        match(output->vout ? MatchedThing::output : MatchedThing::transaction, findings_.text);
        return {};
    }

    Expected<void> as_block() {
        if (const auto hash = parse_hash<BlockHash>(findings_.text))
            if (TRY(view_.find_block(*hash))) match(MatchedThing::block, findings_.text);
        if (const auto height = parse_number(findings_.text))
            if (*height <= view_.as_of().height.value)  // raw: compared with what was typed
                match(MatchedThing::block, findings_.text);
        return {};
    }

    const index::LedgerView& view_;
    report::SearchFindings& findings_;
};

/// Names are looked for only where the text is nothing of a chain: it may still be an address with
/// a slip in it.
Expected<void> find_parties(const Home& home, report::SearchFindings& findings) {
    const auto registry = TRY(home.registry());
    if (!registry) return {};
    auto hits = lists::search(*registry, {.text = findings.text});
    if (!hits) return {};  // too short for a name
    hits->resize(std::min(hits->size(), kPartiesMax));
    findings.parties = *std::move(hits);
    return {};
}

}  // namespace

Expected<Answered> search(Home& home, const Pins& pins, const std::string& text) {
    report::SearchFindings findings{.text = trimmed(text)};
    if (findings.text.empty() || findings.text.size() > kTextBytesMax)
        return fail(
            ErrorCode::invalid,
            "search for an address, a transaction id, a block or a name of 1 to 1000 bytes");
    report::Manifest manifest;
    for (const LedgerId ledger : home.ledgers()) {
        Pins here = pins;
        here.ledger = params(ledger).name;
        const OpenLedger open = TRY(open_ledger(home, here, ledger));
        const report::Manifest own = open.manifest();
        manifest.as_of.insert(manifest.as_of.end(), own.as_of.begin(), own.as_of.end());
        TRY(Recognition(*open.view, findings).run());
    }
    TRY(find_parties(home, findings));
    const bool found = std::ranges::any_of(findings.matches, &report::SearchMatch::on_chain);
    return Answered{report::search_answer(manifest, findings),
                    found ? Conclusion::settled : Conclusion::open};
}

}  // namespace wagetrail::question
