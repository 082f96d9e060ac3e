// The issuer of `navod --dev DIR`: a signing key on this machine, so that NAVO can be tried without
// a sign-in provider. The server only makes the key and believes it; tokens are minted by `navo
// token` (clients/cli/mint.h) with the key file. A server without --dev never comes here.
#ifndef NAVO_SERVICES_SIGN_IN_LOCAL_ISSUER_H_
#define NAVO_SERVICES_SIGN_IN_LOCAL_ISSUER_H_

#include <string>

#include "absl/status/statusor.h"
#include "services/sign_in/issuers.h"

namespace navo::services {

inline constexpr char kLocalIssuerName[] = "https://localhost/navo-dev";
inline constexpr char kLocalAudience[] = "navo";
inline constexpr char kLocalKeyFile[] = "dev-signing-key.pem";
inline constexpr char kLocalKeySetFile[] = "dev-jwks.json";

// Makes DIR/dev-signing-key.pem (ES256, mode 0600) when there is none, writes DIR/dev-jwks.json
// beside it, and returns the issuer to add. `folder` must exist. PERMISSION_DENIED when others may
// use the key file, INVALID_ARGUMENT when it holds no P-256 key, else the file's error. Called once
// at start.
absl::StatusOr<Issuer> EnsureLocalIssuer(const std::string& folder);

}  // namespace navo::services

#endif  // NAVO_SERVICES_SIGN_IN_LOCAL_ISSUER_H_
