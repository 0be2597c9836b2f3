// The folder a node keeps its blk files in.
#pragma once

#include "chain/source/blk_file.h"

#include <map>
#include <string>

namespace wagetrail {

/// A blk file's number: that of its name ("blk00012.dat" is 12), or for other names blk*.dat one
/// above kUnnumbered, in order of their names. Files are read in order of these.
using BlkNumber = std::uint32_t;
inline constexpr BlkNumber kUnnumbered = 0x80000000;

/// Number -> path. invalid: no such folder, or none of these files in it, with a hint where to look
/// instead.
[[nodiscard]] Expected<std::map<BlkNumber, std::string>> list_blk_files(const std::string& folder);

/// The key of the folder's xor.dat. corrupt: it has another size than 8.
[[nodiscard]] Expected<BlkKey> read_blk_key(const std::string& folder);

/// Why a file without any record of this ledger may have none: empty, of a known other ledger,
/// masked with a key that is not here. For messages.
[[nodiscard]] std::string describe_strange_file(const LedgerParams& ledger,
                                                const BlkBytes& bytes,
                                                const BlkKey& key);

}  // namespace wagetrail
