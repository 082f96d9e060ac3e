#ifndef NAVO_SERVICES_KARTLEGGING_KARTLEGGING_SERVICE_H_
#define NAVO_SERVICES_KARTLEGGING_KARTLEGGING_SERVICE_H_

#include <grpcpp/impl/codegen/service_type.h>

#include <memory>

#include "services/door/door.h"

namespace navo::services {

// One shared kartlegging per participant (kartlegging.proto). `door` must outlive the service.
std::unique_ptr<grpc::Service> MakeKartleggingService(door::Door& door);

}  // namespace navo::services

#endif  // NAVO_SERVICES_KARTLEGGING_KARTLEGGING_SERVICE_H_
