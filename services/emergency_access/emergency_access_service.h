#ifndef NAVO_SERVICES_EMERGENCY_ACCESS_EMERGENCY_ACCESS_SERVICE_H_
#define NAVO_SERVICES_EMERGENCY_ACCESS_EMERGENCY_ACCESS_SERVICE_H_

#include <grpcpp/impl/service_type.h>

#include <memory>

#include "services/door/door.h"

namespace navo::services {

// navo.v1.EmergencyAccessService. `door` outlives the service.
std::unique_ptr<grpc::Service> MakeEmergencyAccessService(door::Door& door);

}  // namespace navo::services

#endif  // NAVO_SERVICES_EMERGENCY_ACCESS_EMERGENCY_ACCESS_SERVICE_H_
