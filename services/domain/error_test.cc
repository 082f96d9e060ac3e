#include "services/domain/error.h"

#include <string>

#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "gtest/gtest.h"
#include "services/domain/absl_view.h"
#include "services/domain/reasons.h"

namespace navo::domain {
namespace {

using ::testing::HasSubstr;

template <typename Message>
Message Payload(const absl::Status& status, std::string_view url) {
  Message message;
  const auto payload = status.GetPayload(AbslView(url));
  EXPECT_TRUE(payload.has_value()) << url;
  if (payload.has_value()) {
    EXPECT_TRUE(message.ParseFromString(std::string(*payload)));
  }
  return message;
}

TEST(MakeErrorTest, CarriesReasonDomainAndMetadata) {
  const absl::Status status = MakeError(absl::StatusCode::kAborted, reason::kStaleEtag,
                                        "The plan was changed.", {{"etag", "abc"}});
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(std::string(status.message()), "The plan was changed.");
  EXPECT_EQ(ReasonOf(status), "STALE_ETAG");
  EXPECT_EQ(MetadataOf(status, "etag"), "abc");
  EXPECT_EQ(MetadataOf(status, "unit"), "");
  EXPECT_EQ(Payload<google::rpc::ErrorInfo>(status, kErrorInfoUrl).domain(), "navo");
}

TEST(MakeErrorTest, StatusMadeElsewhereHasNoReason) {
  EXPECT_EQ(ReasonOf(absl::OkStatus()), "");
  EXPECT_EQ(ReasonOf(absl::InternalError("broken")), "");
  EXPECT_EQ(MetadataOf(absl::InternalError("broken"), "etag"), "");
}

TEST(MakeErrorTest, NotFoundIsAlwaysTheSame) {
  EXPECT_EQ(NotFound(), NotFound());
  EXPECT_EQ(NotFound().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReasonOf(NotFound()), "NOT_FOUND");
}

TEST(WithRetryTest, AddsTheDelayAndKeepsTheReason) {
  const absl::Status status = WithRetry(
      MakeError(absl::StatusCode::kResourceExhausted, reason::kOverloaded, "Busy."), 1250);
  EXPECT_EQ(ReasonOf(status), "OVERLOADED");
  const auto retry = Payload<google::rpc::RetryInfo>(status, kRetryInfoUrl);
  EXPECT_EQ(retry.retry_delay().seconds(), 1);
  EXPECT_EQ(retry.retry_delay().nanos(), 250'000'000);
}

TEST(ViolationsTest, EmptyIsOk) {
  const Violations violations;
  EXPECT_TRUE(violations.empty());
  EXPECT_TRUE(violations.ToStatus().ok());
}

TEST(ViolationsTest, ListsEveryFieldInTheOrderAdded) {
  Violations violations;
  violations.Add("title", "must not be empty");
  violations.Add("from", "must be a date");
  violations.Add("steps[3].title", "must be at most 200 characters");
  violations.Add("goal", "must not be empty");
  EXPECT_FALSE(violations.empty());

  const absl::Status status = violations.ToStatus();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(status), "INVALID_FIELDS");
  EXPECT_EQ(
      std::string(status.message()),
      "4 fields are wrong: title must not be empty; from must be a date; steps[3].title must be "
      "at most 200 characters; the rest is in the error details");
  const auto details = Payload<google::rpc::BadRequest>(status, kBadRequestUrl);
  ASSERT_EQ(details.field_violations_size(), 4);
  EXPECT_EQ(details.field_violations(0).field(), "title");
  EXPECT_EQ(details.field_violations(2).field(), "steps[3].title");
  EXPECT_EQ(details.field_violations(3).description(), "must not be empty");
}

TEST(ViolationsTest, OneFieldReadsAsOne) {
  Violations violations;
  violations.Add("title", "must not be empty");
  EXPECT_EQ(std::string(violations.ToStatus().message()),
            "1 field is wrong: title must not be empty");
}

TEST(ViolationsTest, ManyFieldsStillFitTheTrailersAndSayHowManyAreLeft) {
  Violations violations;
  for (int i = 0; i < 1000; ++i) {
    violations.Add("steps[" + std::to_string(i) + "].title", "must be at most 200 characters");
  }
  const absl::Status status = violations.ToStatus();
  const auto details = Payload<google::rpc::BadRequest>(status, kBadRequestUrl);
  const int listed = details.field_violations_size() - 1;
  EXPECT_GT(listed, 40);
  EXPECT_EQ(details.field_violations(listed - 1).field(),
            "steps[" + std::to_string(listed - 1) + "].title");
  EXPECT_THAT(details.field_violations(listed).description(),
              HasSubstr("and " + std::to_string(1000 - listed) + " more fields"));
  EXPECT_EQ(details.field_violations(listed).field(), "");
  const std::size_t details_bytes = details.ByteSizeLong() + status.message().size();
  EXPECT_LT(details_bytes * 4 / 3 + status.message().size(), 7000u);
}

}  // namespace
}  // namespace navo::domain
