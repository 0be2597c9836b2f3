#include "cli/verify/known_headers.h"

#include "cli/verify/verdict.h"

#include <optional>
#include <unordered_map>

namespace wagetrail::verifier {

Expected<std::string> check_headers(std::string_view file,
                                    const Bundle& bundle,
                                    const Proven& proven) {
    std::unordered_map<BlockHash, std::uint32_t> place;
    std::optional<BlockHash> before;
    bool from_genesis = false;
    std::uint32_t line = 0;
    while (!file.empty()) {
        const std::size_t end = std::min(file.find('\n'), file.size());
        std::string_view hex = file.substr(0, end);
        file.remove_prefix(std::min(end + 1, file.size()));
        if (hex.ends_with('\r')) hex.remove_suffix(1);
        if (hex.empty()) continue;
        const auto bytes = from_hex(hex);
        const auto header = decode_header(bytes.value_or(Bytes()));
        if (!header)
            return broken("line " + std::to_string(line + 1) +
                          " of the headers is no header of 160 hexadecimal digits");
        if (before && header->previous != *before)
            return broken("line " + std::to_string(line + 1) +
                          " of the headers does not follow the line before");
        before = hash_of(*header);
        if (line == 0) from_genesis = *before == genesis_hash(params(bundle.ledger));
        place.emplace(*before, line++);
    }
    for (const auto& [height, block] : proven.blocks()) {
        const auto known = place.find(block.hash);
        if (known == place.end())
            return broken("block " + text(height) + ", " + text(block.hash) +
                          ", is not among the headers given");
        if (from_genesis && Height(known->second) != height)
            return broken("block " + text(block.hash) + " is of height " +
                          std::to_string(known->second) + ", not " + text(height));
    }
    const auto tip = place.find(bundle.as_of_hash);
    if (tip == place.end() || (from_genesis && Height(tip->second) != bundle.as_of))
        return broken("the block of the answer, " + text(bundle.as_of) + ", " +
                      text(bundle.as_of_hash) + ", is not among the headers given at its height");
    return std::to_string(proven.blocks().size()) +
           " blocks and that of the answer are among the " + std::to_string(line) +
           " headers given" +
           (from_genesis ? ", at their heights"
                         : "; heights are our word: these do not begin with "
                           "the genesis");
}

}  // namespace wagetrail::verifier
