// BIP340 Schnorr signatures on secp256k1, for whatever of ours is signed: reports on lists,
// evidence. A signing key comes from a file that only its owner may read, never from a command
// line, and its memory is wiped when it goes. Signing takes no randomness, so the same key and
// message give the same signature everywhere.
#pragma once

#include "chain/base/expected.h"
#include "chain/base/ids.h"

#include <array>
#include <compare>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace wagetrail {

/// The x coordinate of a public key, as BIP340 names it. Any 32 bytes: only verify() finds out
/// whether it is a key.
struct SignerKey {
    std::array<std::uint8_t, 32> x{};
    friend auto operator<=>(const SignerKey&, const SignerKey&) = default;
};

struct Signature {
    std::array<std::uint8_t, 64> bytes{};
    friend auto operator<=>(const Signature&, const Signature&) = default;
};

[[nodiscard]] std::string text(const SignerKey& key);
[[nodiscard]] std::string text(const Signature& signature);
/// 64 hexadecimal digits.
[[nodiscard]] Expected<SignerKey> parse_signer_key(std::string_view hex);
/// 128 hexadecimal digits.
[[nodiscard]] Expected<Signature> parse_signature(std::string_view hex);

class SigningKey {
  public:
    /// 64 hexadecimal digits; invalid when that is no key of the curve. The error never repeats the
    /// text.
    static Expected<SigningKey> parse(std::string_view hex);
    /// A file with 64 hexadecimal digits. Refused when others than its owner may read it.
    static Expected<SigningKey> read(const std::filesystem::path& file);

    SigningKey(const SigningKey&) = delete;
    SigningKey& operator=(const SigningKey&) = delete;
    SigningKey(SigningKey&& other) noexcept;
    SigningKey& operator=(SigningKey&&) = delete;
    ~SigningKey();

    [[nodiscard]] const SignerKey& signer() const { return signer_; }
    [[nodiscard]] Signature sign(const Sha256Hash& message) const;

  private:
    SigningKey() = default;

    std::array<std::uint8_t, 32> secret_{};
    SignerKey signer_;
};

[[nodiscard]] bool verify(const SignerKey& signer,
                          const Sha256Hash& message,
                          const Signature& signature);

}  // namespace wagetrail
