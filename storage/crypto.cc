// SHA-256 is called directly: through EVP a digest of a short text costs four times as much, and
// every answer has several.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "storage/crypto.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/sha.h>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <memory>
#include <span>

#include "absl/status/status.h"

namespace navo::storage {
namespace {

template <auto kFree>
struct Free {
  template <typename T>
  void operator()(T* object) const {
    kFree(object);
  }
};
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Free<EVP_CIPHER_CTX_free>>;

void Check(bool succeeded) {
  if (!succeeded) std::abort();
}

const unsigned char* In(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* Out(char* text) { return reinterpret_cast<unsigned char*>(text); }

int Length(std::string_view text) {
  Check(text.size() <= static_cast<std::size_t>(std::numeric_limits<int>::max()));
  return static_cast<int>(text.size());
}

// Fetched once and kept until the process ends: a fetch costs more than sealing a short text.
EVP_CIPHER* GcmAlgorithm() {
  static EVP_CIPHER* const algorithm = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  return algorithm;
}

// HMAC (RFC 2104) with the key taken in: two digests that have begun with the padded key.
class Mac {
 public:
  explicit Mac(const SecretKey& key) : key_(key) {
    Begin(0x36, inner_);
    Begin(0x5c, outer_);
  }
  ~Mac() {
    OPENSSL_cleanse(&inner_, sizeof(inner_));
    OPENSSL_cleanse(&outer_, sizeof(outer_));
  }
  Mac(const Mac&) = default;
  Mac& operator=(const Mac&) = default;

  bool Has(const SecretKey& key) const { return ConstantTimeEqual(key_.bytes(), key.bytes()); }

  std::string Of(std::string_view data) const {
    std::string digest(kDigestBytes, '\0');
    SHA256_CTX inner = inner_;
    Check(SHA256_Update(&inner, data.data(), data.size()) == 1);
    Check(SHA256_Final(Out(digest.data()), &inner) == 1);
    SHA256_CTX outer = outer_;
    Check(SHA256_Update(&outer, digest.data(), digest.size()) == 1);
    Check(SHA256_Final(Out(digest.data()), &outer) == 1);
    return digest;
  }

 private:
  void Begin(char pad, SHA256_CTX& context) const {
    std::array<char, SHA256_CBLOCK> block;
    block.fill(pad);
    for (std::size_t i = 0; i < SecretKey::kBytes; ++i) block[i] ^= key_.bytes()[i];
    Check(SHA256_Init(&context) == 1);
    Check(SHA256_Update(&context, block.data(), block.size()) == 1);
    OPENSSL_cleanse(block.data(), block.size());
  }

  SecretKey key_;
  SHA256_CTX inner_;
  SHA256_CTX outer_;
};

EVP_CIPHER_CTX* ThreadCipherContext() {
  thread_local const CipherContext context(EVP_CIPHER_CTX_new());
  Check(context != nullptr);
  return context.get();
}

}  // namespace

absl::StatusOr<SecretKey> SecretKey::FromBytes(std::string_view bytes) {
  if (bytes.size() != kBytes) return absl::InvalidArgumentError("a key must be 32 bytes");
  SecretKey key;
  std::copy(bytes.begin(), bytes.end(), key.bytes_.begin());
  return key;
}

SecretKey SecretKey::Generate(Random& random) {
  SecretKey key;
  random.Fill(std::as_writable_bytes(std::span(key.bytes_)));
  return key;
}

SecretKey::~SecretKey() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }

std::string Sha256(std::string_view data) {
  std::string digest(kDigestBytes, '\0');
  SHA256_CTX context;
  Check(SHA256_Init(&context) == 1);
  Check(SHA256_Update(&context, data.data(), data.size()) == 1);
  Check(SHA256_Final(Out(digest.data()), &context) == 1);
  return digest;
}

std::string HmacSha256(const SecretKey& key, std::string_view data) {
  // Taking a key in costs as much as a short text, and one key serves many texts in a row.
  thread_local std::optional<Mac> mac;
  if (!mac.has_value() || !mac->Has(key)) mac.emplace(key);
  return mac->Of(data);
}

std::string Sealer::Seal(std::string_view plain, std::string_view associated_data) const {
  std::string sealed(kOverheadBytes + plain.size(), '\0');
  char* const nonce = sealed.data();
  char* const body = nonce + kNonceBytes;
  char* const tag = body + plain.size();
  random_->Fill(std::as_writable_bytes(std::span(nonce, kNonceBytes)));

  EVP_CIPHER_CTX* const context = ThreadCipherContext();
  int written = 0;
  Check(EVP_EncryptInit_ex2(context, GcmAlgorithm(), In(key_.bytes()), Out(nonce), nullptr) == 1);
  // An empty update would mean something else to EVP (null input), so it is left out.
  if (!associated_data.empty()) {
    Check(EVP_EncryptUpdate(context, nullptr, &written, In(associated_data),
                            Length(associated_data)) == 1);
  }
  if (!plain.empty()) {
    Check(EVP_EncryptUpdate(context, Out(body), &written, In(plain), Length(plain)) == 1);
  }
  Check(EVP_EncryptFinal_ex(context, Out(tag), &written) == 1);
  Check(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, kTagBytes, tag) == 1);
  return sealed;
}

absl::StatusOr<std::string> Sealer::Open(std::string_view sealed,
                                         std::string_view associated_data) const {
  const auto refused = [] { return absl::InvalidArgumentError("the sealed text does not open"); };
  if (sealed.size() < kOverheadBytes) return refused();
  const std::string_view nonce = sealed.substr(0, kNonceBytes);
  const std::string_view body = sealed.substr(kNonceBytes, sealed.size() - kOverheadBytes);
  std::string tag(sealed.substr(sealed.size() - kTagBytes));

  EVP_CIPHER_CTX* const context = ThreadCipherContext();
  std::string plain(body.size(), '\0');
  int written = 0;
  Check(EVP_DecryptInit_ex2(context, GcmAlgorithm(), In(key_.bytes()), In(nonce), nullptr) == 1);
  Check(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, kTagBytes, tag.data()) == 1);
  if (!associated_data.empty()) {
    Check(EVP_DecryptUpdate(context, nullptr, &written, In(associated_data),
                            Length(associated_data)) == 1);
  }
  if (!body.empty()) {
    Check(EVP_DecryptUpdate(context, Out(plain.data()), &written, In(body), Length(body)) == 1);
  }
  // Until the tag has been compared the text is whatever a forger made of it: it never leaves.
  if (EVP_DecryptFinal_ex(context, Out(tag.data()), &written) != 1) {
    Wipe(plain);
    return refused();
  }
  return plain;
}

bool ConstantTimeEqual(std::string_view left, std::string_view right) {
  return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

void Wipe(std::string& text) {
  OPENSSL_cleanse(text.data(), text.size());
  text.clear();
}

}  // namespace navo::storage
