#include "clients/cpp/status.h"

#include <gtest/gtest.h>

#include "google/rpc/status.pb.h"

namespace navo::client {
namespace {

grpc::Status Rich(grpc::StatusCode code,
                  const std::vector<const google::protobuf::Message*>& details) {
  google::rpc::Status rich;
  rich.set_code(code);
  rich.set_message("no");
  for (const auto* detail : details) rich.add_details()->PackFrom(*detail);
  return grpc::Status(code, "no", rich.SerializeAsString());
}

TEST(Status, KeepsCodeMessageAndEveryDetail) {
  google::rpc::ErrorInfo info;
  info.set_reason("STALE_ETAG");
  info.set_domain("navo");
  (*info.mutable_metadata())["etag"] = "e2";
  google::rpc::BadRequest bad;
  bad.add_field_violations()->set_field("step.title");
  bad.add_field_violations()->set_field("step.start_date");
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_seconds(2);
  retry.mutable_retry_delay()->set_nanos(500'000'000);

  const absl::Status status = FromGrpc(Rich(grpc::StatusCode::ABORTED, {&info, &bad, &retry}));

  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(status.message(), "no");
  EXPECT_EQ(Reason(status), "STALE_ETAG");
  EXPECT_EQ(ReasonMetadata(status, "etag"), "e2");
  EXPECT_EQ(ReasonMetadata(status, "other"), "");
  ASSERT_EQ(GetBadRequest(status).field_violations_size(), 2);
  EXPECT_EQ(GetBadRequest(status).field_violations(1).field(), "step.start_date");
  EXPECT_EQ(GetRetryDelay(status), absl::Milliseconds(2500));
}

TEST(Status, DetailsThatAreNoStatusLeaveTheCode) {
  const absl::Status status =
      FromGrpc(grpc::Status(grpc::StatusCode::NOT_FOUND, "gone", "\xff\xff\xff"));
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Reason(status), "");
  EXPECT_FALSE(GetErrorInfo(status).has_value());
  EXPECT_FALSE(GetRetryDelay(status).has_value());
}

TEST(Status, OkIsOk) { EXPECT_TRUE(FromGrpc(grpc::Status::OK).ok()); }

}  // namespace
}  // namespace navo::client
