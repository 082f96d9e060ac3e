#include "clients/cpp/retry.h"

#include <gtest/gtest.h>

#include "absl/strings/cord.h"
#include "absl/time/clock.h"
#include "google/rpc/error_details.pb.h"

namespace navo::client {
namespace {

absl::Status WithRetryInfo(absl::StatusCode code, int seconds) {
  google::rpc::RetryInfo info;
  info.mutable_retry_delay()->set_seconds(seconds);
  absl::Status status(code, "later");
  status.SetPayload("type.googleapis.com/google.rpc.RetryInfo",
                    absl::Cord(info.SerializeAsString()));
  return status;
}

TEST(Retry, OnlyWhatCanHelp) {
  for (int code = 1; code <= 16; ++code) {
    const auto value = static_cast<absl::StatusCode>(code);
    const bool expected =
        value == absl::StatusCode::kUnavailable || value == absl::StatusCode::kDeadlineExceeded;
    EXPECT_EQ(MayRetry(absl::Status(value, "x")), expected) << code;
  }
  EXPECT_TRUE(MayRetry(WithRetryInfo(absl::StatusCode::kResourceExhausted, 1)));
  EXPECT_FALSE(MayRetry(WithRetryInfo(absl::StatusCode::kAborted, 1)));
  EXPECT_FALSE(MayRetry(absl::OkStatus()));
}

TEST(Retry, WaitsGrowAndStopGrowing) {
  RetryPolicy policy;
  policy.max_attempts = 9;
  policy.max_backoff = absl::Milliseconds(350);
  policy.jitter = [] { return 0.0; };
  const absl::Status down = absl::UnavailableError("down");
  EXPECT_EQ(RetryDelay(policy, down, 1), absl::Milliseconds(50));
  EXPECT_EQ(RetryDelay(policy, down, 2), absl::Milliseconds(100));
  EXPECT_EQ(RetryDelay(policy, down, 3), absl::Milliseconds(175));
  EXPECT_EQ(RetryDelay(policy, down, 8), absl::Milliseconds(175));
  EXPECT_EQ(RetryDelay(policy, down, 9), std::nullopt);
}

TEST(Retry, JitterDrawsFromTheUpperHalf) {
  RetryPolicy policy;
  policy.jitter = [] { return 0.5; };
  EXPECT_EQ(RetryDelay(policy, absl::UnavailableError("down"), 1), absl::Milliseconds(75));
}

TEST(Retry, NeverEarlierThanTheServerAsked) {
  RetryPolicy policy;
  policy.jitter = [] { return 0.0; };
  EXPECT_EQ(RetryDelay(policy, WithRetryInfo(absl::StatusCode::kUnavailable, 3), 1),
            absl::Seconds(3));
  policy.jitter = [] { return 0.9; };
  EXPECT_GT(*RetryDelay(policy, WithRetryInfo(absl::StatusCode::kUnavailable, 3), 1),
            absl::Seconds(3));
}

TEST(Retry, DoesNotWaitPastTheDeadline) {
  ClientOptions options;
  int waits = 0;
  int attempts = 0;
  options.retry.sleep = [&](absl::Duration) { ++waits; };
  const absl::Status status =
      WithRetries(options, absl::Now() + absl::Seconds(10), [&](absl::Time) {
        ++attempts;
        return WithRetryInfo(absl::StatusCode::kResourceExhausted, 60);
      });
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(attempts, 1);
  EXPECT_EQ(waits, 0);
}

}  // namespace
}  // namespace navo::client
