#include "tests/support/certificates.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <atomic>
#include <cstdlib>

namespace navo::support {
namespace {

constexpr long kDay = 24L * 60 * 60;
constexpr long kHour = 60L * 60;

void Must(bool done) {
  if (!done) std::abort();  // OpenSSL has no memory or no entropy
}

std::shared_ptr<EVP_PKEY> NewKey() {
  std::shared_ptr<EVP_PKEY> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  Must(key != nullptr);
  return key;
}

template <typename Write>
std::string Pem(const Write& write) {
  const std::unique_ptr<BIO, decltype(&BIO_free_all)> out(BIO_new(BIO_s_mem()), BIO_free_all);
  Must(write(out.get()) == 1);
  char* data = nullptr;
  const long length = BIO_get_mem_data(out.get(), &data);
  return {data, static_cast<size_t>(length)};
}

void Extend(X509* certificate, X509* issuer, int nid, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value);
  Must(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1);
  X509_EXTENSION_free(extension);
}

// Not signed yet.
std::shared_ptr<X509> Unsigned(const std::string& name, EVP_PKEY* key, long lasts_seconds) {
  static std::atomic<long> serial{1};
  std::shared_ptr<X509> made(X509_new(), X509_free);
  Must(made != nullptr && X509_set_version(made.get(), X509_VERSION_3) == 1);
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), serial++);
  X509_gmtime_adj(X509_getm_notBefore(made.get()), -kDay);
  X509_gmtime_adj(X509_getm_notAfter(made.get()), lasts_seconds);
  Must(X509_set_pubkey(made.get(), key) == 1);
  Must(X509_NAME_add_entry_by_txt(X509_get_subject_name(made.get()), "CN", MBSTRING_UTF8,
                                  reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1,
                                  0) == 1);
  return made;
}

}  // namespace

TestAuthority::TestAuthority(const std::string& name) : key_(NewKey()) {
  authority_ = Unsigned(name, key_.get(), 365 * kDay);
  X509* const self = authority_.get();
  Must(X509_set_issuer_name(self, X509_get_subject_name(self)) == 1);
  Extend(self, self, NID_basic_constraints, "critical,CA:TRUE");
  Extend(self, self, NID_key_usage, "critical,keyCertSign,cRLSign");
  Extend(self, self, NID_subject_key_identifier, "hash");
  Must(X509_sign(self, key_.get(), EVP_sha256()) > 0);
  certificate_ = Pem([self](BIO* out) { return PEM_write_bio_X509(out, self); });
}

Certificate TestAuthority::Issue(const std::string& name, bool expired) const {
  const std::shared_ptr<EVP_PKEY> key = NewKey();
  const std::shared_ptr<X509> made = Unsigned(name, key.get(), expired ? -kHour : 365 * kDay);
  X509* const self = made.get();
  Must(X509_set_issuer_name(self, X509_get_subject_name(authority_.get())) == 1);
  Extend(self, authority_.get(), NID_basic_constraints, "critical,CA:FALSE");
  Extend(self, authority_.get(), NID_subject_alt_name, "IP:127.0.0.1,DNS:localhost");
  Extend(self, authority_.get(), NID_ext_key_usage, "serverAuth,clientAuth");
  Must(X509_sign(self, key_.get(), EVP_sha256()) > 0);
  return {Pem([self](BIO* out) { return PEM_write_bio_X509(out, self); }), Pem([&key](BIO* out) {
            return PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
          })};
}

}  // namespace navo::support
