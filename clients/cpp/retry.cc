#include "clients/cpp/retry.h"

#include <algorithm>
#include <cmath>
#include <random>

#include "absl/time/clock.h"
#include "clients/cpp/status.h"

namespace navo::client {
namespace {

double RandomFraction() {
  thread_local std::minstd_rand generator{std::random_device{}()};
  return std::uniform_real_distribution<double>(0, 1)(generator);
}

}  // namespace

bool MayRetry(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
      return true;
    case absl::StatusCode::kResourceExhausted:
      return GetRetryDelay(status).has_value();
    default:
      return false;
  }
}

std::optional<absl::Duration> RetryDelay(const RetryPolicy& policy, const absl::Status& status,
                                         int attempt) {
  if (attempt >= policy.max_attempts || !MayRetry(status)) return std::nullopt;
  const double fraction = policy.jitter ? policy.jitter() : RandomFraction();
  const absl::Duration full = std::min(
      policy.max_backoff, policy.initial_backoff * std::pow(policy.multiplier, attempt - 1));
  const absl::Duration asked = GetRetryDelay(status).value_or(absl::ZeroDuration());
  // The jitter is added to what the server asked for as well: all who were turned away at the same
  // moment were told the same delay.
  if (asked > absl::ZeroDuration()) return asked + full * fraction;
  return full * (0.5 + fraction / 2);
}

absl::Status WithRetries(const ClientOptions& options, absl::Time deadline,
                         const std::function<absl::Status(absl::Time)>& attempt) {
  for (int number = 1;; ++number) {
    const absl::Status status = attempt(std::min(deadline, absl::Now() + options.attempt_timeout));
    const auto delay = RetryDelay(options.retry, status, number);
    if (!delay.has_value() || absl::Now() + *delay >= deadline) return status;
    if (options.retry.sleep) {
      options.retry.sleep(*delay);
    } else {
      absl::SleepFor(*delay);
    }
  }
}

}  // namespace navo::client
