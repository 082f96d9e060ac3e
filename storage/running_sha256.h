#ifndef NAVO_STORAGE_RUNNING_SHA256_H_
#define NAVO_STORAGE_RUNNING_SHA256_H_

#include <openssl/types.h>

#include <memory>
#include <string>
#include <string_view>

namespace navo::storage {

// SHA-256 of what comes piece by piece. One thread.
class RunningSha256 {
 public:
  RunningSha256();

  void Add(std::string_view bytes);
  // Of everything so far, 32 raw bytes; more may be added behind it.
  std::string Digest() const;

 private:
  struct Free {
    void operator()(EVP_MD_CTX* context) const;
  };
  std::unique_ptr<EVP_MD_CTX, Free> context_;
  std::unique_ptr<EVP_MD_CTX, Free> copy_;
};

}  // namespace navo::storage

#endif  // NAVO_STORAGE_RUNNING_SHA256_H_
