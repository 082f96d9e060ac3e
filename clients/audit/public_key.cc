#include "clients/audit/public_key.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <array>
#include <memory>

#include "absl/strings/escaping.h"

namespace navo::audit {
namespace {

constexpr size_t kKeyBytes = 32;
constexpr size_t kKeyIdBytes = 8;

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  void operator()(BIO* bio) const { BIO_free(bio); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

Key Load(std::string_view public_key) {
  return Key(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, Bytes(public_key), public_key.size()));
}

}  // namespace

std::string KeyIdOf(std::string_view public_key) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_Digest(public_key.data(), public_key.size(), digest.data(), &size, EVP_sha256(), nullptr);
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(digest.data()), kKeyIdBytes));
}

std::string PemOf(std::string_view public_key) {
  const Key key = Load(public_key);
  const std::unique_ptr<BIO, Free> out(BIO_new(BIO_s_mem()));
  if (key == nullptr || out == nullptr || PEM_write_bio_PUBKEY(out.get(), key.get()) != 1) {
    return "";
  }
  char* text = nullptr;
  const long size = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<size_t>(size)};
}

absl::StatusOr<PublicKeys> KeysOfPem(std::string_view text) {
  PublicKeys keys;
  const std::unique_ptr<BIO, Free> in(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  while (in != nullptr) {
    const Key key(PEM_read_bio_PUBKEY(in.get(), nullptr, nullptr, nullptr));
    if (key == nullptr) break;
    std::string raw(kKeyBytes, '\0');
    size_t size = raw.size();
    if (EVP_PKEY_get_raw_public_key(key.get(), reinterpret_cast<unsigned char*>(raw.data()),
                                    &size) == 1 &&
        size == kKeyBytes && EVP_PKEY_get_base_id(key.get()) == EVP_PKEY_ED25519) {
      keys.emplace(KeyIdOf(raw), raw);
    }
  }
  if (keys.empty()) return absl::InvalidArgumentError("holds no Ed25519 public key in PEM");
  return keys;
}

bool SignatureHolds(std::string_view public_key, std::string_view text,
                    std::string_view signature) {
  const Key key = Load(public_key);
  const std::unique_ptr<EVP_MD_CTX, Free> context(EVP_MD_CTX_new());
  return key != nullptr && context != nullptr &&
         EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), Bytes(signature), signature.size(), Bytes(text),
                          text.size()) == 1;
}

}  // namespace navo::audit
