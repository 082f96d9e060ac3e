#ifndef NAVO_SERVICES_SERVER_UNREADABLE_H_
#define NAVO_SERVICES_SERVER_UNREADABLE_H_

#include <grpcpp/support/server_interceptor.h>

#include <memory>

namespace navo::services {

// Messages that cannot be read (no protocol buffer, text that is not UTF-8) never reach a service:
// gRPC answers them with UNIMPLEMENTED and no word, as if the method were not there. This makes it
// INVALID_ARGUMENT INVALID_FIELDS. It looks at nothing but the status of a call that failed.
std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> MakeUnreadableAnswer();

// Such a message also makes the protobuf library write to standard error, in a form of its own,
// whoever sent it. Called once at start.
void SilenceUnreadable();

}  // namespace navo::services

#endif  // NAVO_SERVICES_SERVER_UNREADABLE_H_
