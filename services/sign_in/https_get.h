// Small public documents over HTTPS, with libcurl. Nothing of a caller is ever sent.
#ifndef NAVO_SERVICES_SIGN_IN_HTTPS_GET_H_
#define NAVO_SERVICES_SIGN_IN_HTTPS_GET_H_

#include <atomic>
#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace navo::services {

struct HttpsGetOptions {
  std::string ca_file;  // PEM; empty for the machine's own authorities
  std::size_t max_bytes = 0;
  absl::Duration timeout;      // for everything, from the name look-up to the last byte
  bool loopback_http = false;  // as in CheckUrl
};

// INVALID_ARGUMENT unless it is an https:// address with a host and without user, password and
// fragment. With `loopback_http` also http:// to 127.0.0.1, [::1] and localhost.
absl::Status CheckUrl(const std::string& url, bool loopback_http);

// The body of a 200 answer. Blocks; any thread. Redirects are not followed. Errors, in words for
// the operator that hold nothing of the answer: as CheckUrl; UNAVAILABLE when there is no
// connection, no trust, another answer than 200 or no answer in time; RESOURCE_EXHAUSTED when it is
// longer than max_bytes; CANCELLED within about a second after `stop` became true.
absl::StatusOr<std::string> HttpsGet(const std::string& url, const HttpsGetOptions& options,
                                     const std::atomic<bool>& stop);

}  // namespace navo::services

#endif  // NAVO_SERVICES_SIGN_IN_HTTPS_GET_H_
