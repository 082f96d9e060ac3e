#include "services/door/caller.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "services/domain/calendar.h"
#include "services/domain/error.h"
#include "services/domain/reasons.h"
#include "services/sign_in/jwt.h"
#include "storage/crypto.h"
#include "storage/status_macros.h"
#include "storage/uuid.h"

namespace navo::door {
namespace {

namespace reason = domain::reason;
using absl::StatusCode;

constexpr std::string_view kBearer = "Bearer ";

// The one value of a metadata key; empty when there is none.
std::string_view Metadata(const grpc::CallbackServerContext& context, const char* key) {
  const auto it = context.client_metadata().find(key);
  if (it == context.client_metadata().end()) return {};
  return {it->second.data(), it->second.size()};
}

absl::Status NobodyWeKnow() {
  return domain::MakeError(StatusCode::kUnauthenticated, reason::kUnauthenticated,
                           "the token does not belong to anybody registered here: ask the leader "
                           "of the unit");
}

absl::StatusOr<storage::ActId> ReadAct(const grpc::CallbackServerContext& context,
                                       storage::Random& random) {
  const std::string_view text = Metadata(context, "navo-act");
  const std::string made = text.empty() ? random.Uuid() : std::string();
  const std::optional<std::string> bytes = storage::UuidBytes(text.empty() ? made : text);
  if (!bytes.has_value()) {
    domain::Violations violations;
    violations.Add("navo-act", "must be a UUID: make one for each human act");
    return violations.ToStatus();
  }
  storage::ActId act;
  std::copy(bytes->begin(), bytes->end(), reinterpret_cast<char*>(act.data()));
  return act;
}

// The unit the caller acts in, with the roles held there today.
absl::Status EnterUnit(const access::Directory& directory, const access::Principal& principal,
                       std::string_view unit_id, int32_t today, access::Caller& caller) {
  std::vector<const access::Membership*> current;
  for (const access::Membership& membership : principal.memberships) {
    if (!membership.Covers(today)) continue;
    if (!unit_id.empty() && directory.FindUnit(membership.unit_key)->id != unit_id) continue;
    current.push_back(&membership);
  }
  if (current.empty()) {
    return domain::MakeError(StatusCode::kPermissionDenied, reason::kUnitUnknown,
                             "no membership in that unit is in force: name a unit of your own in "
                             "navo-unit, or ask its leader");
  }
  caller.unit_key = current.front()->unit_key;
  for (const access::Membership* membership : current) {
    if (membership->unit_key != caller.unit_key) {
      return domain::MakeError(StatusCode::kInvalidArgument, reason::kUnitRequired,
                               "you work in several units: name one in metadata navo-unit");
    }
    caller.roles = caller.roles | membership->roles;
  }
  const access::Unit* unit = directory.FindUnit(caller.unit_key);
  caller.controller_key = unit->controller_key;
  caller.controller_kind = directory.FindController(unit->controller_key)->kind;
  return absl::OkStatus();
}

}  // namespace

std::string IdentifierHash(const storage::Keys& keys,
                           const domain::NationalIdentityNumber& number) {
  return storage::HmacSha256(keys.identity_hmac, number.Reveal());
}

absl::Status CheckNotExpired(absl::Time expires_at, absl::Time now) {
  if (now < expires_at) return absl::OkStatus();
  return services::RefuseToken(services::TokenRefusal::kExpired);
}

absl::StatusOr<SignIn> ReadSignIn(const grpc::CallbackServerContext& context,
                                  const SignInParts& parts, absl::Time now) {
  std::string_view token = Metadata(context, "authorization");
  if (token.substr(0, kBearer.size()) != kBearer) {
    return domain::MakeError(StatusCode::kUnauthenticated, reason::kUnauthenticated,
                             "no token: sign in and send metadata authorization: Bearer <token>");
  }
  token.remove_prefix(kBearer.size());
  NAVO_ASSIGN_OR_RETURN(const std::shared_ptr<const services::Claims> claims,
                        parts.authenticator.Verify(token, now));
  SignIn sign_in;
  sign_in.expires_at = claims->expires_at;
  NAVO_ASSIGN_OR_RETURN(sign_in.act, ReadAct(context, parts.random));
  access::Caller& caller = sign_in.caller;
  if (claims->kind == services::CallerKind::kParticipant) {
    caller.kind = access::PrincipalKind::kParticipant;
    caller.roles = access::RoleSet{v1::ROLE_DELTAKER};
    const auto number = domain::NationalIdentityNumber::Parse(claims->pid, parts.identifiers);
    if (!number.ok()) return NobodyWeKnow();
    sign_in.pid_hash = IdentifierHash(parts.keys, *number);
    return sign_in;
  }
  const access::Principal* principal =
      parts.directory.FindPrincipal(claims->issuer, claims->subject);
  if (principal == nullptr) return NobodyWeKnow();
  caller.kind = principal->kind;
  caller.principal = principal;
  caller.principal_key = principal->key;
  NAVO_RETURN_IF_ERROR(EnterUnit(parts.directory, *principal, Metadata(context, "navo-unit"),
                                 domain::DayInOslo(now), caller));
  return sign_in;
}

}  // namespace navo::door
