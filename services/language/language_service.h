#ifndef NAVO_SERVICES_LANGUAGE_LANGUAGE_SERVICE_H_
#define NAVO_SERVICES_LANGUAGE_LANGUAGE_SERVICE_H_

#include <grpcpp/impl/codegen/service_type.h>

#include <memory>

#include "services/door/door.h"

namespace navo::services {

// How a participant's Norwegian comes along (language.proto). `door` must outlive the service.
std::unique_ptr<grpc::Service> MakeLanguageService(door::Door& door);

}  // namespace navo::services

#endif  // NAVO_SERVICES_LANGUAGE_LANGUAGE_SERVICE_H_
