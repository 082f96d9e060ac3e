#include "services/server/tls.h"

#include <grpcpp/security/tls_certificate_provider.h>
#include <grpcpp/security/tls_credentials_options.h>
#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <ctime>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "storage/private_file.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

namespace tls = grpc::experimental;

constexpr std::size_t kMaxFileBytes = 256 * 1024;

using Bio = std::unique_ptr<BIO, decltype(&BIO_free_all)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

Bio Reader(const std::string& text) {
  return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), BIO_free_all};
}

// An encrypted key file is refused; without this OpenSSL would ask for a password on the terminal.
int NoPassword(char*, int, int, void*) { return -1; }

Certificate FirstCertificate(const std::string& text) {
  return {PEM_read_bio_X509(Reader(text).get(), nullptr, NoPassword, nullptr), X509_free};
}

absl::StatusOr<absl::Time> TimeOf(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) {
    return absl::InvalidArgumentError("the certificate has an impossible time");
  }
  return absl::FromTM(parts, absl::UTCTimeZone());
}

absl::Status Refused(const std::string& file, const char* why) {
  return absl::InvalidArgumentError(absl::StrCat(file, ": ", why));
}

}  // namespace

absl::StatusOr<absl::Time> CheckTlsFiles(const TlsFiles& files, absl::Time now) {
  NAVO_ASSIGN_OR_RETURN(const std::string certificate_text,
                        storage::ReadSmallFile(files.certificate, kMaxFileBytes));
  NAVO_ASSIGN_OR_RETURN(const std::string key_text,
                        storage::ReadPrivateFile(files.key, kMaxFileBytes));
  const Certificate certificate = FirstCertificate(certificate_text);
  if (certificate == nullptr) return Refused(files.certificate, "holds no certificate in PEM");
  const Key key(PEM_read_bio_PrivateKey(Reader(key_text).get(), nullptr, NoPassword, nullptr),
                EVP_PKEY_free);
  if (key == nullptr) return Refused(files.key, "holds no unencrypted private key in PEM");
  if (X509_check_private_key(certificate.get(), key.get()) != 1) {
    return Refused(files.key, "is not the key of the certificate");
  }
  NAVO_ASSIGN_OR_RETURN(const absl::Time from, TimeOf(X509_get0_notBefore(certificate.get())));
  NAVO_ASSIGN_OR_RETURN(const absl::Time until, TimeOf(X509_get0_notAfter(certificate.get())));
  if (now < from) return Refused(files.certificate, "is not valid yet");
  if (now >= until) return Refused(files.certificate, "has expired");
  if (!files.client_authority.empty()) {
    NAVO_ASSIGN_OR_RETURN(const std::string authority,
                          storage::ReadSmallFile(files.client_authority, kMaxFileBytes));
    if (FirstCertificate(authority) == nullptr) {
      return Refused(files.client_authority, "holds no certificate in PEM");
    }
  }
  return until;
}

std::shared_ptr<grpc::ServerCredentials> MakeTlsCredentials(const TlsFiles& files) {
  const auto reload_s = static_cast<unsigned int>(files.reload_s);
  const bool clients = !files.client_authority.empty();
  const auto provider = clients
                            ? std::make_shared<tls::FileWatcherCertificateProvider>(
                                  files.key, files.certificate, files.client_authority, reload_s)
                            : std::make_shared<tls::FileWatcherCertificateProvider>(
                                  files.key, files.certificate, reload_s);
  tls::TlsServerCredentialsOptions options(provider);
  options.watch_identity_key_cert_pairs();
  if (clients) {
    options.watch_root_certs();
    options.set_cert_request_type(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  }
  return tls::TlsServerCredentials(options);
}

bool IsLoopbackAddress(const std::string& address) {
  for (const std::string_view scheme : {"unix:", "unix-abstract:"}) {
    if (address.starts_with(scheme)) return true;
  }
  if (address.starts_with("[::1]:") || address.starts_with("localhost:")) return true;
  // A name may begin like an address.
  return address.starts_with("127.") &&
         address.find_first_not_of("0123456789.:") == std::string::npos;
}

}  // namespace navo::services
