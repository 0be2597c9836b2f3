// YAML as a tree and back, for packs of labels. What comes out means what went in: order of keys,
// and whether a scalar was quoted ('01' is a text, 01 a number) are kept; comments, layout and the
// kind of quotes are not data.
//
// Refused, with line and column: anchors and aliases (they make small files huge, and no pack needs
// them), explicit tags, a second document, keys that are no text or stand twice, nesting beyond 32,
// a scalar beyond 64 KiB, more than two million values, and all that is no UTF-8 or no YAML.
#pragma once

#include "chain/base/expected.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail::labels {

enum class YamlKind : std::uint8_t { scalar, sequence, mapping };

// NOLINTNEXTLINE(misc-no-recursion): as below
struct YamlNode {
    YamlKind kind = YamlKind::scalar;
    bool plain = false;           // a scalar without quotes: its form decides what it is
    std::string text;             // of a scalar
    std::vector<YamlNode> items;  // of a sequence; of a mapping, key and value in turn
    std::size_t line = 0;         // where it begins, from 1; not part of its value

    [[nodiscard]] static YamlNode plain_text(std::string text);
    /// Of a mapping; nullptr when the key is absent.
    [[nodiscard]] const YamlNode* find(std::string_view key) const;
    /// Same meaning, wherever it stands.
    // NOLINTNEXTLINE(misc-no-recursion): read_yaml bounds the depth
    friend bool operator==(const YamlNode& a, const YamlNode& b) {
        if (a.kind != b.kind || a.plain != b.plain || a.text != b.text) return false;
        if (a.items.size() != b.items.size()) return false;
        for (std::size_t i = 0; i < a.items.size(); ++i)
            if (!(a.items[i] == b.items[i])) return false;
        return true;
    }
};

inline constexpr std::size_t kYamlBytesMax = std::size_t{64} << 20U;

Expected<YamlNode> read_yaml(std::string_view text);
/// In block style; ends with a line end. The tree must be one that read_yaml could have made.
[[nodiscard]] std::string write_yaml(const YamlNode& root);

}  // namespace wagetrail::labels
