#include "index/lists/list_file.h"

#include "chain/base/sha256.h"

#include "index/lists/list_history.h"
#include "index/lists/ofac_advanced.h"
#include "index/lists/printable.h"
#include "index/lists/sdn_xml.h"
#include "index/lists/text_list.h"

#include <algorithm>
#include <fstream>
#include <system_error>
#include <utility>

namespace wagetrail::lists {
namespace {

constexpr std::size_t kWarningsMax = 100;
constexpr std::size_t kPieceBytes = 256 * 1024;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

using Progress = std::function<void(std::uint64_t done, std::uint64_t total)>;
using Take = std::function<Expected<void>(std::string_view piece)>;

std::unexpected<Error> io_error(const std::filesystem::path& file, std::string_view what) {
    return fail(ErrorCode::io, file.string() + ": " + std::string(what));
}

/// Hands the file over piece by piece (the first one holds at least the first line of a sane file).
Expected<Sha256Hash> read_pieces(const std::filesystem::path& file,
                                 const Progress& progress,
                                 const Take& take) {
    std::error_code error;
    if (!std::filesystem::exists(file, error))
        return fail(ErrorCode::invalid, file.string() + " does not exist");
    if (!std::filesystem::is_regular_file(file, error))
        return io_error(file, "not a file that can be read twice; save it as a file first");
    const std::uint64_t total = std::filesystem::file_size(file, error);
    std::ifstream in(file, std::ios::binary);
    if (error || !in) return io_error(file, "cannot be opened for reading");
    Sha256 hash;
    std::string piece(kPieceBytes, '\0');
    std::uint64_t done = 0;
    while (in) {
        in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        const auto size = static_cast<std::size_t>(in.gcount());
        if (in.bad()) return io_error(file, "cannot be read to its end");
        const std::string_view part = std::string_view(piece).substr(0, size);
        hash.update(as_bytes(part));
        TRY(take(part));
        done += size;
        if (progress) progress(done, std::max(done, total));
    }
    return Sha256Hash{hash.finish()};
}

/// Feeds the file to the parser; its hash.
template <class Parser>
Expected<Sha256Hash> feed_file(const std::filesystem::path& file,
                               const Progress& progress,
                               Parser& parser) {
    bool first = true;
    return read_pieces(file, progress, [&](std::string_view piece) -> Expected<void> {
        if (std::exchange(first, false) && piece.starts_with(kByteOrderMark))
            piece.remove_prefix(kByteOrderMark.size());
        auto fed = parser.feed(piece);
        if (!fed) return with_context(fed.error(), file.string());
        return {};
    });
}

template <class Parser, class... Arguments>
Expected<LoadedFile> parse(const std::filesystem::path& file,
                           FileKind kind,
                           const Progress& progress,
                           Arguments... arguments) {
    Parser parser(std::move(arguments)...);
    const auto sha256 = TRY(feed_file(file, progress, parser));
    auto content = parser.finish();
    if (!content) return with_context(content.error(), file.string());
    return LoadedFile{*std::move(content), kind, sha256};
}

/// Local name of the first element that begins within the head.
std::string_view root_element(std::string_view head) {
    for (std::size_t at = head.find('<'); at != std::string_view::npos; at = head.find('<', at)) {
        ++at;
        if (head.substr(at).starts_with("!--")) {
            at = std::min(head.find("-->", at), head.size());
            continue;
        }
        std::string_view name = head.substr(at, head.find_first_of(" \t\r\n/>", at) - at);
        if (name.starts_with('?') || name.starts_with('!')) continue;
        const std::size_t colon = name.rfind(':');
        return colon == std::string_view::npos ? name : name.substr(colon + 1);
    }
    return {};
}

}  // namespace

FileKind detect_kind(std::string_view head) {
    if (head.starts_with(kByteOrderMark)) head.remove_prefix(kByteOrderMark.size());
    if (trimmed(head).starts_with('<'))
        return root_element(head) == "sdnList" ? FileKind::sdn_xml : FileKind::ofac_advanced;
    while (!head.empty()) {
        const std::size_t end = std::min(head.find_first_of("\r\n"), head.size());
        const std::string_view line = trimmed(head.substr(0, end));
        head.remove_prefix(std::min(end + 1, head.size()));
        if (line.empty() || line.starts_with('#')) continue;
        if (is_history_header(line)) return FileKind::history;
        const bool header = csv_column(line) == CsvColumn::address || line == "\"address\"";
        const bool comma = line.substr(0, line.find('#')).find(',') != std::string_view::npos;
        return header || comma ? FileKind::csv : FileKind::text;
    }
    return FileKind::text;
}

void ListFile::warn(std::string what) {
    if (warnings.size() < kWarningsMax)
        warnings.push_back(std::move(what));
    else
        ++warnings_left_out;
}

void ListFile::tell_left_out() {
    if (warnings_left_out > 0)
        warnings.push_back(std::to_string(warnings_left_out) + " more warnings");
}

Expected<void> ListFile::add(ListParty party,
                             std::vector<std::string> other_names,
                             std::vector<ListEntry> its) {
    if (its.empty()) return {};
    if (entries.size() + its.size() > kEntriesMax)
        return fail(ErrorCode::limit, "more addresses than any list has");
    for (ListEntry& entry : its) {
        entry.party = parties.size();
        entries.push_back(std::move(entry));
    }
    parties.push_back(std::move(party));
    aliases.push_back(std::move(other_names));
    return {};
}

Expected<std::string> bounded_name(std::string_view text) {
    std::string name = printable_line(text);
    if (name.size() <= kNameBytesMax) return name;
    return fail(ErrorCode::limit, "a name or number of more than " + std::to_string(kNameBytesMax) +
                                      " bytes: " + printable_line(name.substr(0, 60)) + "...");
}

Expected<FileKind> kind_of_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string head(64 * 1024, '\0');
    in.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(in.gcount()));
    if (head.starts_with("PK\x03\x04") || head.starts_with("BZh") || head.starts_with("\x1F\x8B"))
        return fail(ErrorCode::invalid, file.string() + ": a compressed file; unpack it first");
    if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) {
        // UTF-16: only XML says so itself.
        const bool xml = head.find('<') < 4;
        if (!xml)
            return fail(ErrorCode::invalid, file.string() + ": UTF-16 text; save it as UTF-8");
        return FileKind::ofac_advanced;
    }
    return detect_kind(head);
}

