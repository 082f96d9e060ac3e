#ifndef NAVO_SERVICES_FOLLOW_UP_FOLLOW_UP_AMEND_H_
#define NAVO_SERVICES_FOLLOW_UP_FOLLOW_UP_AMEND_H_

#include "absl/status/status.h"
#include "navo/v1/follow_up.pb.h"
#include "services/door/case.h"

namespace navo::services {

// FollowUpService.Amend.
absl::Status AmendFollowUp(door::WriteCase& c, const v1::AmendFollowUpRequest& request,
                           v1::AmendFollowUpResponse& response);

}  // namespace navo::services

#endif  // NAVO_SERVICES_FOLLOW_UP_FOLLOW_UP_AMEND_H_
