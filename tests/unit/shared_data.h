// The folder of real data that many tests read: $WAGETRAIL_SHARED, or ../shared beside the project.
// It is not part of the project, so a test that finds it missing says so and checks nothing.
#pragma once

#include "chain/base/bytes.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace wagetrail {

/// A file or folder below data/ ("btc-mainnet-eras/index.csv"); nullopt, with a warning that the
/// test is skipped, where it is not there.
[[nodiscard]] std::optional<std::filesystem::path> shared_data(const std::string& name);

/// Paths below a folder that end in suffix, sorted.
[[nodiscard]] std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder,
                                                          const std::string& suffix);

/// The whole file, unpacked by the xz program when its name ends in .xz. Fails the test on error.
[[nodiscard]] Bytes file_bytes(const std::filesystem::path& path);
[[nodiscard]] std::string file_text(const std::filesystem::path& path);

/// The regular files of a .tar or .tar.xz by their names in it ("blocks-plain/blk00000.dat").
[[nodiscard]] std::map<std::string, Bytes> tar_files(const std::filesystem::path& path);

/// Rows of comma-separated fields without quotes; the first row is the heading.
[[nodiscard]] std::vector<std::vector<std::string>> csv_rows(const std::filesystem::path& path);

/// The records of a blk file: magic, little-endian length, block; ends at the first other magic.
[[nodiscard]] std::vector<Bytes> block_records(ByteView file,
                                               const std::array<std::uint8_t, 4>& magic);

}  // namespace wagetrail
