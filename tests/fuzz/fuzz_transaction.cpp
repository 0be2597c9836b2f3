// Any bytes as a transaction. The first one chooses whether Litecoin's flag is accepted.
#include "chain/base/sha256.h"
#include "chain/bitcoin/transaction.h"

namespace wagetrail {
namespace {

/// The ids again, the slow way: by serialising the transaction.
void check_ids(const Transaction& tx) {
    const Bytes stripped = encode(tx, Serialise::without_witness);
    CHECK(tx.txid.value == sha256d(stripped));

    Transaction plain = tx;
    plain.is_hogex = false;
    CHECK(tx.wtxid.value == sha256d(encode(plain, Serialise::with_witness)));

    const auto again = decode_transaction(stripped, false);
    CHECK(again.has_value());
    CHECK(again->txid == tx.txid && again->inputs.size() == tx.inputs.size());
    CHECK(!again->has_witness && again->is_coinbase() == tx.is_coinbase());
}

void check_witnesses(const Transaction& tx) {
    bool any = false;
    for (const TxIn& input : tx.inputs) {
        const auto items = input.witness.items();
        CHECK(items.size() == input.witness.count);
        any = any || !items.empty();
    }
    CHECK(any == tx.has_witness);
}

void check(ByteView input) {
    if (input.empty()) return;
    const bool mweb = (input[0] & 1U) != 0;
    const ByteView bytes = input.subspan(1);
    const auto tx = decode_transaction(bytes, mweb);

    // The form for streams agrees, wherever it begins.
    Reader reader(input);
    static_cast<void>(reader.byte());
    const Transaction streamed = decode_transaction(reader, mweb);
    CHECK(tx.has_value() == reader.done());
    if (!tx) {
        CHECK(tx.error().code == ErrorCode::corrupt);
        return;
    }
    CHECK(streamed.wtxid == tx->wtxid);
    CHECK(tx->size == bytes.size());
    CHECK(mweb || !tx->is_hogex);
    CHECK(equal(encode(*tx, Serialise::with_witness), bytes));
    check_ids(*tx);
    check_witnesses(*tx);
}

}  // namespace
}  // namespace wagetrail

// The name is libFuzzer's. NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    wagetrail::check({data, size});
    return 0;
}
