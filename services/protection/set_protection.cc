#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "services/access/facts.h"
#include "services/domain/error.h"
#include "services/domain/name_key.h"
#include "services/domain/reasons.h"
#include "services/protection/bodies.h"
#include "storage/participant.h"
#include "storage/protection.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

using storage::Grading;

absl::Status CheckRequest(const v1::SetProtectionRequest& request, const absl::Status& number) {
  domain::Violations violations;
  if (!number.ok()) {
    violations.Add("national_identity_number",
                   std::string(number.message().data(), number.message().size()));
  }
  const bool nothing = request.grading() == v1::ADDRESS_GRADING_UNSPECIFIED &&
                       request.shielding() == v1::SHIELDING_UNSPECIFIED;
  if (!v1::AddressGrading_IsValid(request.grading()) || nothing) {
    violations.Add("grading", "must be one of the documented values, here or in shielding");
  }
  if (!v1::Shielding_IsValid(request.shielding())) {
    violations.Add("shielding", "must be one of the documented values");
  }
  return violations.ToStatus();
}

Grading GradingOf(v1::AddressGrading grading) {
  switch (grading) {
    case v1::ADDRESS_GRADING_UGRADERT:
      return Grading::kUgradert;
    case v1::ADDRESS_GRADING_FORTROLIG:
      return Grading::kFortrolig;
    case v1::ADDRESS_GRADING_STRENGT_FORTROLIG_UTLAND:
      return Grading::kStrengtFortroligUtland;
    case v1::ADDRESS_GRADING_UKJENT:
      return Grading::kUkjent;
    default:
      return Grading::kStrengtFortrolig;
  }
}

absl::Status NotForYou(const access::Caller& caller) {
  if (caller.kind == access::PrincipalKind::kSystem) {
    return domain::MakeError(absl::StatusCode::kPermissionDenied, domain::reason::kScopeMissing,
                             "the system's scope does not include protection");
  }
  return domain::MakeError(absl::StatusCode::kPermissionDenied, domain::reason::kRoleNotAllowed,
                           "your role in this unit does not include this protection");
}

absl::Status OnlyTheRegister() {
  return domain::MakeError(absl::StatusCode::kPermissionDenied, domain::reason::kNotOwner,
                           "the person register says that this person is protected, and it alone "
                           "takes that back");
}

// The participant reads who said it, also where the caller may not know of the participant.
absl::Status LogOnParticipant(door::WriteCase& c, const std::string& number_hash) {
  NAVO_ASSIGN_OR_RETURN(const std::optional<int64_t> participant_key,
                        storage::FindByIdentifier(c.tx(), number_hash, storage::kOrdinaryRealm));
  // 0 is nobody's key: it costs the same where nobody is.
  NAVO_ASSIGN_OR_RETURN(access::Facts facts,
                        access::LoadFactsByKey(c.tx(), c.caller(), participant_key.value_or(0)));
  c.Adopt(std::move(facts));
  return absl::OkStatus();
}

// The register's word. What staff asked for beyond its last one stands: saying the same again says
// nothing, and a lower one lowers its own alone.
void Grade(storage::SaidProtection& said, Grading wanted) {
  if (wanted == said.least.grading) return;
  const bool raised = said.now.grading != said.least.grading;
  if (wanted == Grading::kUkjent && raised) {
    // As strict as can be, until staff say; the register's next word alone would not do.
    if (said.now.grading < Grading::kStrengtFortrolig) said.now.grading = wanted;
    return;
  }
  said.least.grading = wanted;
  said.now.grading = raised ? std::max(said.now.grading, wanted) : wanted;
}

void Shield(storage::SaidProtection& said, bool wanted) {
  if (wanted == said.least.shielded) return;
  said.least.shielded = wanted;
  said.now.shielded = wanted;
}

// What is then said, as `caller` wants it and may.
absl::StatusOr<storage::SaidProtection> Apply(const access::Caller& caller,
                                              const v1::SetProtectionRequest& request,
                                              storage::SaidProtection said) {
  const bool is_register = caller.kind == access::PrincipalKind::kSystem;
  if (request.grading() != v1::ADDRESS_GRADING_UNSPECIFIED) {
    const Grading wanted = GradingOf(request.grading());
    if (!access::MayGrade(caller, wanted)) return NotForYou(caller);
    if (is_register) {
      Grade(said, wanted);
    } else if (access::MayGrade(caller, said.now.grading)) {
      said.now.grading = wanted;
    }  // else what the caller may not know of stays
  }
  if (request.shielding() != v1::SHIELDING_UNSPECIFIED) {
    if (!access::MayShield(caller)) return NotForYou(caller);
    const bool wanted = request.shielding() == v1::SHIELDING_SKJERMET;
    if (is_register) {
      Shield(said, wanted);
    } else {
      said.now.shielded = wanted;
    }
  }
  return said;
}

// Not to know is no word that anybody could be held to.
bool IsBelow(const storage::Protection& protection, const storage::Protection& least) {
  return (least.grading != Grading::kUkjent && protection.grading < least.grading) ||
         (least.shielded && !protection.shielded);
}

}  // namespace

absl::Status SetProtection(door::WriteCase& c, const v1::SetProtectionRequest& request,
                           const absl::StatusOr<std::string>& number_hash) {
  NAVO_RETURN_IF_ERROR(CheckRequest(request, number_hash.status()));
  NAVO_ASSIGN_OR_RETURN(const storage::SaidProtection before,
                        storage::FindSaidProtection(c.tx(), *number_hash));
  NAVO_ASSIGN_OR_RETURN(storage::SaidProtection said, Apply(c.caller(), request, before));
  if (IsBelow(said.now, said.least)) {
    if (access::ProtectionAllows(before.now, c.caller().roles)) {
      NAVO_RETURN_IF_ERROR(LogOnParticipant(c, *number_hash));
      return OnlyTheRegister();
    }
    said.now = before.now;  // the caller may not know of the person: a refusal would tell
  }
  NAVO_RETURN_IF_ERROR(storage::SetProtection(
      c.tx(), *number_hash, said, {c.author(), [&c] { return c.NewId(); }, domain::NameKeyOf}));
  return LogOnParticipant(c, *number_hash);
}

}  // namespace navo::services
