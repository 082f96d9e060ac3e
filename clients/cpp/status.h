// Errors of the server as absl::Status. The code and the message are the server's; what its
// google.rpc.Status carried beside them hangs on the status as payloads and is read back here.
#ifndef NAVO_CLIENTS_CPP_STATUS_H_
#define NAVO_CLIENTS_CPP_STATUS_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "google/rpc/error_details.pb.h"
#include "grpcpp/support/status.h"

namespace navo::client {

// Every detail of `grpc-status-details-bin` becomes a payload under its type URL. Details that do
// not parse are left out; the code and message always remain.
absl::Status FromGrpc(const grpc::Status& status);

// What the server said of the reason, if it did.
std::optional<google::rpc::ErrorInfo> GetErrorInfo(const absl::Status& status);

// The wrong fields, in the order of the message; empty when none were named.
google::rpc::BadRequest GetBadRequest(const absl::Status& status);

// How long to wait before trying again, if the server said so. Never negative.
std::optional<absl::Duration> GetRetryDelay(const absl::Status& status);

// ErrorInfo.reason, for example "STALE_ETAG"; empty when there is none.
std::string Reason(const absl::Status& status);

// One value of ErrorInfo.metadata; empty when there is none.
std::string ReasonMetadata(const absl::Status& status, const std::string& key);

}  // namespace navo::client

#endif  // NAVO_CLIENTS_CPP_STATUS_H_
