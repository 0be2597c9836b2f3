// The keys that a block's inputs show, with their other forms, found from the block's bytes alone
// and so ahead of its turn. Whether an input reveals the key it shows depends on the output it
// spends: revealed() tells.
#pragma once

#include "index/prepared_block.h"

#include "heuristics/key_identity.h"

#include <optional>
#include <unordered_map>

namespace wagetrail {

class BlockKeys : public index::Hints {
  public:
    static constexpr std::uint32_t kNone = 0xFFFFFFFF;

    /// Borrows nothing. forms: remembers keys over blocks; the thread's own.
    BlockKeys(const SourceBlock& source, KeyForms& forms);

    /// The number of the key that an input reveals, the same for every encoding of one key; kNone
    /// when it reveals none. input: its place among the inputs of the block but the coinbase's.
    /// The answer of seen_key, most times found ahead.
    [[nodiscard]] std::uint32_t revealed(std::size_t input,
                                         const TxIn& in,
                                         const Address& spent,
                                         KeyForms& forms);

    /// By number; revealed() may add to them.
    [[nodiscard]] const std::vector<KeyScripts>& keys() const { return keys_; }

  private:
    using Hash160 = std::array<std::uint8_t, 20>;
    struct Shown {
        std::uint32_t key = kNone;
        Hash160 hash{};                 // of the encoding
        std::optional<Hash160> nested;  // the P2SH-P2WPKH payload that the input claims to open
    };
    [[nodiscard]] Shown shown_by(const TxIn& in, KeyForms& forms);
    [[nodiscard]] std::uint32_t number_of(const SeenKey& key, KeyForms& forms);

    Height height_;
    std::vector<Shown> inputs_;
    std::vector<KeyScripts> keys_;
    std::unordered_map<SeenKey, std::uint32_t, SeenKeyHash> numbers_;
};

}  // namespace wagetrail
