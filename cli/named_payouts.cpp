#include "cli/named_payouts.h"

#include "chain/descriptor.h"

#include "cli/tables.h"

#include <filesystem>

namespace wagetrail::cli {
namespace {

bool looks_like_file(const std::string& word) {
    if (looks_like_descriptor(word)) return false;  // its paths have slashes too
    return word.ends_with(".csv") || word.find('/') != std::string::npos;
}

}  // namespace

bool names_file(const std::string& word) {
    std::error_code ignored;
    return std::filesystem::is_regular_file(word, ignored);
}

Expected<Payouts> named_payouts(const index::LedgerView& view,
                                Clusters& clusters,
                                const std::string& word,
                                const SubjectScope& scope) {
    if (!names_file(word)) {
        if (looks_like_file(word)) return fail(ErrorCode::invalid, "there is no file " + word);
        return payouts_of(view, clusters, word, scope);
    }
    auto table = payouts_of_table(view, clusters, TRY(table_text(word)), scope);
    if (!table) return with_context(std::move(table).error(), word);
    return table;
}

}  // namespace wagetrail::cli
