// The files that a question names, each read once, so that an answer can say which bytes it rests
// on and can be asked again with the same bytes where those files are not at hand.
#pragma once

#include "chain/base/expected.h"

#include <deque>
#include <string>

namespace wagetrail::question {

struct NamedFile {
    std::string name;  // as in the question
    std::string text;
    std::string sha256;
};

class NamedFiles {
  public:
    /// Only what is given: the disk is not looked at.
    [[nodiscard]] static NamedFiles sealed(std::deque<NamedFile> files);

    /// Whether the name stands for a file.
    [[nodiscard]] bool has(const std::string& name) const;
    /// As table_text. Valid while this object lives.
    [[nodiscard]] Expected<const NamedFile*> read(const std::string& name);
    /// All that were read.
    [[nodiscard]] const std::deque<NamedFile>& files() const { return files_; }

  private:
    [[nodiscard]] const NamedFile* known(const std::string& name) const;

    std::deque<NamedFile> files_;
    bool sealed_ = false;
};

}  // namespace wagetrail::question
