#ifndef NAVO_SERVICES_SERVER_ECHO_H_
#define NAVO_SERVICES_SERVER_ECHO_H_

#include <grpcpp/impl/service_type.h>

#include <memory>

#include "storage/store.h"

namespace navo::services {

// navo.bench.v1.EchoService: the yardsticks of the benchmark. `store` must outlive it.
std::unique_ptr<grpc::Service> MakeEchoService(storage::Store& store);

}  // namespace navo::services

#endif  // NAVO_SERVICES_SERVER_ECHO_H_
