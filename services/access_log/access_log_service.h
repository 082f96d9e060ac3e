#ifndef NAVO_SERVICES_ACCESS_LOG_ACCESS_LOG_SERVICE_H_
#define NAVO_SERVICES_ACCESS_LOG_ACCESS_LOG_SERVICE_H_

#include <grpcpp/impl/codegen/service_type.h>

#include <memory>

#include "services/access_log/act_view.h"
#include "services/door/door.h"

namespace navo::services {

// AccessLogService behind `door`, which must outlive it.
std::unique_ptr<grpc::Service> MakeAccessLogService(door::Door& door, StaffNames names);

}  // namespace navo::services

#endif  // NAVO_SERVICES_ACCESS_LOG_ACCESS_LOG_SERVICE_H_
