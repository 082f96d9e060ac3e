#ifndef NAVO_SERVICES_ADMIN_METHODS_H_
#define NAVO_SERVICES_ADMIN_METHODS_H_

#include "absl/status/status.h"
#include "navo/v1/admin.pb.h"
#include "services/domain/identifier.h"
#include "services/door/case.h"
#include "storage/keys.h"

// What the methods of AdminService do, as admin.proto says.
namespace navo::services {

absl::Status ListControllers(door::Case& c, const v1::ListControllersRequest& request,
                             v1::ListControllersResponse& response);
absl::Status CreateController(door::WriteCase& c, const v1::CreateControllerRequest& request,
                              v1::CreateControllerResponse& response);
absl::Status RenameController(door::WriteCase& c, const v1::RenameControllerRequest& request,
                              v1::RenameControllerResponse& response);
absl::Status CloseController(door::WriteCase& c, const v1::CloseControllerRequest& request,
                             v1::CloseControllerResponse& response);

absl::Status ListUnits(door::Case& c, const v1::ListUnitsRequest& request,
                       v1::ListUnitsResponse& response);
absl::Status CreateUnit(door::WriteCase& c, const v1::CreateUnitRequest& request,
                        v1::CreateUnitResponse& response);
absl::Status RenameUnit(door::WriteCase& c, const v1::RenameUnitRequest& request,
                        v1::RenameUnitResponse& response);
absl::Status CloseUnit(door::WriteCase& c, const v1::CloseUnitRequest& request,
                       v1::CloseUnitResponse& response);
absl::Status ReopenUnit(door::WriteCase& c, const v1::ReopenUnitRequest& request,
                        v1::ReopenUnitResponse& response);

absl::Status ListPrincipals(door::Case& c, const v1::ListPrincipalsRequest& request,
                            v1::ListPrincipalsResponse& response);
absl::Status CreatePrincipal(door::WriteCase& c, const v1::CreatePrincipalRequest& request,
                             v1::CreatePrincipalResponse& response);
absl::Status UpdatePrincipal(door::WriteCase& c, const v1::UpdatePrincipalRequest& request,
                             v1::UpdatePrincipalResponse& response);
// What numbers are read and hashed with.
struct NumberReader {
  const storage::Keys& keys;
  domain::IdentifierPolicy policy;
};
absl::Status SetOwnNumbers(door::WriteCase& c, const v1::SetOwnNumbersRequest& request,
                           const NumberReader& reader, v1::SetOwnNumbersResponse& response);

absl::Status ListMemberships(door::Case& c, const v1::ListMembershipsRequest& request,
                             v1::ListMembershipsResponse& response);
absl::Status AddMembership(door::WriteCase& c, const v1::AddMembershipRequest& request,
                           v1::AddMembershipResponse& response);
absl::Status EndMembership(door::WriteCase& c, const v1::EndMembershipRequest& request,
                           v1::EndMembershipResponse& response);

absl::Status AddConsentText(door::WriteCase& c, const v1::AddConsentTextRequest& request,
                            v1::AddConsentTextResponse& response);
absl::Status ReviewConsentText(door::WriteCase& c, const v1::ReviewConsentTextRequest& request,
                               v1::ReviewConsentTextResponse& response);
absl::Status ListConsentTexts(door::Case& c, const v1::ListConsentTextsRequest& request,
                              v1::ListConsentTextsResponse& response);
absl::Status AddLegalBasis(door::WriteCase& c, const v1::AddLegalBasisRequest& request,
                           v1::AddLegalBasisResponse& response);
absl::Status CloseLegalBasis(door::WriteCase& c, const v1::CloseLegalBasisRequest& request,
                             v1::CloseLegalBasisResponse& response);

}  // namespace navo::services

#endif  // NAVO_SERVICES_ADMIN_METHODS_H_
