#ifndef NAVO_SERVICES_REFERRAL_REFERRAL_SERVICE_H_
#define NAVO_SERVICES_REFERRAL_REFERRAL_SERVICE_H_

#include <grpcpp/impl/service_type.h>

#include <memory>

#include "services/door/door.h"

namespace navo::services {

// navo.v1.ReferralService. `door` outlives the service.
std::unique_ptr<grpc::Service> MakeReferralService(door::Door& door);

}  // namespace navo::services

#endif  // NAVO_SERVICES_REFERRAL_REFERRAL_SERVICE_H_
