#ifndef NAVO_SERVICES_DOOR_CALLER_H_
#define NAVO_SERVICES_DOOR_CALLER_H_

#include <grpcpp/server_context.h>

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/access/policy.h"
#include "services/domain/identifier.h"
#include "services/sign_in/authenticator.h"
#include "storage/access_log.h"
#include "storage/clock.h"
#include "storage/keys.h"

// From a call's metadata to who calls. Any thread.
namespace navo::door {

// The identity number's HMAC, under which participants are found.
std::string IdentifierHash(const storage::Keys& keys, const domain::NationalIdentityNumber& number);

struct SignIn {
  access::Caller caller;
  std::string pid_hash;   // a participant's own number; empty for staff and systems
  absl::Time expires_at;  // of the token: a stream ends then
  storage::ActId act{};   // metadata navo-act, or a new one
};

struct SignInParts {
  services::Authenticator& authenticator;
  const access::Directory& directory;
  const storage::Keys& keys;
  storage::Random& random;
  domain::IdentifierPolicy identifiers;
};

// UNAUTHENTICATED, TOKEN_EXPIRED, ISSUER_KEYS_PENDING, UNIT_REQUIRED, UNIT_UNKNOWN;
// INVALID_ARGUMENT for an act that is no UUID.
absl::StatusOr<SignIn> ReadSignIn(const grpc::CallbackServerContext& context,
                                  const SignInParts& parts, absl::Time now);

// For calls that go on: TOKEN_EXPIRED once the token they began with has expired. What has been
// acknowledged stands.
absl::Status CheckNotExpired(absl::Time expires_at, absl::Time now);

}  // namespace navo::door

#endif  // NAVO_SERVICES_DOOR_CALLER_H_
