// The few cryptographic operations of the product, on OpenSSL 3: digests, keyed digests,
// authenticated encryption and base64url. Everything here may be called from any thread; contexts
// are kept per thread and algorithms are fetched once. A failure inside OpenSSL (no memory, broken
// installation) stops the process: there is no useful way to go on without a digest.
#ifndef NAVO_STORAGE_CRYPTO_H_
#define NAVO_STORAGE_CRYPTO_H_

#include <array>
#include <cstddef>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "storage/clock.h"

namespace navo::storage {

inline constexpr std::size_t kDigestBytes = 32;

// A 256-bit key. Wiped when it goes out of scope; what is printed is a placeholder, never the key.
class SecretKey {
 public:
  static constexpr std::size_t kBytes = 32;

  // INVALID_ARGUMENT unless `bytes` is exactly kBytes long.
  static absl::StatusOr<SecretKey> FromBytes(std::string_view bytes);
  static SecretKey Generate(Random& random);

  SecretKey(const SecretKey&) = default;
  SecretKey& operator=(const SecretKey&) = default;
  ~SecretKey();

  std::string_view bytes() const { return {bytes_.data(), bytes_.size()}; }
  friend std::ostream& operator<<(std::ostream& out, const SecretKey&) { return out << "[key]"; }

 private:
  SecretKey() = default;
  std::array<char, kBytes> bytes_{};
};

// 32 raw bytes.
std::string Sha256(std::string_view data);

// 32 raw bytes. For looking identity numbers up without storing them, and for etags and view
// versions.
std::string HmacSha256(const SecretKey& key, std::string_view data);

// AES-256-GCM: nobody without the key can read or change what was sealed. The text is
// nonce (12) | ciphertext | tag (16), so equal lengths seal to equal lengths. `associated_data` is
// not stored: it binds the text to its place (principal and request, or table and row), and opening
// with other associated data fails.
//
// Nonces are random, so one key may seal about 2^32 texts before a repeat is worth worrying about;
// change the key (Keys::key_id) well before.
class Sealer {
 public:
  static constexpr std::size_t kNonceBytes = 12;
  static constexpr std::size_t kTagBytes = 16;
  static constexpr std::size_t kOverheadBytes = kNonceBytes + kTagBytes;

  // `random` must outlive the sealer.
  Sealer(const SecretKey& key, Random& random) : key_(key), random_(&random) {}

  std::string Seal(std::string_view plain, std::string_view associated_data) const;

  // INVALID_ARGUMENT, always with the same text, when anything about it does not fit.
  absl::StatusOr<std::string> Open(std::string_view sealed, std::string_view associated_data) const;

 private:
  SecretKey key_;
  Random* random_;
};

// RFC 4648 base64url without padding.
std::string Base64UrlEncode(std::string_view data);

// Strict: only the 64 letters, no padding, no white space, and unused bits of the last letter are
// zero, so that one value has one spelling. nullopt otherwise.
std::optional<std::string> Base64UrlDecode(std::string_view text);

// True when both hold the same bytes; takes the same time wherever they differ.
bool ConstantTimeEqual(std::string_view left, std::string_view right);

// Overwrites the text, in a way the compiler may not remove, and empties it.
void Wipe(std::string& text);

}  // namespace navo::storage

#endif  // NAVO_STORAGE_CRYPTO_H_
