// When a failed attempt may be made again, and after how long.
#ifndef NAVO_CLIENTS_CPP_RETRY_H_
#define NAVO_CLIENTS_CPP_RETRY_H_

#include <functional>
#include <optional>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "clients/cpp/options.h"

namespace navo::client {

// Whether another attempt can help and does no harm: UNAVAILABLE, DEADLINE_EXCEEDED of one attempt,
// and RESOURCE_EXHAUSTED when the server says when to come back. Any other answer is final. It does
// no harm because reads change nothing and every write carries a request_id, kept across attempts.
bool MayRetry(const absl::Status& status);

// How long to wait after the failed attempt number `attempt` (from 1), or nothing when the answer
// is final or the attempts are used up. Never shorter than the server asked for.
std::optional<absl::Duration> RetryDelay(const RetryPolicy& policy, const absl::Status& status,
                                         int attempt);

// Makes attempts until one is final, the attempts are used up, or `deadline` would pass while
// waiting; the last answer is the result. `attempt` is given its own deadline.
absl::Status WithRetries(const ClientOptions& options, absl::Time deadline,
                         const std::function<absl::Status(absl::Time)>& attempt);

}  // namespace navo::client

#endif  // NAVO_CLIENTS_CPP_RETRY_H_
