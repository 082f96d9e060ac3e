#ifndef NAVO_SERVICES_CONSENT_GROUND_METHODS_H_
#define NAVO_SERVICES_CONSENT_GROUND_METHODS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "navo/v1/consent.pb.h"
#include "services/door/case.h"
#include "storage/ground.h"

// The methods of ConsentService that end, confirm and list grounds. What they promise and which
// errors they give stands in consent.proto.
namespace navo::services {

// What every kind of ground goes through. FAILED_PRECONDITION TOO_MANY_GROUNDS.
absl::Status RegisterGround(door::WriteCase& c, storage::GroundRow& ground);
// By the id in a request, of the case's participant; NOT_FOUND.
absl::StatusOr<storage::GroundRow> FindGroundById(door::WriteCase& c, const std::string& ground_id);
// In force at once.
absl::Status EndGround(door::WriteCase& c, storage::GroundRow& ground,
                       v1::WithdrawalChannel channel);

absl::Status WithdrawConsent(door::WriteCase& c, const v1::WithdrawConsentRequest& request,
                             v1::WithdrawConsentResponse& response);
absl::Status ConfirmGround(door::WriteCase& c, const v1::ConfirmGroundRequest& request,
                           v1::ConfirmGroundResponse& response);
absl::Status ListGrounds(door::Case& c, const v1::ListGroundsRequest& request,
                         v1::ListGroundsResponse& response);

}  // namespace navo::services

#endif  // NAVO_SERVICES_CONSENT_GROUND_METHODS_H_