Expected<LoadedFile> load_list_file(const std::filesystem::path& file, const ReadOptions& options) {
    const FileKind kind = options.kind ? *options.kind : TRY(kind_of_file(file));
    if (!options.profile.empty() && kind != FileKind::csv)
        return fail(ErrorCode::invalid, file.string() + " is no CSV list: profiles are for those");
    switch (kind) {
        case FileKind::text:
            return parse<TextListParser>(file, kind, options.progress);
        case FileKind::csv:
            return parse<CsvListParser>(file, kind, options.progress, options.profile);
        case FileKind::ofac_advanced:
            return parse<OfacAdvancedParser>(file, kind, options.progress);
        case FileKind::sdn_xml:
            return parse<SdnXmlParser>(file, kind, options.progress);
        case FileKind::history:
            return fail(ErrorCode::invalid, file.string() + " is a history of a list");
    }
    return fail(ErrorCode::invalid, "unknown kind of list file");
}

Expected<ListHistory> load_history_file(const std::filesystem::path& file,
                                        const Progress& progress) {
    HistoryParser parser;
    const auto sha256 = TRY(feed_file(file, progress, parser));
    auto history = parser.finish();
    if (!history) return with_context(history.error(), file.string());
    history->sha256 = sha256;
    return history;
}

}  // namespace wagetrail::lists
