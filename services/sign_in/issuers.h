// The issuers NAVO believes, from `issuers.json` beside the configuration. Staff, participants and
// systems, as Entra ID, ID-porten and Maskinporten sign them in:
//
//   [{"issuer": "https://login.example/tenant/v2.0", "audience": "api://navo", "kind": "STAFF",
//     "claims": {"subject": "NAVident", "scopes": "scp"}, "required_scopes": ["navo"]},
//    {"issuer": "https://id.example", "audience": "https://navo.example", "kind": "PARTICIPANT",
//     "acr_values": ["idporten-loa-high"], "access_token_type_required": true},
//    {"issuer": "https://maskin.example/", "audience": "https://navo.example", "kind": "SYSTEM",
//     "discovery_url": "https://maskin.example/.well-known/oauth-authorization-server",
//     "claims": {"organisation": "consumer"}, "required_scopes": ["vo:navo/import"]}]
//
// Required: issuer, audience, kind. Where the keys come from:
//   (nothing more)      the metadata below the issuer's name, over HTTPS, and the key set it names
//   discovery_url       metadata in another place
//   jwks_file           a key set in a file, relative to the folder of this one; read once at start
// With fetched keys also:
//   ca_file             PEM of the authority to trust instead of the machine's own
//   keys_max_age_s      60 to 86400, 900 when absent: how old keys are when they are fetched again
//   fetch_timeout_s     1 to 60, 10 when absent: for each request
//   loopback_http       true lets http:// to this machine pass. For tests and trials only
// What a token must be:
//   algorithms          of RS256, PS256 and ES256; RS256 and ES256 when absent
//   leeway_s            0 to 300, 30 when absent: for nbf and iat; exp is exact
//   access_token_type_required  true takes only `typ: at+jwt`
//   acr_values          when there, `acr` must be one of them
//   required_scopes     when there, the token must have all of them
// Which claims say what, when not the usual ones: "claims" with subject (sub), or organisation
// (none); pid (pid), name (name), scopes (scope).
//
// The file is read once at start: after a change of it, restart. Fetched keys change by themselves.
#ifndef NAVO_SERVICES_SIGN_IN_ISSUERS_H_
#define NAVO_SERVICES_SIGN_IN_ISSUERS_H_

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/sign_in/claims.h"
#include "services/sign_in/discovery.h"
#include "services/sign_in/fetched_keys.h"
#include "services/sign_in/key_set.h"
#include "storage/clock.h"

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
  std::vector<std::string> required_scopes;   // the token must have all of them
  ClaimNames claims;
  KeySet keys;  // from a file, when `discovery` is empty
  std::optional<Discovery> discovery;
  std::shared_ptr<FetchedKeys> fetched_keys;  // from StartFetching on, with `discovery`
};

// Unchanged once given to an Authenticator, but for the fetched keys: any thread may look up.
class Issuers {
 public:
  static constexpr std::size_t kMaxFileBytes = 64 * 1024;

  // INVALID_ARGUMENT for anything missing, unknown or twice; the errors of ReadSmallFile when a
  // file cannot be read. For the operator at start: the text names the issuer's place and the
  // field.
  static absl::StatusOr<Issuers> Load(const std::string& path);

  // ALREADY_EXISTS when there is one with that name.
  absl::Status Add(Issuer issuer);

  // Begins to fetch the keys of those that have a discovery; once, before any token is verified.
  // `clock` outlives this object and its copies.
  void StartFetching(storage::Clock* clock, const KeyEvents& on_event);
  // Waits until each first fetch has ended, well or badly, for at most so long in all.
  void WaitForKeys(absl::Duration longest) const;
  // Keys that are old are fetched anew, as FetchedKeys::RefreshIfOld.
  void RefreshKeys(absl::Time now) const;

  // nullptr when NAVO does not believe that issuer. Owned by this object.
  const Issuer* Find(const std::string& name) const;

  std::size_t size() const { return issuers_.size(); }

 private:
  std::map<std::string, Issuer> issuers_;
};

}  // namespace navo::services

#endif  // NAVO_SERVICES_SIGN_IN_ISSUERS_H_
