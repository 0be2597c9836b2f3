#include "index/lists/lint.h"

#include "heuristics/report/lint_answers.h"

#include "cli/commands.h"
#include "cli/home.h"
#include "cli/print.h"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace wagetrail::cli {
namespace {

/// A publication that the command line names.
struct Subject {
    lists::Publication publication;
    std::optional<lists::Snapshot> snapshot;  // out of the registry
};

bool is_file(const std::string& name) {
    std::error_code ignored;
    return std::filesystem::is_regular_file(name, ignored);
}

Expected<Subject> subject_of(const std::optional<lists::Registry>& registry,
                             const std::string& name,
                             const std::string& profile) {
    if (is_file(name)) return Subject{TRY(lists::publication_of_file(name, profile)), std::nullopt};
    if (!registry)
        return fail(ErrorCode::not_found,
                    "there is no file \"" + name +
                        "\", and no list was imported that it could be a snapshot of");
    auto snapshot = registry->find(name);
    if (!snapshot)
        return with_context(snapshot.error(), "there is no file \"" + name + "\" either");
    return Subject{TRY(lists::publication_of(*registry, *snapshot)), *snapshot};
}

/// The snapshot of the same list that came out before.
Expected<std::optional<Subject>> subject_before(const lists::Registry& registry,
                                                const lists::Snapshot& now) {
    std::optional<lists::Snapshot> before;
    for (const lists::Snapshot& each : TRY(registry.snapshots(now.list)))
        if (each.published < now.published && each.kind == now.kind) before = each;
    if (!before) return std::nullopt;
    return Subject{TRY(lists::publication_of(registry, *before)), before};
}

Expected<std::string> whole_file(const std::string& name) {
    if (!is_file(name)) return fail(ErrorCode::not_found, "there is no file \"" + name + "\"");
    std::error_code error;
    if (std::filesystem::file_size(name, error) > report::kEnvelopeBytesMax || error)
        return fail(ErrorCode::invalid, name + " is larger than any report");
    std::ifstream in(name, std::ios::binary);
    std::string out(std::istreambuf_iterator<char>(in), {});
    if (in.bad()) return fail(ErrorCode::io, name + " cannot be read to its end");
    return out;
}

Expected<report::Answer> verified(const ListsLintOptions& options) {
    if (options.key.empty())
        return fail(ErrorCode::invalid,
                    "a signature is worth what its key is worth: name the signer's public key "
                    "with --key");
    const SignerKey key = TRY(parse_signer_key(options.key));
    auto checked = report::verify_envelope(TRY(whole_file(options.subject)), key);
    if (!checked) return with_context(checked.error(), options.subject);
    return report::verified_answer(*checked);
}

Expected<report::Answer> examined(const CommonOptions& common, const ListsLintOptions& options) {
    const auto registry = TRY(home_of(common).registry());
    const Subject now = TRY(subject_of(registry, options.subject, options.profile));
    std::optional<Subject> before;
    if (!options.previous.empty())
        before = TRY(subject_of(registry, options.previous, options.profile));
    else if (now.snapshot)
        before = TRY(subject_before(*registry, *now.snapshot));
    const lists::Publication* const previous = before ? &before->publication : nullptr;
    report::Answer answer =
        report::lint_answer(now.publication, previous, lists::lint(now.publication, previous));
    if (options.sign.empty()) return answer;
    const SigningKey key = TRY(SigningKey::read(options.sign));
    answer.json = report::signed_envelope(answer.json, key);
    answer.text += "\nsigned by " + text(key.signer()) + " (the signature is in --json)\n";
    return answer;
}

}  // namespace

Outcome run(const CommonOptions& common, const ListsLintOptions& options, std::stop_token stop) {
    (void)stop;
    TRY(print(common, options.verify ? TRY(verified(options)) : TRY(examined(common, options))));
    return ExitCode::done;
}

Outcome run(const CommonOptions& common, const ListsSearchOptions& options, std::stop_token stop) {
    (void)stop;
    const lists::Registry registry = TRY(home_of(common).existing_registry());
    const lists::SearchRequest request{.text = options.text, .list = options.list};
    const auto hits = TRY(lists::search(registry, request));
    TRY(print(common, report::search_answer(request, hits, options.limit)));
    return ExitCode::done;
}

}  // namespace wagetrail::cli
