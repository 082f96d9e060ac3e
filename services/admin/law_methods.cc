#include <limits>
#include <optional>
#include <string>

#include "services/admin/authority.h"
#include "services/admin/methods.h"
#include "services/catalogue/legal_bases.h"
#include "services/domain/calendar.h"
#include "services/domain/reasons.h"
#include "services/domain/text.h"
#include "storage/catalogue.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

namespace reason = domain::reason;
using absl::StatusCode;

}  // namespace

absl::Status AddLegalBasis(door::WriteCase& c, const v1::AddLegalBasisRequest& request,
                           v1::AddLegalBasisResponse& /*response*/) {
  NAVO_ASSIGN_OR_RETURN(const Authority authority, Authority::Of(c));
  NAVO_RETURN_IF_ERROR(authority.CheckInstallation());
  v1::LegalBasis basis = request.legal_basis();
  domain::Violations violations;
  CheckLegalBasis("legal_basis.", basis, violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_ASSIGN_OR_RETURN(const LegalBases bases, LegalBases::Load(c.tx()));
  if (bases.Find(basis.law_reference(), basis.law_version()) != nullptr) {
    return domain::MakeError(StatusCode::kAlreadyExists, reason::kIdTaken,
                             "the paragraph is there in this version: give the version that the "
                             "entry was written from");
  }
  return storage::PutLegalBasis(c.tx(), basis, domain::DayOf(basis.law_version()).value(), false,
                                c.author());
}

absl::Status CloseLegalBasis(door::WriteCase& c, const v1::CloseLegalBasisRequest& request,
                             v1::CloseLegalBasisResponse& /*response*/) {
  NAVO_ASSIGN_OR_RETURN(const Authority authority, Authority::Of(c));
  NAVO_RETURN_IF_ERROR(authority.CheckInstallation());
  domain::Violations violations;
  std::string reference = request.law_reference();
  domain::CheckText("law_reference", &reference, domain::kRequiredNameText, violations);
  const std::optional<int32_t> version =
      domain::CheckDate("law_version", request.law_version(), violations);
  const std::optional<int32_t> last = domain::CheckDate("valid_to", request.valid_to(), violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  NAVO_ASSIGN_OR_RETURN(const LegalBases bases, LegalBases::Load(c.tx()));
  const v1::LegalBasis* found = bases.Find(reference, request.law_version());
  if (found == nullptr) return domain::NotFound();
  const std::optional<int32_t> from = domain::DayOf(found->valid_from());
  const std::optional<int32_t> to = domain::DayOf(found->valid_to());
  if (!from.has_value() || *last >= to.value_or(std::numeric_limits<int32_t>::max())) {
    return domain::MakeError(StatusCode::kFailedPrecondition, reason::kIllegalStateChange,
                             "the entry is not in force, or ends on that day or earlier");
  }
  domain::CheckPeriod("valid_to", from, last, violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  v1::LegalBasis basis = *found;
  *basis.mutable_valid_to() = request.valid_to();
  return storage::PutLegalBasis(c.tx(), basis, *version, true, c.author());
}

}  // namespace navo::services
