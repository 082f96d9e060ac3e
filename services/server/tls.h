#ifndef NAVO_SERVICES_SERVER_TLS_H_
#define NAVO_SERVICES_SERVER_TLS_H_

#include <grpcpp/security/server_credentials.h>

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

// TLS on the port. The files are looked at again while the server runs: connections made from then
// on get the new certificate, those that are there go on with the old one.
namespace navo::services {

// PEM files. Certificate and key belong together and are exchanged together: both in one folder
// that a symbolic link names, or the key first.
struct TlsFiles {
  std::string certificate;  // with the chain to its authority; empty for no TLS
  std::string key;
  std::string client_authority;  // not empty: only clients with a certificate of it are let in
  int reload_s = 10;             // how often the files are looked at

  bool used() const { return !certificate.empty(); }
};

// Until when the certificate is valid. INVALID_ARGUMENT when a file does not hold what it should,
// the key is not the certificate's, or the certificate is not valid at `now`; the errors of
// ReadSmallFile and ReadPrivateFile. In words for the operator.
absl::StatusOr<absl::Time> CheckTlsFiles(const TlsFiles& files, absl::Time now);

// Made from files that CheckTlsFiles took. The objects behind it have a thread that reads them.
std::shared_ptr<grpc::ServerCredentials> MakeTlsCredentials(const TlsFiles& files);

// Whether an address to listen on can be reached from this machine only: 127.x.x.x, [::1],
// localhost or a Unix socket.
bool IsLoopbackAddress(const std::string& address);

}  // namespace navo::services

#endif  // NAVO_SERVICES_SERVER_TLS_H_
