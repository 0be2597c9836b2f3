#include "tests/simulator/shape/payee.h"

#include "chain/base/sha256.h"

namespace wagetrail::simulator {
namespace {

constexpr std::uint8_t kPush20 = 0x14;
constexpr std::uint8_t kPush33 = 0x21;
constexpr std::uint8_t kPushData1 = 0x4C;
constexpr std::uint8_t kOp1 = 0x51;
constexpr std::uint8_t kOp2 = 0x52;
constexpr std::uint8_t kOp3 = 0x53;
constexpr std::uint8_t kDup = 0x76;
constexpr std::uint8_t kEqual = 0x87;
constexpr std::uint8_t kEqualVerify = 0x88;
constexpr std::uint8_t kHash160 = 0xA9;
constexpr std::uint8_t kCheckSig = 0xAC;
constexpr std::uint8_t kCheckMultisig = 0xAE;
constexpr std::uint8_t kSighashAll = 0x01;
constexpr std::size_t kMultisigSize = 3 + 3 * 34;

void put_random(std::uint8_t* to, std::size_t size, Rng& rng) {
    for (std::size_t i = 0; i < size; i += 8) {
        std::uint64_t word = rng.next();
        for (std::size_t k = i; k < std::min(i + 8, size); ++k, word >>= 8U)
            to[k] = static_cast<std::uint8_t>(word);
    }
}

/// DER of chance with a low R and S, and the hash type: 71 bytes. Its length goes in front.
void write_signature(Writer& out, Rng& rng) {
    std::array<std::uint8_t, 72> bytes{71, 0x30, 0x44, 0x02, 0x20};
    put_random(bytes.data() + 5, 32, rng);
    bytes[37] = 0x02;
    bytes[38] = 0x20;
    put_random(bytes.data() + 39, 32, rng);
    bytes[5] &= 0x7FU;
    bytes[39] &= 0x3FU;
    bytes[71] = kSighashAll;
    out.fixed(bytes);
}

std::array<std::uint8_t, 22> key_hash_program(const Payee& payee) {
    std::array<std::uint8_t, 22> program{0, kPush20};
    const auto hash = hash160(payee.key);
    std::copy(hash.begin(), hash.end(), program.begin() + 2);
    return program;
}

/// The other two keys are the first with a byte changed: no points, as some real members are none.
std::array<std::uint8_t, kMultisigSize> multisig_script(const Payee& payee) {
    std::array<std::uint8_t, kMultisigSize> script{kOp2};
    auto* at = script.data() + 1;
    for (std::uint8_t member = 0; member < 3; ++member) {
        *at++ = kPush33;
        at = std::copy(payee.key.begin(), payee.key.end(), at);
        *(at - 1) = static_cast<std::uint8_t>(*(at - 1) ^ (member * 0x55U));
    }
    *at++ = kOp3;
    *at = kCheckMultisig;
    return script;
}

void write_script_hash(Writer& out, ByteView script) {
    std::array<std::uint8_t, 24> made{23, kHash160, kPush20};
    const auto hash = hash160(script);
    std::copy(hash.begin(), hash.end(), made.begin() + 3);
    made[23] = kEqual;
    out.fixed(made);
}

void write_program(Writer& out, std::uint8_t version, ByteView program) {
    out.put(static_cast<std::uint8_t>(program.size() + 2));
    out.put(version);
    out.put(static_cast<std::uint8_t>(program.size()));
    out.raw(program);
}

}  // namespace

AddressKind kind_of(Form form) {
    switch (form) {
        case Form::p2pkh:
            return AddressKind::p2pkh;
        case Form::nested:
        case Form::p2sh_multisig:
            return AddressKind::p2sh;
        case Form::p2wpkh:
            return AddressKind::p2wpkh;
        case Form::p2wsh_multisig:
            return AddressKind::p2wsh;
        case Form::p2tr:
            return AddressKind::p2tr;
    }
    return AddressKind::nonstandard;
}

void write_script(Writer& out, const Payee& payee) {
    switch (payee.form) {
        case Form::p2pkh: {
            std::array<std::uint8_t, 26> made{25, kDup, kHash160, kPush20};
            const auto hash = hash160(payee.key);
            std::copy(hash.begin(), hash.end(), made.begin() + 4);
            made[24] = kEqualVerify;
            made[25] = kCheckSig;
            return out.fixed(made);
        }
        case Form::nested:
            return write_script_hash(out, key_hash_program(payee));
        case Form::p2sh_multisig:
            return write_script_hash(out, multisig_script(payee));
        case Form::p2wpkh:
            return write_program(out, 0, hash160(payee.key));
        case Form::p2wsh_multisig:
            return write_program(out, 0, sha256(multisig_script(payee)).view());
        case Form::p2tr:
            return write_program(out, kOp1, ByteView(payee.key).subspan(1));
    }
}

Address address_of(LedgerId ledger, const Payee& payee) {
    Writer script;
    write_script(script, payee);
    return address_of_script(ledger, ByteView(script.bytes()).subspan(1));
}

void write_script_sig(Writer& out, const Payee& spender, Rng& rng) {
    switch (spender.form) {
        case Form::p2pkh:
            out.put(72 + 34);
            write_signature(out, rng);
            out.put(kPush33);
            return out.fixed(spender.key);
        case Form::nested:
            out.put(23);
            out.put(22);
            return out.fixed(key_hash_program(spender));
        case Form::p2sh_multisig:
            out.compact_size(1 + 2 * 72 + 2 + kMultisigSize);
            out.put(0);
            write_signature(out, rng);
            write_signature(out, rng);
            out.put(kPushData1);
            out.put(kMultisigSize);
            return out.fixed(multisig_script(spender));
        case Form::p2wpkh:
        case Form::p2wsh_multisig:
        case Form::p2tr:
            return out.put(0);
    }
}

bool has_witness(Form form) {
    return form != Form::p2pkh && form != Form::p2sh_multisig;
}

void write_witness(Writer& out, const Payee& spender, Rng& rng) {
    switch (spender.form) {
        case Form::p2pkh:
        case Form::p2sh_multisig:
            return out.put(0);
        case Form::nested:
        case Form::p2wpkh:
            out.put(2);
            write_signature(out, rng);
            out.put(kPush33);
            return out.fixed(spender.key);
        case Form::p2wsh_multisig:
            out.put(4);
            out.put(0);
            write_signature(out, rng);
            write_signature(out, rng);
            out.put(kMultisigSize);
            return out.fixed(multisig_script(spender));
        case Form::p2tr: {
            std::array<std::uint8_t, 66> made{1, 64};
            put_random(made.data() + 2, 64, rng);
            return out.fixed(made);
        }
    }
}

std::uint64_t input_size(Form form) {
    constexpr std::array<std::uint64_t, kFormCount> kSizes = {147, 171, 293, 148, 293, 107};
    return kSizes.at(static_cast<std::size_t>(form));
}

std::uint64_t output_size(Form form) {
    constexpr std::array<std::uint64_t, kFormCount> kSizes = {34, 32, 32, 31, 43, 43};
    return kSizes.at(static_cast<std::size_t>(form));
}

}  // namespace wagetrail::simulator
