#include "services/door/status.h"

#include <string>

#include "google/rpc/status.pb.h"
#include "services/domain/error.h"
#include "services/domain/reasons.h"
#include "storage/store.h"

namespace navo::door {
namespace {

namespace reason = domain::reason;

constexpr int64_t kRetrySoonMs = 200;
constexpr int64_t kRetryLaterMs = 5'000;

}  // namespace

absl::Status Presentable(const absl::Status& status) {
  if (status.ok() || !domain::ReasonOf(status).empty()) return status;
  using absl::StatusCode;
  const std::string_view store_reason = storage::StoreReasonOf(status);
  if (store_reason == "DISK_RESERVE") {
    return domain::WithRetry(
        domain::MakeError(StatusCode::kResourceExhausted, reason::kDiskReserve,
                          "the server is short of disk: only withdrawals are taken; try later"),
        kRetryLaterMs);
  }
  switch (status.code()) {
    case StatusCode::kResourceExhausted:
      return domain::WithRetry(
          domain::MakeError(StatusCode::kResourceExhausted, reason::kOverloaded,
                            "the server is busy: send the same request again in a moment"),
          kRetrySoonMs);
    case StatusCode::kDeadlineExceeded:
      return domain::MakeError(StatusCode::kDeadlineExceeded, reason::kDeadlinePassed,
                               "the deadline passed before the request was run: nothing was done");
    case StatusCode::kUnavailable:
      return domain::WithRetry(
          domain::MakeError(StatusCode::kUnavailable, reason::kStorageUnavailable,
                            "storage did not answer: send the same request again, with the same "
                            "request_id"),
          kRetryLaterMs);
    default:
      return domain::MakeError(StatusCode::kInternal, reason::kInternal,
                               "a fault in the server: report it with the time of the call");
  }
}

grpc::Status ToGrpc(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const std::string message(status.message().data(), status.message().size());
  google::rpc::Status rich;
  rich.set_code(static_cast<int>(status.code()));
  rich.set_message(message);
  for (const std::string_view url :
       {domain::kErrorInfoUrl, domain::kBadRequestUrl, domain::kRetryInfoUrl}) {
    const auto payload = status.GetPayload({url.data(), url.size()});
    if (!payload.has_value()) continue;
    auto* detail = rich.add_details();
    detail->set_type_url(std::string(url));
    detail->set_value(std::string(*payload));
  }
  return {static_cast<grpc::StatusCode>(status.code()), message, rich.SerializeAsString()};
}

}  // namespace navo::door
