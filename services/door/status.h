#ifndef NAVO_SERVICES_DOOR_STATUS_H_
#define NAVO_SERVICES_DOOR_STATUS_H_

#include <grpcpp/support/status.h>

#include "absl/status/status.h"

// The one place where inner errors become what a client is told.
namespace navo::door {

// Gives an error of storage the reason and retry delay a client can act on, and drops the engine's
// words. Errors that carry a reason already are left as they are.
absl::Status Presentable(const absl::Status& status);

// The gRPC status with google.rpc.Status details. `status` must be presentable.
grpc::Status ToGrpc(const absl::Status& status);

}  // namespace navo::door

#endif  // NAVO_SERVICES_DOOR_STATUS_H_
