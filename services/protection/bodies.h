#ifndef NAVO_SERVICES_PROTECTION_BODIES_H_
#define NAVO_SERVICES_PROTECTION_BODIES_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "navo/v1/protection.pb.h"
#include "services/door/case.h"

// The bodies of ProtectionService: set_protection.cc, shadows.cc, office_lock.cc. The promises are
// in protection.proto.
namespace navo::services {

// `number_hash` is the request's, or what is wrong with it.
absl::Status SetProtection(door::WriteCase& c, const v1::SetProtectionRequest& request,
                           const absl::StatusOr<std::string>& number_hash);
absl::Status ListShadows(door::Case& c, const v1::ListShadowsRequest& request,
                         v1::ListShadowsResponse& response);
absl::Status MergeShadow(door::WriteCase& c, const v1::MergeShadowRequest& request,
                         v1::MergeShadowResponse& response);
absl::Status SetOfficeLock(door::WriteCase& c, const v1::SetOfficeLockRequest& request,
                           v1::SetOfficeLockResponse& response);
absl::Status LiftOfficeLock(door::WriteCase& c, const v1::LiftOfficeLockRequest& request,
                            v1::LiftOfficeLockResponse& response);

}  // namespace navo::services

#endif  // NAVO_SERVICES_PROTECTION_BODIES_H_
