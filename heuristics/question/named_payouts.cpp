#include "heuristics/question/named_payouts.h"

#include "chain/descriptor.h"

namespace wagetrail::question {
namespace {

bool looks_like_file(const std::string& word) {
    if (looks_like_descriptor(word)) return false;  // its paths have slashes too
    return word.ends_with(".csv") || word.find('/') != std::string::npos;
}

}  // namespace

Expected<Payouts> named_payouts(const index::LedgerView& view,
                                Clusters& clusters,
                                NamedFiles& files,
                                const std::string& word,
                                const SubjectScope& scope) {
    if (!files.has(word)) {
        if (looks_like_file(word)) return fail(ErrorCode::invalid, "there is no file " + word);
        return payouts_of(view, clusters, word, scope);
    }
    auto table = payouts_of_table(view, clusters, TRY(files.read(word))->text, scope);
    if (!table) return with_context(std::move(table).error(), word);
    return table;
}

}  // namespace wagetrail::question
