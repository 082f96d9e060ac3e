#ifndef NAVO_SERVICES_CONSENT_GROUND_METHODS_H_
#define NAVO_SERVICES_CONSENT_GROUND_METHODS_H_

#include "absl/status/status.h"
#include "navo/v1/consent.pb.h"
#include "services/door/case.h"

// The methods of ConsentService that end, confirm, record and list grounds. What they promise and
// which errors they give stands in consent.proto.
namespace navo::services {

absl::Status WithdrawConsent(door::WriteCase& c, const v1::WithdrawConsentRequest& request,
                             v1::WithdrawConsentResponse& response);
absl::Status ConfirmGround(door::WriteCase& c, const v1::ConfirmGroundRequest& request,
                           v1::ConfirmGroundResponse& response);
absl::Status RecordLegalBasis(door::WriteCase& c, const v1::RecordLegalBasisRequest& request,
                              v1::RecordLegalBasisResponse& response);
absl::Status EndLegalBasis(door::WriteCase& c, const v1::EndLegalBasisRequest& request,
                           v1::EndLegalBasisResponse& response);
absl::Status ListGrounds(door::Case& c, const v1::ListGroundsRequest& request,
                         v1::ListGroundsResponse& response);

}  // namespace navo::services

#endif  // NAVO_SERVICES_CONSENT_GROUND_METHODS_H_
