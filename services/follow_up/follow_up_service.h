#ifndef NAVO_SERVICES_FOLLOW_UP_FOLLOW_UP_SERVICE_H_
#define NAVO_SERVICES_FOLLOW_UP_FOLLOW_UP_SERVICE_H_

#include <grpcpp/impl/codegen/service_type.h>

#include <memory>

#include "services/door/door.h"

namespace navo::services {

// What was said and agreed with a participant (follow_up.proto). `door` must outlive the service.
std::unique_ptr<grpc::Service> MakeFollowUpService(door::Door& door);

}  // namespace navo::services

#endif  // NAVO_SERVICES_FOLLOW_UP_FOLLOW_UP_SERVICE_H_
