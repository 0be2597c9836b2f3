#include "chain/base/sha256.h"

#include "index/doctor.h"

namespace wagetrail::index {
namespace {

/// a += b as 256-bit little-endian numbers.
void add(std::array<std::uint8_t, 32>& sum, const std::array<std::uint8_t, 32>& term) {
    unsigned carry = 0;
    for (std::size_t i = 0; i < sum.size(); ++i) {
        carry += unsigned{sum[i]} + term[i];
        sum[i] = static_cast<std::uint8_t>(carry);
        carry >>= 8U;
    }
}

Expected<FamilyDigest> digest_of(const ReadHandle& reader,
                                 Family family,
                                 const std::stop_token& stop) {
    FamilyDigest result{.family = family, .digest = {}};
    Sha256 hasher;
    Cursor rows = reader.cursor(family, Scan::whole);
    for (rows.seek_first(); rows.valid(); rows.next()) {
        if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
        const std::array<std::uint8_t, 1> key_size{static_cast<std::uint8_t>(rows.key().size())};
        // raw: digests are added up as numbers
        add(result.digest.value,
            hasher.update(key_size).update(rows.key()).update(rows.value()).finish());
        ++result.rows;
        result.key_bytes += rows.key().size();
        result.value_bytes += rows.value().size();
    }
    TRY(rows.status());
    return result;
}

}  // namespace

Expected<std::vector<FamilyDigest>> digests(const ReadHandle& reader, std::stop_token stop) {
    std::vector<FamilyDigest> all;
    for (std::size_t i = 0; i < kFamilyCount; ++i) {
        const auto family = static_cast<Family>(i);
        if (family == Family::source_pos) continue;
        all.push_back(TRY(digest_of(reader, family, stop)));
    }
    return all;
}

}  // namespace wagetrail::index
