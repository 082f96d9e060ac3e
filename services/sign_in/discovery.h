// Where an issuer says its keys are (OpenID Connect Discovery 1.0, RFC 8414).
#ifndef NAVO_SERVICES_SIGN_IN_DISCOVERY_H_
#define NAVO_SERVICES_SIGN_IN_DISCOVERY_H_

#include <atomic>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace navo::services {

// How the keys of an issuer are fetched.
struct Discovery {
  std::string url;             // of the issuer's metadata
  std::string ca_file;         // PEM; empty for the machine's own authorities
  bool loopback_http = false;  // for tests and trials only: http:// on this machine
  absl::Duration max_age = absl::Minutes(15);
  absl::Duration timeout = absl::Seconds(10);  // for each of the two requests
};

// The usual place below the issuer's name.
std::string DiscoveryUrl(const std::string& issuer);

// `jwks_uri` of a metadata document. INVALID_ARGUMENT when it is no JSON object, its `issuer` is
// not this one byte for byte, or the address is not one that CheckUrl takes. A pure function.
absl::StatusOr<std::string> KeySetUrlIn(std::string_view document, const std::string& issuer,
                                        bool loopback_http);

// Fetches metadata and then keys: the text of what should be a JWK set. Blocks; any thread. Errors:
// as KeySetUrlIn and HttpsGet, with the word that tells which of the two it was.
absl::StatusOr<std::string> FetchKeySet(const std::string& issuer, const Discovery& discovery,
                                        const std::atomic<bool>& stop);

}  // namespace navo::services

#endif  // NAVO_SERVICES_SIGN_IN_DISCOVERY_H_
