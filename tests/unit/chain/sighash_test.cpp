// Published facts: sighash.json of Bitcoin Core's test data (a sample of all kinds of types), the
// examples of BIP143, and keyPathSpending of BIP341's wallet test vectors.
#include "chain/bitcoin/sighash.h"

#include <catch2/catch.hpp>

namespace wagetrail {
namespace {

Bytes bytes(std::string_view hex) {
    const auto parsed = from_hex(hex);
    REQUIRE(parsed.has_value());
    return *parsed;
}

/// Borrows raw.
Transaction decoded(const Bytes& raw) {
    const auto tx = decode_transaction(raw, false);
    REQUIRE(tx.has_value());
    return *tx;
}

struct LegacyCase {
    std::string_view tx;
    std::string_view script;
    std::uint32_t input;
    std::int32_t type;
    std::string_view hash;  // as uint256 prints it: reversed
};

constexpr LegacyCase kLegacyCases[] = {
    {"a0aa3126041621a6dea5b800141aa696daf28408959dfb2df96095db9fa425ad3f427f2f61030000000153602"
     "90e9c6063fa26912c2e7fb6a0ad80f1c5fea1771d42f12976092e7a85a4229fdb6e890000000001abc109f6e4"
     "7688ac0e4682988785744602b8c87228fcef0695085edf19088af1a9db126e93000000000665516aac536afff"
     "fffff8fe53e0806e12dfd05d67ac68f4768fdbe23fc48ace22a5aa8ba04c96d58e2750300000009ac51abac63"
     "ab5153650524aa680455ce7b000000000000499e50030000000008636a00ac526563ac5051ee030000000003a"
     "bacabd2b6fe000000000003516563910fb6b5",
     "65", 0, -1391424484, "48d6a1bd2cd9eec54eb866fc71209418a950402b5d7e52363bfb75c98e141175"},
    {"6e7e9d4b04ce17afa1e8546b627bb8d89a6a7fefd9d892ec8a192d79c2ceafc01694a6a7e7030000000953ac6"
     "a51006353636a33bced1544f797f08ceed02f108da22cd24c9e7809a446c61eb3895914508ac91f07053a0100"
     "0000055163ab516affffffff11dc54eee8f9e4ff0bcf6b1a1a35b1cd10d63389571375501af7444073bcec3c0"
     "2000000046aab53514a821f0ce3956e235f71e4c69d91abe1e93fb703bd33039ac567249ed339bf0ba0883ef3"
     "00000000090063ab65000065ac654bec3cc504bcf499020000000005ab6a52abac64eb060100000000076a6a5"
     "351650053bbbc130100000000056a6aab53abd6e1380100000000026a51c4e509b8",
     "acab655151", 0, 479279909,
     "2a3d95b09237b72034b23f2d2bb29fa32a58ab5c6aa72f6aafdfa178ab1dd01c"},
    {"73107cbd025c22ebc8c3e0a47b2a760739216a528de8d4dab5d45cbeb3051cebae73b01ca10200000007ab635"
     "3656a636affffffffe26816dffc670841e6a6c8c61c586da401df1261a330a6c6b3dd9f9a0789bc9e00000000"
     "0800ac6552ac6aac51ffffffff0174a8f0010000000004ac52515100000000",
     "5163ac63635151ac", 1, 1190874281,
     "b8ab92fe16927c86508abb81c786d4b82dc9c895d3e7db8631fad2296f6a7d9b"},
    {"d3b7421e011f4de0f1cea9ba7458bf3486bee722519efab711a963fa8c100970cf7488b7bb020000000352535"
     "2dcd61b300148be5d05000000000000000000",
     "535251536aac536a", 0, -1960128125,
     "29aa6d2d752d3310eba20442770ad345b7f6a35f96161ede5f07b33e92053e2a"},
    {"f40a750702af06efff3ea68e5d56e42bc41cdb8b6065c98f1221fe04a325a898cb61f3d7ee030000000363aca"
     "cffffffffb5788174aef79788716f96af779d7959147a0c2e0e5bfb6c2dba2df5b4b978940300000009655100"
     "65535163ac6affffffff0445e6fd0200000000096aac536365526a526aa6546b000000000008acab656a65525"
     "35141a0fd010000000000c897ea030000000008526500ab526a6a631b39dba3",
     "00abab5163ac", 1, -1778064747,
     "d76d0fc0abfa72d646df888bce08db957e627f72962647016eeae5a8412354cf"},
    {"a43f85f701ffa54a3cc57177510f3ea28ecb6db0d4431fc79171cad708a6054f6e5b4f89170000000008ac6a0"
     "06a536551652bebeaa2013e779c05000000000665ac5363635100000000",
     "ac", 0, 2028978692, "58294f0d7f2e68fe1fd30c01764fe1619bcc7961d68968944a0e263af6550437"},
    {"8edcf5a1014b604e53f0d12fe143cf4284f86dc79a634a9f17d7e9f8725f7beb95e8ffcd2403000000046aaba"
     "c52ffffffff01c402b5040000000005ab6a63525100000000",
     "6351525251acabab6a", 0, 1520147762,
     "cdc6906760b2829a45c94deeaf63943331a771afae0339ccb9a91f6e8278b133"},
    {"2074bad5011847f14df5ea7b4afd80cd56b02b99634893c6e3d5aaad41ca7c8ee8e5098df003000000026a6af"
     "fffffff018ad59700000000000900ac656a526551635300000000",
     "65635265", 0, -1804671183,
     "663c999a52288c9999bff36c9da2f8b78d5c61b8347538f76c164ccba9868d0a"},
    {"1ba51bda02961cbcf129f7ededc032fb7bd72d6d1ea0d0ea2363620753ff528420f24b797a030000000951635"
     "2ac6aab6a6552ffffffff5164406e0dc5d425e1f1f2eadaf764fe356f031921306ac6cdda8cf4fe2f5a340100"
     "00000751ac51ab5100531dff4f800219f48b57d658020008006551656353abac2288a35d21e10000000000000"
     "0",
     "", 0, 767356194, "eb63e6721af3d9b9b45ca2344b1a0891706455a30713bdc9d37f23f89695b27d"},
    {"1558940e04c53c26ce96222a2b44f9bb8f2d616a025b2b92b820aa292da2147d7c5f36a8f1020000000351650"
     "0fffffffffe73c98c41bb236538a4fe75a285048b34599bcbca86523cb0088452da60889f0000000000f138dc"
     "f6d079beabc54179cf3b2c9dd9103c6f47636b8e17fde8f0410fb2c6c4daf2eb120100000004655165006fb2c"
     "8aacd093636f76e521162b52e464aaf61d4a2080ec268609b0975d73812b2252c95020000000765536a536a52"
     "00c60ed0e30347e8e2ac28c201000752acab000065abcb13d378b80201000853525263ab53ab00d7ef2c96cd4"
     "a0200015200000000",
     "", 3, -2022306078, "af8adf2fa72d3f0066b59d9d3d89e498f39f7974b2a97bee72e1318cbefd3a53"},
};

struct SegwitCase {
    std::string_view what;
    std::string_view tx;
    std::uint32_t input;
    std::string_view script_code;
    std::uint64_t amount;
    std::string_view hash;
    std::uint32_t type;
};

constexpr SegwitCase kSegwitCases[] = {
    {"native P2WPKH",
     "0100000002fff7f7881a8099afa6940d42d1e7f6362bec38171ea3edf433541db4e4ad969f0000000000eefff"
     "fffef51e1b804cc89d182d279655c3aa89e815b1b309fe287d9b2b55d57b90ec68a0100000000ffffffff0220"
     "2cb206000000001976a9148280b37df378db99f66f85c95a783a76ac7a6d5988ac9093510d000000001976a91"
     "43bde42dbee7e4dbe6a21b2d50ce2f0167faa815988ac11000000",
     1, "76a9141d0f172a0ecb48aee1be1f2687d2963ae33f71a188ac", 600000000,
     "c37af31116d1b27caf68aae9e3ac82f1477929014d5b917657d0eb49478cb670", 1},
    {"P2SH-P2WPKH",
     "0100000001db6b1b20aa0fd7b23880be2ecbd4a98130974cf4748fb66092ac4d3ceb1a54770100000000fefff"
     "fff02b8b4eb0b000000001976a914a457b684d7f0d539a46a45bbc043f35b59d0d96388ac0008af2f00000000"
     "1976a914fd270b1ee6abcaea97fea7ad0402e8bd8ad6d77c88ac92040000",
     0, "76a91479091972186c449eb1ded22b78e40d009bdf008988ac", 1000000000,
     "64f3b0f4dd2bb3aa1ce8566d220cc74dda9df97d8490cc81d89d735c92e59fb6", 1},
    {"SINGLE without an output, OP_CODESEPARATOR still to come",
     "0100000002fe3dc9208094f3ffd12645477b3dc56f60ec4fa8e6f5d67c565d1c6b9216b36e0000000000fffff"
     "fff0815cf020f013ed6cf91d29f4202e8a58726b1ac6c79da47c23d1bee0a6925f80000000000ffffffff0100"
     "f2052a010000001976a914a30741f8145e5acadf23f751864167f32e0963f788ac00000000",
     1,
     "21026dccc749adc2a9d0d89497ac511f760f45c47dc5ed9cf352a58ac706453880aeadab210255a9626aebf5e"
     "29c0e6538428ba0d1dcf6ca98ffdf086aa8ced5e0d0215ea465ac",
     4900000000, "82dde6e4f1e94d02c2b7ad03d2115d691f48d064e9d52f58194a6637e4194391", 3},
    {"SINGLE without an output, OP_CODESEPARATOR has run",
     "0100000002fe3dc9208094f3ffd12645477b3dc56f60ec4fa8e6f5d67c565d1c6b9216b36e0000000000fffff"
     "fff0815cf020f013ed6cf91d29f4202e8a58726b1ac6c79da47c23d1bee0a6925f80000000000ffffffff0100"
     "f2052a010000001976a914a30741f8145e5acadf23f751864167f32e0963f788ac00000000",
     1, "210255a9626aebf5e29c0e6538428ba0d1dcf6ca98ffdf086aa8ced5e0d0215ea465ac", 4900000000,
     "fef7bd749cce710c5c052bd796df1af0d935e59cea63736268bcbe2d2134fc47", 3},
};

/// BIP143's P2SH-P2WSH example: one transaction, six of six, each with another type.
constexpr std::string_view kSixOfSixTx =
    "010000000136641869ca081e70f394c6948e8af409e18b619df2ed74aa106c1ca29787b96e0100000000ffffff"
    "ff0200e9a435000000001976a914389ffce9cd9ae88dcc0631e88a821ffdbe9bfe2688acc0832f050000000019"
    "76a9147480a33f950689af511e6e84c138dbbd3c3ee41588ac00000000";
constexpr std::string_view kSixOfSixScript =
    "56210307b8ae49ac90a048e9b53357a2354b3334e9c8bee813ecb98e99a7e07e8c3ba32103b28f0c28bfab5455"
    "4ae8c658ac5c3e0ce6e79ad336331f78c428dd43eea8449b21034b8113d703413d57761b8b9781957b8c0ac1df"
    "e69f492580ca4195f50376ba4a21033400f6afecb833092a9a21cfdf1ed1376e58c5d1f47de74683123987e967"
    "a8f42103a6d48b1131e94ba04d9737d61acdaa1322008af9602b3b14862c07a1789aac162102d8b661b0b3302e"
    "e2f162b09e07a55ad5dfbe673a9f01d9f0c19617681024306b56ae";
struct TypedHash {
    std::uint32_t input;
    std::uint8_t type;
    std::string_view hash;
};
constexpr TypedHash kSixOfSix[] = {
    {0, 0x1, "185c0be5263dce5b4bb50a047973c1b6272bfbd0103a89444597dc40b248ee7c"},
    {0, 0x2, "e9733bc60ea13c95c6527066bb975a2ff29a925e80aa14c213f686cbae5d2f36"},
    {0, 0x3, "1e1f1c303dc025bd664acb72e583e933fae4cff9148bf78c157d1e8f78530aea"},
    {0, 0x81, "2a67f03e63a6a422125878b40b82da593be8d4efaafe88ee528af6e5a9955c6e"},
    {0, 0x82, "781ba15f3779d5542ce8ecb5c18716733a5ee42a6f51488ec96154934e2c890a"},
    {0, 0x83, "511e8e52ed574121fc1b654970395502128263f62662e076dc6baf05c2e6a99b"},
};

/// BIP341 wallet test vectors, keyPathSpending.
constexpr std::string_view kTaprootTx =
    "02000000097de20cbff686da83a54981d2b9bab3586f4ca7e48f57f5b55963115f3b334e9c0100000000000000"
    "00d7b7cab57b1393ace2d064f4d4a2cb8af6def61273e127517d44759b6dafdd990000000000fffffffff8e1f5"
    "83384333689228c5d28eac13366be082dc57441760d957275419a418420000000000fffffffff0689180aa63b3"
    "0cb162a73c6d2a38b7eeda2a83ece74310fda0843ad604853b0100000000feffffffaa5202bdf6d8ccd2ee0f02"
    "02afbbb7461d9264a25e5bfd3c5a52ee1239e0ba6c0000000000feffffff956149bdc66faa968eb2be2d2faa29"
    "718acbfe3941215893a2a3446d32acd050000000000000000000e664b9773b88c09c32cb70a2a3e4da0ced63b7"
    "ba3b22f848531bbb1d5d5f4c94010000000000000000e9aa6b8e6c9de67619e6a3924ae25696bb7b694bb677a6"
    "32a74ef7eadfd4eabf0000000000ffffffffa778eb6a263dc090464cd125c466b5a99667720b1c110468831d05"
    "8aa1b82af10100000000ffffffff0200ca9a3b000000001976a91406afd46bcdfd22ef94ac122aa11f241244a3"
    "7ecc88ac807840cb0000000020ac9a87f5594be208f8532db38cff670c450ed2fea8fcdefcc9a663f78bab962b"
    "0065cd1d";
struct Spent {
    std::string_view script;
    std::uint64_t amount;
};
constexpr Spent kTaprootSpent[] = {
    {"512053a1f6e454df1aa2776a2814a721372d6258050de330b3c6d10ee8f4e0dda343", 420000000},
    {"5120147c9c57132f6e7ecddba9800bb0c4449251c92a1e60371ee77557b6620f3ea3", 462000000},
    {"76a914751e76e8199196d454941c45d1b3a323f1433bd688ac", 294000000},
    {"5120e4d810fd50586274face62b8a807eb9719cef49c04177cc6b76a9a4251d5450e", 504000000},
    {"512091b64d5324723a985170e4dc5a0f84c041804f2cd12660fa5dec09fc21783605", 630000000},
    {"00147dd65592d0ab2fe0d0257d571abf032cd9db93dc", 378000000},
    {"512075169f4001aa68f15bbed28b218df1d0a62cbbcf1188c6665110c293c907b831", 672000000},
    {"5120712447206d7a5238acc7ff53fbe94a3b64539ad291c7cdbc490b7577e4b17df5", 546000000},
    {"512077e30a5522dd9f894c3f8b8bd4c4b2cf82ca7da8a3ea6a239655c39c050ab220", 588000000},
};
constexpr TypedHash kTaprootHashes[] = {
    {0, 0x3, "2514a6272f85cfa0f45eb907fcb0d121b808ed37c6ea160a5a9046ed5526d555"},
    {1, 0x83, "325a644af47e8a5a2591cda0ab0723978537318f10e6a63d4eed783b96a71a4d"},
    {3, 0x1, "bf013ea93474aa67815b1b6cc441d23b64fa310911d991e713cd34c7f5d46669"},
    {4, 0x0, "4f900a0bae3f1446fd48490c2958b5a023228f01661cda3496a11da502a7f7ef"},
    {6, 0x2, "15f25c298eb5cdc7eb1d638dd2d45c97c4c59dcaec6679cfc16ad84f30876b85"},
    {7, 0x82, "cd292de50313804dabe4685e83f923d2969577191a3e1d2882220dca88cbeb10"},
    {8, 0x81, "cccb739eca6c13a8a89e6e5cd317ffe55669bbda23f2fd37b0f18755e008edd2"},
};

struct TaprootExample {
    Bytes raw = bytes(kTaprootTx);
    Transaction tx = decoded(raw);
    std::vector<Bytes> scripts;
    std::vector<TxOut> spent;

