#include "heuristics/question/named_files.h"

#include "chain/base/sha256.h"

#include "heuristics/question/tables.h"

#include <filesystem>

namespace wagetrail::question {

NamedFiles NamedFiles::sealed(std::deque<NamedFile> files) {
    NamedFiles given;
    given.files_ = std::move(files);
    given.sealed_ = true;
    return given;
}

const NamedFile* NamedFiles::known(const std::string& name) const {
    for (const NamedFile& file : files_)
        if (file.name == name) return &file;
    return nullptr;
}

bool NamedFiles::has(const std::string& name) const {
    if (known(name) != nullptr) return true;
    std::error_code ignored;
    return !sealed_ && std::filesystem::is_regular_file(name, ignored);
}

Expected<const NamedFile*> NamedFiles::read(const std::string& name) {
    if (const NamedFile* const file = known(name)) return file;
    if (sealed_) return fail(ErrorCode::not_found, "the file " + name + " is not at hand");
    std::string text = TRY(table_text(name));
    std::string hash = sha256_hex(text);
    return &files_.emplace_back(name, std::move(text), std::move(hash));
}

}  // namespace wagetrail::question
