#include "chain/source/blk_folder.h"

#include <charconv>
#include <filesystem>
#include <system_error>

namespace wagetrail {
namespace {

namespace fs = std::filesystem;

bool is_blk_name(std::string_view name) {
    return name.starts_with("blk") && name.ends_with(".dat");
}

/// The number of a name as nodes write it: five digits at least, more only where needed.
std::optional<BlkNumber> number_of(std::string_view name) {
    const std::string_view digits = name.substr(3, name.size() - 7);
    BlkNumber number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const bool whole = error == std::errc{} && end == digits.data() + digits.size();
    if (!whole || number >= kUnnumbered || digits.size() < 5) return std::nullopt;
    if (digits.size() > 5 && digits[0] == '0') return std::nullopt;
    return number;
}

bool has_blk_files(const fs::path& folder) {
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error))
        if (is_blk_name(entry->path().filename().string())) return true;
    return false;
}

Error nothing_there(const std::string& folder) {
    std::string what = "no blk*.dat files in " + folder;
    for (const char* below : {"blocks", "regtest/blocks"})
        if (has_blk_files(fs::path(folder) / below))
            return {ErrorCode::invalid, what + "; there are some in its folder " + below +
                                            ": use files:" + (fs::path(folder) / below).string()};
    return {ErrorCode::invalid, what + "; give the folder \"blocks\" of a node"};
}

}  // namespace

Expected<std::map<BlkNumber, std::string>> list_blk_files(const std::string& folder) {
    std::map<BlkNumber, std::string> files;
    std::map<std::string, std::string> others;  // name -> path
    std::error_code error;
    fs::directory_iterator entry(folder, error);
    for (const fs::directory_iterator end; !error && entry != end; entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        std::error_code unreadable;
        if (!is_blk_name(name) || !entry->is_regular_file(unreadable)) continue;
        if (const auto number = number_of(name))
            files.emplace(*number, entry->path().string());
        else
            others.emplace(name, entry->path().string());
    }
    if (error == std::errc::no_such_file_or_directory)
        return fail(ErrorCode::invalid, "there is no folder " + folder);
    if (error) return fail(ErrorCode::io, "cannot list " + folder + ": " + error.message());
    for (BlkNumber number = kUnnumbered; auto& [name, path] : others)
        files.emplace(number++, std::move(path));
    if (files.empty()) return std::unexpected(nothing_there(folder));
    return files;
}

Expected<BlkKey> read_blk_key(const std::string& folder) {
    const fs::path path = fs::path(folder) / "xor.dat";
    std::error_code error;
    if (!fs::exists(path, error)) return BlkKey{};
    const BlkFile file = TRY(BlkFile::open(path.string()));
    if (file.size() != BlkKey::kSize)
        return fail(ErrorCode::corrupt,
                    path.string() + " has " + std::to_string(file.size()) +
                        " bytes, not the 8 of a key: copy it again from the node");
    BlkKey key;
    TRY(file.read(0, key.value));
    return key;
}

std::string describe_strange_file(const LedgerParams& ledger,
                                  const BlkBytes& bytes,
                                  const BlkKey& key) {
    std::array<std::uint8_t, 4> start{};
    if (bytes.size < start.size() || !bytes.read(0, start)) return "is empty";
    if (start == decltype(start){}) return "begins with zeros";
    const std::array<std::uint8_t, 4> stored = start;
    key.apply(start, 0);
    std::string known;
    for (const LedgerParams& other : all_ledgers()) {
        if (other.magic != start || other.magic == ledger.magic) continue;
        known += (known.empty() ? "" : " or ") + std::string(other.name);
    }
    if (!known.empty()) return "holds blocks of " + known + ", not of " + std::string(ledger.name);
    const std::string hint = key.value == BlkKey{}.value
                                 ? "; if its node masks its files, copy xor.dat along with them"
                                 : "; does xor.dat belong to it?";
    return "begins with " + to_hex(stored) + ", which is no record of " + std::string(ledger.name) +
           hint;
}

}  // namespace wagetrail
