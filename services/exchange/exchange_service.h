#ifndef NAVO_SERVICES_EXCHANGE_EXCHANGE_SERVICE_H_
#define NAVO_SERVICES_EXCHANGE_EXCHANGE_SERVICE_H_

#include <grpcpp/impl/codegen/service_type.h>

#include <memory>

#include "services/door/door.h"

namespace navo::services {

// ExchangeService behind `door`, which must outlive it.
std::unique_ptr<grpc::Service> MakeExchangeService(door::Door& door);

}  // namespace navo::services

#endif  // NAVO_SERVICES_EXCHANGE_EXCHANGE_SERVICE_H_
