#include "services/consent/legal_basis_methods.h"

#include <optional>

#include "services/catalogue/legal_bases.h"
#include "services/consent/ground_methods.h"
#include "services/consent/ground_view.h"
#include "services/consent/release_check.h"
#include "services/domain/calendar.h"
#include "services/domain/error.h"
#include "services/domain/reasons.h"
#include "storage/ground.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

struct CheckedBasis {
  CheckedRelease release;
  Period period;
  const v1::LegalBasis* law = nullptr;
};

absl::StatusOr<CheckedBasis> Check(const door::Case& c, const LegalBases& bases,
                                   const v1::RecordLegalBasisRequest& request) {
  domain::Violations violations;
  CheckedBasis basis;
  basis.law = FindLaw(bases, request.law_reference(), request.law_version());
  CheckPurpose(request.purpose(), violations);
  basis.release =
      CheckRelease("release", request.release(),
                   {v1::GROUND_KIND_LOV, request.purpose(), basis.law}, c.directory(), violations);
  domain::Violations of_period;
  basis.period = CheckValidity(request.has_valid_from() ? &request.valid_from() : nullptr,
                               request.has_valid_to() ? &request.valid_to() : nullptr,
                               {c.today(), true, 0}, of_period);
  CheckLaw(bases, request.law_reference(),
           request.has_law_version() ? &request.law_version() : nullptr, request.purpose(),
           basis.period, violations);
  for (const auto& item : of_period.items()) violations.Add(item.field, item.description);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  if (basis.release.from_controller_key != c.caller().controller_key) {
    return domain::MakeError(absl::StatusCode::kPermissionDenied, domain::reason::kOwnDataOnly,
                             "release.from_controller must be your own controller");
  }
  return basis;
}

}  // namespace

absl::Status RecordLegalBasis(door::WriteCase& c, const v1::RecordLegalBasisRequest& request,
                              v1::RecordLegalBasisResponse& response) {
  NAVO_ASSIGN_OR_RETURN(const LegalBases bases, LegalBases::Load(c.tx()));
  NAVO_ASSIGN_OR_RETURN(const CheckedBasis basis, Check(c, bases, request));
  storage::GroundRow ground;
  ground.id = c.NewId();
  ground.participant_key = c.participant_key();
  ground.state = v1::GROUND_STATE_ACTIVE;
  ground.kind = v1::GROUND_KIND_LOV;
  ground.purpose = request.purpose();
  ground.to_controller_key = basis.release.to_controller_key;
  ground.to_unit_key = basis.release.to_unit_key;
  ground.categories = basis.release.categories.mask();
  ground.valid_from_day = basis.period.from_day;
  ground.valid_to_day = basis.period.to_day;
  ground.author = c.author();
  ground.body.set_law_reference(basis.law->law_reference());
  *ground.body.mutable_law_version() = basis.law->law_version();
  *ground.body.mutable_provenance() = c.NewProvenance();
  NAVO_RETURN_IF_ERROR(RegisterGround(c, ground));
  *response.mutable_ground() = TellGround(c, ground);
  return absl::OkStatus();
}

absl::Status EndLegalBasis(door::WriteCase& c, const v1::EndLegalBasisRequest& request,
                           v1::EndLegalBasisResponse& /*response*/) {
  NAVO_ASSIGN_OR_RETURN(storage::GroundRow ground, FindGroundById(c, request.ground_id()));
  const bool own = ground.author.controller_key == c.caller().controller_key;
  if (!own || ground.kind != v1::GROUND_KIND_LOV || ground.state != v1::GROUND_STATE_ACTIVE) {
    return domain::NotFound();
  }
  return EndGround(c, ground, v1::WITHDRAWAL_CHANNEL_UNSPECIFIED);
}

absl::Status ListLegalBases(door::Case& c, const v1::ListLegalBasesRequest& request,
                            v1::ListLegalBasesResponse& response) {
  domain::Violations violations;
  std::optional<int32_t> day;
  if (request.has_valid_on()) day = domain::CheckDate("valid_on", request.valid_on(), violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_ASSIGN_OR_RETURN(const LegalBases bases, LegalBases::Load(c.tx()));
  for (const v1::LegalBasis& basis : bases.entries()) {
    if (!day.has_value() || InForceOn(basis, *day, *day)) *response.add_legal_bases() = basis;
  }
  return absl::OkStatus();
}

}  // namespace navo::services
