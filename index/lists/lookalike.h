// Letters that look like others: Cyrillic and Greek ones that pass for Latin, full-width forms,
// letters with marks, and characters that cannot be seen at all. Lists of seized wallets, typed by
// hand, have them in addresses; people who search have other ones.
#pragma once

#include <string>
#include <string_view>

namespace wagetrail::lists {

/// What an address was meant to be: look-alikes in ASCII, what cannot be seen left out. Characters
/// without a look-alike stay. The text must be UTF-8.
[[nodiscard]] std::string unmasked(std::string_view text);

/// What two spellings of a name have in common: unmasked, marks dropped, lower case, words
/// separated by one space, punctuation left out. Other scripts stay as they are.
[[nodiscard]] std::string name_skeleton(std::string_view text);

/// What two readings of an address have in common: unmasked, lower case, without spaces, and the
/// letters that typing confuses made one (0 and O, 1 and l and I).
[[nodiscard]] std::string address_skeleton(std::string_view text);

}  // namespace wagetrail::lists
