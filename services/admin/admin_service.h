#ifndef NAVO_SERVICES_ADMIN_ADMIN_SERVICE_H_
#define NAVO_SERVICES_ADMIN_ADMIN_SERVICE_H_

#include <grpcpp/impl/codegen/service_type.h>

#include <memory>

#include "services/door/door.h"

namespace navo::services {

// The directory: controllers, units, staff, systems and memberships. `door` outlives the service.
std::unique_ptr<grpc::Service> MakeAdminService(door::Door& door);

}  // namespace navo::services

#endif  // NAVO_SERVICES_ADMIN_ADMIN_SERVICE_H_
