// Transactions with known meaning: inputs and outputs as addresses and amounts, signed with the
// keys of the spent addresses.
#pragma once

#include "tests/simulator/secret_key.h"

#include <functional>
#include <vector>

namespace wagetrail::simulator {

struct Output {
    Address to;
    Amount amount;
};

/// An output that can be spent.
struct Coin {
    OutPoint at;
    Address address;
    Amount amount;
};

/// A finished transaction, with what its bytes say in the simulator's terms.
struct BuiltTx {
    Bytes raw;
    Txid txid;
    Wtxid wtxid;
    std::vector<Output> outputs;
    Amount fee;

    /// The outpoint of output n, for spending it.
    [[nodiscard]] OutPoint out(std::uint32_t n) const { return {txid, OutIndex(n)}; }
    /// The same with all that a spender needs.
    [[nodiscard]] Coin coin(std::uint32_t n) const;
};

enum class Signatures : std::uint8_t {
    real,         // valid on a node
    placeholder,  // right shape and public key, constant signature: much faster
};

/// Who may spend an address: one key, or all but the last of several (bare in P2WSH or P2SH).
using Keys = std::vector<SecretKey>;

/// n - 1 of n keys, in the order given: OP_(n-1), the keys, OP_n, OP_CHECKMULTISIG.
[[nodiscard]] Bytes multisig_script(const Keys& keys);
/// kind: p2wsh or p2sh.
[[nodiscard]] Address multisig_address(LedgerId ledger, AddressKind kind, const Keys& keys);

/// The keys of an address, or nullptr when nobody here has them: then the input stays unsigned.
using KeyFinder = std::function<const Keys*(const Address&)>;

struct TxOptions {
    Signatures signatures = Signatures::real;
    std::uint32_t version = 2;
    std::uint32_t lock_time = 0;
    std::uint32_t sequence = 0xFFFFFFFD;  // replaceable (BIP125), as wallets of today set it
    LowR low_r = LowR::no;
};

/// Spends all of inputs; what the outputs leave is the fee. Outputs above the inputs are our bug.
[[nodiscard]] BuiltTx build_tx(const std::vector<Coin>& inputs,
                               const std::vector<Output>& outputs,
                               const KeyFinder& key_of,
                               const TxOptions& options = {});

}  // namespace wagetrail::simulator
