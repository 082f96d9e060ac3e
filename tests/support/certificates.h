#ifndef NAVO_TESTS_SUPPORT_CERTIFICATES_H_
#define NAVO_TESTS_SUPPORT_CERTIFICATES_H_

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

// A certificate authority of the tests' own, made anew in every process that asks for one.
namespace navo::support {

// PEM.
struct Certificate {
  std::string certificate;
  std::string key;
};

class TestAuthority {
 public:
  explicit TestAuthority(const std::string& name = "NAVO test authority");

  // Of the authority itself, to be trusted.
  const std::string& certificate() const { return certificate_; }

  // For a server on this machine (127.0.0.1 and localhost) or a client, valid from yesterday for a
  // year; with `expired` until an hour ago.
  Certificate Issue(const std::string& name, bool expired = false) const;

 private:
  std::shared_ptr<EVP_PKEY> key_;
  std::shared_ptr<X509> authority_;
  std::string certificate_;
};

}  // namespace navo::support

#endif  // NAVO_TESTS_SUPPORT_CERTIFICATES_H_
