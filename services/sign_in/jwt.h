// Verifies signed tokens (JWT, RFC 7519 and 8725) by hand on OpenSSL: the libraries in the
// distribution refuse `typ: at+jwt` or cannot read a JWK set. Takes RS256, PS256 and ES256 and
// nothing else.
#ifndef NAVO_SERVICES_SIGN_IN_JWT_H_
#define NAVO_SERVICES_SIGN_IN_JWT_H_

#include <cstddef>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/sign_in/claims.h"
#include "services/sign_in/issuers.h"

namespace navo::services {

inline constexpr std::size_t kMaxTokenBytes = 8 * 1024;

// Why a token is refused.
enum class TokenRefusal {
  kTooLong,
  kMalformed,   // not three parts of strict base64url, or not JSON objects with each name once
  kAlgorithm,   // not one of ours, not allowed for the issuer, or not what the key is for
  kCritical,    // `crit` asks for an extension; NAVO has none
  kType,        // another kind of token, such as an ID token or a logout token
  kIssuer,      // not one NAVO believes
  kKeyUnknown,  // no `kid`, or none of the issuer's
  kKeyPending,  // not among the keys known now, and the issuer is being asked
  kSignature,   // changed on the way, or signed by somebody else
  kAudience,    // made for another service
  kExpired,
  kNotYetValid,  // `nbf` or `iat` is in the future
  kAssurance,    // the sign-in was weaker than the issuer's acr_values
  kScope,        // without one of the issuer's required_scopes
  kClaims,       // `exp`, `sub` or another claim is missing or impossible
};

// UNAUTHENTICATED with reason TOKEN_EXPIRED or UNAUTHENTICATED, but for kKeyPending: UNAVAILABLE
// with ISSUER_KEYS_PENDING and RetryInfo. The text says which check failed and holds nothing of the
// token.
absl::Status RefuseToken(TokenRefusal refusal);

// Any thread, and never waits: keys that are not known yet may be asked for, which is all that
// changes. Costs a signature check of 20 to 60 us, so callers go through Authenticator. `token` is
// the bare token without "Bearer ".
absl::StatusOr<Claims> VerifyToken(std::string_view token, const Issuers& issuers, absl::Time now);

}  // namespace navo::services

#endif  // NAVO_SERVICES_SIGN_IN_JWT_H_
