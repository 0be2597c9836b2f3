#include "tests/simulator/shape/unsigned_tx.h"

#include "chain/base/sha256.h"

#include <algorithm>

namespace wagetrail::simulator {
namespace {

constexpr std::array<std::uint8_t, 2> kSegwitMark = {0, 1};  // BIP144
constexpr std::uint64_t kHeadSize = 12;
constexpr std::uint64_t kDataOutputSize = 8 + 1 + 2 + 8;
constexpr std::uint8_t kOpReturn = 0x6A;

void write_output(Writer& out, const ShapeOutput& output) {
    out.little<8>(output.amount.units());
    if (const auto* payee = std::get_if<Payee>(&output.to)) return write_script(out, *payee);
    out.put(10);
    out.put(kOpReturn);
    out.put(8);
    out.big<8>(std::get<DataPayload>(output.to).number);
}

/// Inputs and outputs: what both forms have in common.
void write_body(Writer& out, const UnsignedTx& tx, Rng& rng) {
    out.compact_size(tx.inputs.size());
    for (const ShapeCoin& coin : tx.inputs) {
        out.hash(coin.at.txid);
        out.little<4>(coin.at.vout);
        write_script_sig(out, coin.payee, rng);
        out.little<4>(tx.sequence);
    }
    out.compact_size(tx.outputs.size());
    for (const ShapeOutput& output : tx.outputs) write_output(out, output);
}

}  // namespace

BuiltTx serialised(const UnsignedTx& tx, Rng& rng) {
    const bool segwit = std::any_of(tx.inputs.begin(), tx.inputs.end(),
                                    [](const auto& coin) { return has_witness(coin.payee.form); });
    Writer out;
    out.little<4>(tx.version);
    if (segwit) out.fixed(kSegwitMark);
    const std::size_t body_at = out.size();
    write_body(out, tx, rng);
    const std::size_t witness_at = out.size();
    if (segwit)
        for (const ShapeCoin& coin : tx.inputs) write_witness(out, coin.payee, rng);
    const std::size_t lock_time_at = out.size();
    out.little<4>(tx.lock_time);

    BuiltTx built;
    built.raw = std::move(out).bytes();
    const ByteView all(built.raw);
    built.txid = Txid{Sha256()
                          .update(all.first(4))
                          .update(all.subspan(body_at, witness_at - body_at))
                          .update(all.subspan(lock_time_at))
                          .finish_double()};
    built.wtxid = segwit ? Wtxid{sha256d(all)} : Wtxid{built.txid.value};
    for (const ShapeCoin& coin : tx.inputs) built.fee += coin.amount;
    for (const ShapeOutput& output : tx.outputs) built.fee -= output.amount;
    return built;
}

std::uint64_t size_about(const UnsignedTx& tx) {
    std::uint64_t size = kHeadSize;
    for (const ShapeCoin& coin : tx.inputs) size += input_size(coin.payee.form);
    for (const ShapeOutput& output : tx.outputs) {
        const auto* payee = std::get_if<Payee>(&output.to);
        size += payee == nullptr ? kDataOutputSize : output_size(payee->form);
    }
    return size;
}

}  // namespace wagetrail::simulator
