#include "storage/ed25519.h"

#include <openssl/evp.h>

#include <cstddef>
#include <cstdlib>
#include <memory>

namespace navo::storage {
namespace {

constexpr std::size_t kPublicKeyBytes = 32;
constexpr std::size_t kSignatureBytes = 64;

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using PrivateKey = std::unique_ptr<EVP_PKEY, Free>;

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

PrivateKey Load(const SecretKey& key) {
  PrivateKey loaded(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, Bytes(key.bytes()),
                                                 key.bytes().size()));
  if (loaded == nullptr) std::abort();
  return loaded;
}

}  // namespace

std::string Ed25519PublicKey(const SecretKey& key) {
  std::string bytes(kPublicKeyBytes, '\0');
  std::size_t size = bytes.size();
  if (EVP_PKEY_get_raw_public_key(Load(key).get(), Bytes(bytes), &size) != 1) std::abort();
  return bytes;
}

std::string Ed25519Sign(const SecretKey& key, std::string_view text) {
  const PrivateKey loaded = Load(key);
  const std::unique_ptr<EVP_MD_CTX, Free> context(EVP_MD_CTX_new());
  std::string signature(kSignatureBytes, '\0');
  std::size_t size = signature.size();
  if (context == nullptr ||
      EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, loaded.get()) != 1 ||
      EVP_DigestSign(context.get(), Bytes(signature), &size, Bytes(text), text.size()) != 1) {
    std::abort();
  }
  return signature;
}

}  // namespace navo::storage
