#ifndef NAVO_SERVICES_EMERGENCY_ACCESS_BODIES_H_
#define NAVO_SERVICES_EMERGENCY_ACCESS_BODIES_H_

#include "absl/status/status.h"
#include "navo/v1/emergency_access.pb.h"
#include "services/door/case.h"

// The bodies of EmergencyAccessService: emergency_access_open.cc, emergency_access_list.cc. The
// promises are in emergency_access.proto.
namespace navo::services {

// `number` says what is wrong with the request's, if anything.
absl::Status OpenEmergencyAccess(door::WriteCase& c, const v1::OpenEmergencyAccessRequest& request,
                                 const absl::Status& number,
                                 v1::OpenEmergencyAccessResponse& response);
absl::Status EndEmergencyAccess(door::WriteCase& c, const v1::EndEmergencyAccessRequest& request,
                                v1::EndEmergencyAccessResponse& response);
absl::Status ListEmergencyAccess(door::Case& c, const v1::ListEmergencyAccessRequest& request,
                                 v1::ListEmergencyAccessResponse& response);

}  // namespace navo::services

#endif  // NAVO_SERVICES_EMERGENCY_ACCESS_BODIES_H_
