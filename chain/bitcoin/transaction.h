// A Bitcoin-family transaction, decoded without copying: scripts and witnesses borrow the bytes it
// was decoded from, which the caller keeps alive (Block does).
#pragma once

#include "chain/base/amount.h"
#include "chain/base/codec.h"
#include "chain/base/ids.h"

#include <cstdint>
#include <vector>

namespace wagetrail {

/// The witness stack of one input (BIP141), still in wire form.
struct Witness {
    std::uint32_t count = 0;
    ByteView
        raw;  // count items, each CompactSize length and bytes; bounds were checked on decoding

    [[nodiscard]] std::vector<ByteView> items() const;
};

struct TxIn {
    OutPoint prevout;
    ByteView script_sig;
    std::uint32_t sequence = 0xFFFFFFFF;
    Witness witness;
};

struct TxOut {
    Amount amount;
    ByteView script;
};

struct Transaction {
    std::uint32_t version = 2;  // signed in old rules, compared unsigned since BIP68
    std::vector<TxIn> inputs;
    std::vector<TxOut> outputs;
    std::uint32_t lock_time = 0;
    Txid txid;               // computed while decoding
    Wtxid wtxid;             // equal bytes to txid without witness
    std::uint32_t size = 0;  // serialised bytes, witness included
    bool has_witness = false;
    bool is_hogex = false;  // Litecoin's last transaction of a block with MWEB (flag 0x08, LIP3)

    [[nodiscard]] bool is_coinbase() const;
};

/// Reads one transaction at the reader's position. On malformed bytes the reader has failed (see
/// Reader::ok) and the result is meaningless. mweb: accept Litecoin's flag 0x08.
[[nodiscard]] Transaction decode_transaction(Reader& reader, bool mweb);

/// A whole transaction and nothing else; corrupt otherwise. Borrows the bytes.
[[nodiscard]] Expected<Transaction> decode_transaction(ByteView bytes, bool mweb);

enum class Serialise : std::uint8_t { without_witness, with_witness };
/// Wire form. With witness, the BIP144 form is used only when some input has one.
[[nodiscard]] Bytes encode(const Transaction& tx, Serialise what);

}  // namespace wagetrail
