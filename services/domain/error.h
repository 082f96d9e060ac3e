// How a refusal is built. Every error that leaves the server carries google.rpc.ErrorInfo {reason,
// domain "navo"}, so that a client can act on the reason (services/domain/reasons.h) and never on
// the wording.
//
// Rule for all texts and metadata here: name fields, limits and what to do; never a value the
// caller sent, a name, an identity number or a token.
//
// Free functions and a plain value: any thread, no shared state.
#ifndef NAVO_SERVICES_DOMAIN_ERROR_H_
#define NAVO_SERVICES_DOMAIN_ERROR_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace navo::domain {

// Payload keys, the type urls the edge copies into google.rpc.Status.details.
inline constexpr std::string_view kErrorInfoUrl = "type.googleapis.com/google.rpc.ErrorInfo";
inline constexpr std::string_view kBadRequestUrl = "type.googleapis.com/google.rpc.BadRequest";
inline constexpr std::string_view kRetryInfoUrl = "type.googleapis.com/google.rpc.RetryInfo";

// A status with ErrorInfo. `code` must not be kOk; `reason` is one of reasons.h.
absl::Status MakeError(absl::StatusCode code, std::string_view reason, std::string_view message,
                       const std::map<std::string, std::string>& metadata = {});

// The one answer for what is not there and for what the caller may not know of: byte for byte the
// same, so that nobody learns from it that a person is known to the other side.
absl::Status NotFound();

// The same status with RetryInfo: the caller may send the same request again after that long.
absl::Status WithRetry(absl::Status status, std::int64_t milliseconds);

// The reason in the status, or "" when it is OK or was not made here.
std::string ReasonOf(const absl::Status& status);

// One value of ErrorInfo.metadata, or "" when there is none (for example "etag" of STALE_ETAG).
std::string MetadataOf(const absl::Status& status, std::string_view key);

// Collects everything that is wrong with a request, so that the caller can mend it in one go.
class Violations {
 public:
  struct Item {
    std::string field;
    std::string description;
  };

  // `field` is the path in the request message ("steps[2].title"). `description` says what the
  // field must be.
  void Add(std::string field, std::string description);

  bool empty() const { return items_.empty(); }
  const std::vector<Item>& items() const { return items_; }

  // OK when empty; else INVALID_ARGUMENT, reason INVALID_FIELDS, with BadRequest listing the fields
  // in the order added. Error details travel in HTTP/2 trailers of at most 8 KiB: when the list
  // would not fit, it ends with one entry (empty field) that says how many more there are.
  absl::Status ToStatus() const;

 private:
  std::vector<Item> items_;
};

}  // namespace navo::domain

#endif  // NAVO_SERVICES_DOMAIN_ERROR_H_
