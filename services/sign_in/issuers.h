// The issuers NAVO believes, from `issuers.json` beside the configuration:
//
//   [{"issuer": "https://login.example/v2.0", "audience": "api://navo",
//     "jwks_file": "entra-jwks.json", "kind": "STAFF", "algorithms": ["RS256"], "leeway_s": 30,
//     "access_token_type_required": false, "acr_values": ["idporten-loa-high"]}]
//
// issuer, audience, jwks_file and kind are required. jwks_file is relative to the folder of the
// file. Read once at start: after a change of keys, restart.
#ifndef NAVO_SERVICES_SIGN_IN_ISSUERS_H_
#define NAVO_SERVICES_SIGN_IN_ISSUERS_H_

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/sign_in/claims.h"
#include "services/sign_in/key_set.h"

namespace navo::services {

struct Issuer {
  std::string name;      // compared byte for byte with `iss`
  std::string audience;  // must be in `aud`
  // nullopt only for the local issuer of `navod --dev`, whose tokens say it themselves in a claim
  // `kind`.
  std::optional<CallerKind> kind;
  std::vector<Algorithm> algorithms = {Algorithm::kRs256, Algorithm::kEs256};
  absl::Duration leeway = absl::Seconds(30);  // for `nbf` and `iat`; `exp` is exact
  bool access_token_type_required = false;    // only `typ: at+jwt` (RFC 9068), not JWT or absent
  std::vector<std::string> acr_values;        // when not empty, `acr` must be one of them
  KeySet keys;
};

// Immutable once given to an Authenticator: any thread may look up.
class Issuers {
 public:
  static constexpr std::size_t kMaxFileBytes = 64 * 1024;

  // INVALID_ARGUMENT for anything missing, unknown or twice; the errors of ReadSmallFile when a
  // file cannot be read. For the operator at start: the text names the issuer's place and the
  // field.
  static absl::StatusOr<Issuers> Load(const std::string& path);

  // ALREADY_EXISTS when there is one with that name.
  absl::Status Add(Issuer issuer);

  // nullptr when NAVO does not believe that issuer. Owned by this object.
  const Issuer* Find(const std::string& name) const;

  std::size_t size() const { return issuers_.size(); }

 private:
  std::map<std::string, Issuer> issuers_;
};

}  // namespace navo::services

#endif  // NAVO_SERVICES_SIGN_IN_ISSUERS_H_
