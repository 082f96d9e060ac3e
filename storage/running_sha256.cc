#include "storage/running_sha256.h"

#include <openssl/evp.h>

#include <cstdlib>

#include "storage/crypto.h"

namespace navo::storage {
namespace {

// These fail without memory only.
void Check(int succeeded) {
  if (succeeded != 1) std::abort();
}

}  // namespace

void RunningSha256::Free::operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }

RunningSha256::RunningSha256() : context_(EVP_MD_CTX_new()), copy_(EVP_MD_CTX_new()) {
  if (context_ == nullptr || copy_ == nullptr) std::abort();
  Check(EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr));
}

void RunningSha256::Add(std::string_view bytes) {
  Check(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()));
}

std::string RunningSha256::Digest() const {
  std::string digest(kDigestBytes, '\0');
  Check(EVP_MD_CTX_copy_ex(copy_.get(), context_.get()));
  Check(EVP_DigestFinal_ex(copy_.get(), reinterpret_cast<unsigned char*>(digest.data()), nullptr));
  return digest;
}

}  // namespace navo::storage
