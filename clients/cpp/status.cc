#include "clients/cpp/status.h"

#include <algorithm>

#include "absl/strings/cord.h"
#include "google/rpc/status.pb.h"

namespace navo::client {
namespace {

template <class Message>
std::string TypeUrl() {
  return "type.googleapis.com/" + Message::descriptor()->full_name();
}

template <class Message>
std::optional<Message> Payload(const absl::Status& status) {
  const auto bytes = status.GetPayload(TypeUrl<Message>());
  Message message;
  if (!bytes.has_value() || !message.ParseFromString(std::string(*bytes))) return std::nullopt;
  return message;
}

}  // namespace

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  absl::Status result(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
  google::rpc::Status rich;
  if (rich.ParseFromString(status.error_details())) {
    for (const auto& detail : rich.details()) {
      result.SetPayload(detail.type_url(), absl::Cord(detail.value()));
    }
  }
  return result;
}

std::optional<google::rpc::ErrorInfo> GetErrorInfo(const absl::Status& status) {
  return Payload<google::rpc::ErrorInfo>(status);
}

google::rpc::BadRequest GetBadRequest(const absl::Status& status) {
  return Payload<google::rpc::BadRequest>(status).value_or(google::rpc::BadRequest());
}

std::optional<absl::Duration> GetRetryDelay(const absl::Status& status) {
  const auto info = Payload<google::rpc::RetryInfo>(status);
  if (!info.has_value()) return std::nullopt;
  const auto& delay = info->retry_delay();
  return std::max(absl::ZeroDuration(),
                  absl::Seconds(delay.seconds()) + absl::Nanoseconds(delay.nanos()));
}

std::string Reason(const absl::Status& status) {
  const auto info = GetErrorInfo(status);
  return info.has_value() ? info->reason() : std::string();
}

std::string ReasonMetadata(const absl::Status& status, const std::string& key) {
  const auto info = GetErrorInfo(status);
  if (!info.has_value()) return "";
  const auto found = info->metadata().find(key);
  return found == info->metadata().end() ? std::string() : found->second;
}

}  // namespace navo::client
