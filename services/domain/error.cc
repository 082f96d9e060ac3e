#include "services/domain/error.h"

#include <optional>
#include <utility>

#include "absl/strings/cord.h"
#include "google/rpc/error_details.pb.h"
#include "services/domain/absl_view.h"
#include "services/domain/reasons.h"

namespace navo::domain {
namespace {

constexpr std::string_view kDomain = "navo";

// Trailers hold 8 KiB. Details are carried base64 coded (4/3) and repeat the message, which also
// stands alone.
constexpr std::size_t kMaxListedBytes = 3000;
constexpr std::size_t kMaxMessageFields = 3;

template <typename Message>
void Attach(absl::Status& status, std::string_view url, const Message& message) {
  status.SetPayload(AbslView(url), absl::Cord(message.SerializeAsString()));
}

std::optional<google::rpc::ErrorInfo> InfoOf(const absl::Status& status) {
  const auto payload = status.GetPayload(AbslView(kErrorInfoUrl));
  google::rpc::ErrorInfo info;
  if (!payload.has_value() || !info.ParseFromString(std::string(*payload))) return std::nullopt;
  return info;
}

std::string Summary(const std::vector<Violations::Item>& items) {
  std::string text = items.size() == 1 ? "1 field is wrong: "
                                       : std::to_string(items.size()) + " fields are wrong: ";
  for (std::size_t i = 0; i < items.size() && i < kMaxMessageFields; ++i) {
    if (i > 0) text += "; ";
    text += items[i].field + " " + items[i].description;
  }
  if (items.size() > kMaxMessageFields) text += "; the rest is in the error details";
  return text;
}

}  // namespace

absl::Status MakeError(absl::StatusCode code, std::string_view reason, std::string_view message,
                       const std::map<std::string, std::string>& metadata) {
  absl::Status status(code, AbslView(message));
  google::rpc::ErrorInfo info;
  info.set_reason(std::string(reason));
  info.set_domain(std::string(kDomain));
  for (const auto& [key, value] : metadata) (*info.mutable_metadata())[key] = value;
  Attach(status, kErrorInfoUrl, info);
  return status;
}

absl::Status NotFound() {
  return MakeError(absl::StatusCode::kNotFound, reason::kNotFound,
                   "Not found: it does not exist, or it might exist and not be open to you.");
}

absl::Status WithRetry(absl::Status status, std::int64_t milliseconds) {
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_seconds(milliseconds / 1000);
  retry.mutable_retry_delay()->set_nanos(static_cast<std::int32_t>(milliseconds % 1000) *
                                         1'000'000);
  Attach(status, kRetryInfoUrl, retry);
  return status;
}

std::string ReasonOf(const absl::Status& status) {
  const auto info = InfoOf(status);
  return info.has_value() ? info->reason() : "";
}

std::string MetadataOf(const absl::Status& status, std::string_view key) {
  const auto info = InfoOf(status);
  if (!info.has_value()) return "";
  const auto found = info->metadata().find(std::string(key));
  return found == info->metadata().end() ? "" : found->second;
}

void Violations::Add(std::string field, std::string description) {
  items_.push_back({std::move(field), std::move(description)});
}

absl::Status Violations::ToStatus() const {
  if (items_.empty()) return absl::OkStatus();
  google::rpc::BadRequest details;
  std::size_t listed_bytes = 0;
  for (const Item& item : items_) {
    listed_bytes += item.field.size() + item.description.size() + 8;  // 8: tags and lengths
    if (listed_bytes > kMaxListedBytes) break;
    auto* violation = details.add_field_violations();
    violation->set_field(item.field);
    violation->set_description(item.description);
  }
  const std::size_t listed = static_cast<std::size_t>(details.field_violations_size());
  if (listed < items_.size()) {
    details.add_field_violations()->set_description(
        "and " + std::to_string(items_.size() - listed) +
        " more fields; mend these first and send again");
  }
  absl::Status status =
      MakeError(absl::StatusCode::kInvalidArgument, reason::kInvalidFields, Summary(items_));
  Attach(status, kBadRequestUrl, details);
  return status;
}

}  // namespace navo::domain
