#include "storage/crypto.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

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
using DigestContext = std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Free<EVP_CIPHER_CTX_free>>;
using MacContext = std::unique_ptr<EVP_MAC_CTX, Free<EVP_MAC_CTX_free>>;

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

// Fetched once and kept until the process ends: a fetch costs more than a digest of a short text.
EVP_MD* Sha256Algorithm() {
  static EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return algorithm;
}

EVP_CIPHER* GcmAlgorithm() {
  static EVP_CIPHER* const algorithm = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  return algorithm;
}

MacContext NewMacContext() {
  static EVP_MAC* const algorithm = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  MacContext context(EVP_MAC_CTX_new(algorithm));
  Check(context != nullptr);
  char digest[] = "SHA256";
  const OSSL_PARAM params[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
      OSSL_PARAM_construct_end(),
  };
  Check(EVP_MAC_CTX_set_params(context.get(), params) == 1);
  return context;
}

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
  thread_local const DigestContext context(EVP_MD_CTX_new());
  Check(context != nullptr);
  std::string digest(kDigestBytes, '\0');
  Check(EVP_DigestInit_ex2(context.get(), Sha256Algorithm(), nullptr) == 1);
  Check(EVP_DigestUpdate(context.get(), data.data(), data.size()) == 1);
  Check(EVP_DigestFinal_ex(context.get(), Out(digest.data()), nullptr) == 1);
  return digest;
}

std::string HmacSha256(const SecretKey& key, std::string_view data) {
  thread_local const MacContext context = NewMacContext();
  // Taking a key in costs as much as a short text, and one key serves many texts in a row.
  thread_local std::optional<SecretKey> taken;
  std::string digest(kDigestBytes, '\0');
  std::size_t written = 0;
  const bool same = taken.has_value() && ConstantTimeEqual(taken->bytes(), key.bytes());
  Check(EVP_MAC_init(context.get(), same ? nullptr : In(key.bytes()), same ? 0 : key.bytes().size(),
                     nullptr) == 1);
  if (!same) taken = key;
  Check(EVP_MAC_update(context.get(), In(data), data.size()) == 1);
  Check(EVP_MAC_final(context.get(), Out(digest.data()), &written, digest.size()) == 1);
  Check(written == kDigestBytes);
  return digest;
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