    TaprootExample() {
        for (const Spent& output : kTaprootSpent) scripts.push_back(bytes(output.script));
        for (std::size_t i = 0; i < scripts.size(); ++i)
            spent.push_back({Amount(kTaprootSpent[i].amount), scripts[i]});
    }
    [[nodiscard]] Expected<SignatureHash> hash(std::uint32_t input, const TaprootSpend& how) const {
        return taproot_sighash(tx, sighash_parts(tx, spent), spent, InIndex(input), how);
    }
};

}  // namespace

TEST_CASE("sighash: legacy hashes equal Bitcoin Core's", "[chain][sighash]") {
    for (const LegacyCase& one : kLegacyCases) {
        CAPTURE(one.hash);
        const Bytes raw = bytes(one.tx);
        const auto hash = legacy_sighash(decoded(raw), InIndex(one.input), bytes(one.script),
                                         static_cast<std::uint32_t>(one.type));
        REQUIRE(text(hash) == one.hash);
    }
}

TEST_CASE("sighash: legacy SINGLE signs its own output only", "[chain][sighash]") {
    const Bytes raw = bytes(kLegacyCases[0].tx);
    const Transaction tx = decoded(raw);
    const Bytes script = bytes("76a914751e76e8199196d454941c45d1b3a323f1433bd688ac");
    const auto single = [&](const Transaction& signed_tx) {
        return legacy_sighash(signed_tx, InIndex(1), script, sighash_single);
    };
    Transaction later_changed = tx;
    later_changed.outputs[2].amount += Amount(1);
    Transaction earlier_changed = tx;
    earlier_changed.outputs[0].amount += Amount(1);
    Transaction own_changed = tx;
    own_changed.outputs[1].amount += Amount(1);
    REQUIRE(single(later_changed) == single(tx));
    REQUIRE(single(earlier_changed) == single(tx));
    REQUIRE(single(own_changed) != single(tx));
}

TEST_CASE("sighash: legacy SINGLE without an output is the number one", "[chain][sighash]") {
    const Bytes raw = bytes(kTaprootTx);  // two outputs
    const Transaction tx = decoded(raw);
    const std::string one(63, '0');
    REQUIRE(text(legacy_sighash(tx, InIndex(2), {}, sighash_single)) == one + "1");
    REQUIRE(text(legacy_sighash(tx, InIndex(2), {}, 0x83)) == one + "1");
    REQUIRE(text(legacy_sighash(tx, InIndex(9), {}, sighash_all)) == one + "1");
}

TEST_CASE("sighash: a script that ends within a push is signed as it stands", "[chain][sighash]") {
    const Bytes raw = bytes(kTaprootTx);
    const Transaction tx = decoded(raw);
    const auto hash = [&](std::string_view script) {
        return legacy_sighash(tx, InIndex(0), bytes(script), sighash_all);
    };
    REQUIRE(hash("51ab51") == hash("5151"));
    REQUIRE(hash("0151ab") == hash("0151"));
    REQUIRE(hash("4cab") != hash("4c"));      // ab is the length of a push
    REQUIRE(hash("02ab") != hash("02"));      // ab is inside a torn push
    REQUIRE(hash("ab4dab") == hash("4dab"));  // the torn rest stays, what was before goes
}

TEST_CASE("sighash: version 0 witness programs hash as in BIP143", "[chain][sighash]") {
    for (const SegwitCase& one : kSegwitCases) {
        CAPTURE(one.what);
        const Bytes raw = bytes(one.tx);
        const Transaction tx = decoded(raw);
        const auto hash = segwit_sighash(tx, sighash_parts(tx, {}), InIndex(one.input),
                                         bytes(one.script_code), Amount(one.amount), one.type);
        REQUIRE(to_hex(hash.view()) == one.hash);
    }
}

TEST_CASE("sighash: BIP143 with each of the six types", "[chain][sighash]") {
    const Bytes raw = bytes(kSixOfSixTx);
    const Transaction tx = decoded(raw);
    const SighashParts parts = sighash_parts(tx, {});
    for (const TypedHash& one : kSixOfSix) {
        CAPTURE(one.type);
        const auto hash = segwit_sighash(tx, parts, InIndex(one.input), bytes(kSixOfSixScript),
                                         Amount(987654321), one.type);
        REQUIRE(to_hex(hash.view()) == one.hash);
    }
}

TEST_CASE("sighash: taproot key paths hash as in BIP341", "[chain][sighash]") {
    const TaprootExample example;
    const SighashParts parts = sighash_parts(example.tx, example.spent);
    REQUIRE(to_hex(parts.spent_amounts.view()) ==
            "58a6964a4f5f8f0b642ded0a8a553be7622a719da71d1f5befcefcdee8e0fde6");
    REQUIRE(to_hex(parts.spent_scripts.view()) ==
            "23ad0f61ad2bca5ba6a7693f50fce988e17c3780bf2b1e720cfbb38fbdd52e21");
    for (const TypedHash& one : kTaprootHashes) {
        CAPTURE(one.input);
        const auto hash = example.hash(one.input, {.hash_type = one.type});
        REQUIRE(hash.has_value());
        REQUIRE(to_hex(hash->view()) == one.hash);
    }
}

TEST_CASE("sighash: annex and script path change what taproot signs", "[chain][sighash]") {
    const TaprootExample example;
    const Bytes annex = bytes("50aabb");
    const auto plain = example.hash(0, {});
    const auto with_annex = example.hash(0, {.annex = annex});
    const auto with_leaf = example.hash(0, {.tapscript = TapscriptSpend{}});
    const auto after_separator = example.hash(0, {.tapscript = TapscriptSpend{{}, 3}});
    REQUIRE(plain.has_value());
    REQUIRE(with_annex.value() != plain.value());
    REQUIRE(with_leaf.value() != plain.value());
    REQUIRE(after_separator.value() != with_leaf.value());
}

TEST_CASE("sighash: taproot refuses unknown types and SINGLE without an output",
          "[chain][sighash]") {
    const TaprootExample example;
    for (const int unknown : {4, 0x80, 0x84, 0xFF}) {
        CAPTURE(unknown);
        const auto type = static_cast<std::uint8_t>(unknown);
        REQUIRE(example.hash(0, {.hash_type = type}).error().code == ErrorCode::invalid);
    }
    REQUIRE(example.hash(2, {.hash_type = sighash_single}).error().code == ErrorCode::invalid);
}

}  // namespace wagetrail
