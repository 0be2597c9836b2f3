#include "chain/signature.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>

namespace wagetrail {
namespace {

Sha256Hash message(std::string_view hex) {
    Sha256Hash out;
    const auto bytes = from_hex(hex);
    REQUIRE((bytes && bytes->size() == 32));
    std::copy(bytes->begin(), bytes->end(), out.value.begin());
    return out;
}

SigningKey key(std::string_view hex) {
    auto parsed = SigningKey::parse(hex);
    if (!parsed) FAIL(parsed.error().what);
    return std::move(*parsed);
}

constexpr std::string_view kSecret3 =
    "0000000000000000000000000000000000000000000000000000000000000003";
constexpr std::string_view kZero =
    "0000000000000000000000000000000000000000000000000000000000000000";

class KeyFile {
  public:
    explicit KeyFile(const std::string& content) {
        std::string name = (std::filesystem::temp_directory_path() / "key-XXXXXX").string();
        const int handle = ::mkstemp(name.data());
        REQUIRE(handle >= 0);
        path = name;
        std::ofstream(path) << content;
        std::filesystem::permissions(
            path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    }
    KeyFile(const KeyFile&) = delete;
    KeyFile& operator=(const KeyFile&) = delete;
    KeyFile(KeyFile&&) = delete;
    KeyFile& operator=(KeyFile&&) = delete;
    ~KeyFile() { std::filesystem::remove(path); }

    std::filesystem::path path;
};

}  // namespace

TEST_CASE("signature: BIP340's first vector comes out to the byte", "[chain][signature]") {
    const SigningKey signing = key(kSecret3);
    REQUIRE(text(signing.signer()) ==
            "f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9");
    const Signature made = signing.sign(message(kZero));
    REQUIRE(text(made) ==
            "e907831f80848d1069a5371b402410364bdf1c5f8307b0084c55f1ce2dca8215"
            "25f66a4a85ea8b71e482a74f382d2ce5ebeee8fdb2172f477df4900d310536c0");
    REQUIRE(verify(signing.signer(), message(kZero), made));
}

TEST_CASE("signature: one made by others with BIP340's aux verifies, changed ones do not",
          "[chain][signature]") {
    const auto signer =
        parse_signer_key("DFF1D77F2A671C5F36183726DB2341BE58FEAE1DA2DECED843240F7B502BA659");
    const auto signature = parse_signature(
        "6896BD60EEAE296DB48A229FF71DFE071BDE413E6D43F917DC8DCF8C78DE33418906D11AC976ABCCB20B091292"
        "BFF4EA897EFCB639EA871CFA95F6DE339E4B0A");
    const Sha256Hash signed_hash =
        message("243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89");
    REQUIRE(signer);
    REQUIRE(signature);
    REQUIRE(verify(*signer, signed_hash, *signature));
    for (const std::size_t at : {0U, 31U, 32U, 63U}) {
        Signature other = *signature;
        other.bytes[at] ^= 1;
        CHECK_FALSE(verify(*signer, signed_hash, other));
    }
    CHECK_FALSE(verify(*signer, message(kZero), *signature));
    CHECK_FALSE(verify(SignerKey{}, signed_hash, *signature));  // no point has x = 0
    CHECK_FALSE(verify(key(kSecret3).signer(), signed_hash, *signature));
}

TEST_CASE("signature: digits that are no key are refused and never repeated",
          "[chain][signature]") {
    const std::string order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
    for (const std::string& bad : {std::string(kZero), order, std::string("00"),
                                   std::string(64, 'x'), std::string(), order + "00"}) {
        const auto parsed = SigningKey::parse(bad);
        REQUIRE_FALSE(parsed);
        CHECK(parsed.error().code == ErrorCode::invalid);
        if (bad.size() > 2) CHECK(parsed.error().what.find(bad) == std::string::npos);
    }
    CHECK_FALSE(parse_signer_key("00"));
    CHECK_FALSE(parse_signature(kZero));
}

TEST_CASE("signature: a key file that others may read is refused", "[chain][signature]") {
    const KeyFile file(std::string(kSecret3) + "\n");
    const auto read = SigningKey::read(file.path);
    REQUIRE(read);
    REQUIRE(read->signer() == key(kSecret3).signer());
    std::filesystem::permissions(file.path, std::filesystem::perms::group_read,
                                 std::filesystem::perm_options::add);
    const auto open = SigningKey::read(file.path);
    REQUIRE_FALSE(open);
    REQUIRE_THAT(open.error().what, Catch::Contains("others may read this key; run chmod 600"));
}

TEST_CASE("signature: key files that are missing, empty or no key say so", "[chain][signature]") {
    REQUIRE(SigningKey::read("/nowhere/key").error().code == ErrorCode::not_found);
    REQUIRE(SigningKey::read("/tmp").error().code == ErrorCode::invalid);
    const KeyFile empty("");
    REQUIRE_THAT(SigningKey::read(empty.path).error().what, Catch::Contains("is empty"));
    const KeyFile words("correct horse battery staple\n");
    const auto refused = SigningKey::read(words.path);
    REQUIRE_THAT(refused.error().what, Catch::Contains("64 hexadecimal digits"));
    REQUIRE_THAT(refused.error().what, !Catch::Contains("horse"));
}

}  // namespace wagetrail
