#ifndef NAVO_SERVICES_PROTECTION_BODIES_H_
#define NAVO_SERVICES_PROTECTION_BODIES_H_

#include "absl/status/status.h"
#include "navo/v1/protection.pb.h"
#include "services/door/case.h"

// The bodies of ProtectionService: office_lock.cc. The promises are in protection.proto.
namespace navo::services {

absl::Status SetOfficeLock(door::WriteCase& c, const v1::SetOfficeLockRequest& request,
                           v1::SetOfficeLockResponse& response);
absl::Status LiftOfficeLock(door::WriteCase& c, const v1::LiftOfficeLockRequest& request,
                            v1::LiftOfficeLockResponse& response);

}  // namespace navo::services

#endif  // NAVO_SERVICES_PROTECTION_BODIES_H_
