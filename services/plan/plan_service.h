#ifndef NAVO_SERVICES_PLAN_PLAN_SERVICE_H_
#define NAVO_SERVICES_PLAN_PLAN_SERVICE_H_

#include <grpcpp/impl/codegen/service_type.h>

#include <memory>

#include "services/door/door.h"

namespace navo::services {

// navo.v1.PlanService. `door` outlives it.
std::unique_ptr<grpc::Service> MakePlanService(door::Door& door);

}  // namespace navo::services

#endif  // NAVO_SERVICES_PLAN_PLAN_SERVICE_H_
