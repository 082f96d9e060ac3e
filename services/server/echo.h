#ifndef NAVO_SERVICES_SERVER_ECHO_H_
#define NAVO_SERVICES_SERVER_ECHO_H_

#include <grpcpp/impl/service_type.h>

#include <memory>

namespace navo::services {

// navo.bench.v1.EchoService: the yardstick of the benchmark. Needs nothing.
std::unique_ptr<grpc::Service> MakeEchoService();

}  // namespace navo::services

#endif  // NAVO_SERVICES_SERVER_ECHO_H_
