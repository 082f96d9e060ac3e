// The public keys of one issuer, from a JWK set (RFC 7517). Immutable after parsing: any thread may
// look up and verify.
#ifndef NAVO_SERVICES_SIGN_IN_KEY_SET_H_
#define NAVO_SERVICES_SIGN_IN_KEY_SET_H_

#include <openssl/evp.h>

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace navo::services {

// The signature algorithms NAVO takes, and no others: `none` and HS256 cannot even be named.
enum class Algorithm { kRs256, kPs256, kEs256 };

std::optional<Algorithm> ParseAlgorithm(std::string_view name);

// One key and what it may be used with: the algorithm its JWK names, or without one those of its
// type. Copies share the key.
class PublicKey {
 public:
  PublicKey(std::vector<Algorithm> algorithms, std::shared_ptr<EVP_PKEY> key)
      : algorithms_(std::move(algorithms)), key_(std::move(key)) {}

  bool IsFor(Algorithm algorithm) const;

  // `signature` as it stands in a JWT: for ES256 the 64 bytes r | s, not DER. False for an
  // algorithm that the key is not for.
  bool Verifies(Algorithm algorithm, std::string_view signed_text,
                std::string_view signature) const;

 private:
  std::vector<Algorithm> algorithms_;
  std::shared_ptr<EVP_PKEY> key_;
};

class KeySet {
 public:
  static constexpr std::size_t kMaxTextBytes = 256 * 1024;

  // Keeps the RSA and P-256 signature keys that have a `kid`; skips other types, other algorithms
  // and keys for encryption. INVALID_ARGUMENT when the text is no JWK set or too long, holds
  // private or symmetric key material (it was not meant to be here), a `kid` twice, an RSA key
  // under 2048 bits, a broken key, or nothing that can be used.
  static absl::StatusOr<KeySet> Parse(std::string_view text);

  // nullptr when there is no such key. Owned by the set.
  const PublicKey* Find(const std::string& kid) const;

  std::size_t size() const { return keys_.size(); }

 private:
  std::map<std::string, PublicKey> keys_;
};

}  // namespace navo::services

#endif  // NAVO_SERVICES_SIGN_IN_KEY_SET_H_
