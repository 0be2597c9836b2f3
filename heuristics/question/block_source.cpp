#include "heuristics/question/block_source.h"

#include "chain/source/block_reader.h"

#include "index/store.h"
#include "index/write_file.h"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace wagetrail::question {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFiles = "files:";

std::string memory_path(const std::string& home, LedgerId ledger) {
    return index::database_path(home, ledger) + ".source";
}

std::string absolute(const std::string& source) {
    if (!source.starts_with(kFiles)) return source;
    std::error_code ignored;
    const fs::path path = fs::absolute(source.substr(kFiles.size()), ignored);
    return ignored ? source : std::string(kFiles) + path.lexically_normal().string();
}

std::string remembered(const std::string& home, LedgerId ledger) {
    std::ifstream file(memory_path(home, ledger), std::ios::binary);
    std::string source{std::istreambuf_iterator<char>(file), {}};
    if (source.ends_with('\n')) source.pop_back();
    return source;
}

}  // namespace

SourceSecrets secrets_of(const BlockPlace& options) {
    return {.rpc_user = options.rpc_user,
            .rpc_password = options.rpc_password,
            .cookie_file = options.rpc_cookie};
}

Expected<void> remember_source(const std::string& home,
                               LedgerId ledger,
                               const std::string& source) {
    const std::string path = memory_path(home, ledger);
    const std::string line = absolute(source);
    if (remembered(home, ledger) == line) return {};
    return index::write_file(path, line + "\n");
}

Expected<std::optional<index::RawBlocks>> raw_blocks(const std::string& home,
                                                     LedgerId ledger,
                                                     const BlockPlace& options) {
    const bool named = !options.source.empty();
    const std::string source = named ? options.source : remembered(home, ledger);
    std::optional<index::RawBlocks> raw;
    if (source.empty()) return raw;
    auto reader = BlockReader::open(params(ledger), source, secrets_of(options));
    if (reader)
        raw.emplace(*std::move(reader));
    else if (named)
        return std::unexpected(std::move(reader).error());
    return raw;
}

}  // namespace wagetrail::question
