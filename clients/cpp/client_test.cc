// The client against a real server on the loopback interface, whose answers the test decides.
#include "clients/cpp/client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/server_builder.h"
#include "navo/v1/follow_up.grpc.pb.h"

namespace navo::client {
namespace {

// Fails with the given statuses in turn, then succeeds; remembers what it was sent.
class FakeFollowUps final : public v1::FollowUpService::Service {
 public:
  void FailWith(std::vector<grpc::Status> statuses) { statuses_ = std::move(statuses); }

  grpc::Status Record(grpc::ServerContext* context, const v1::RecordFollowUpRequest* request,
                      v1::RecordFollowUpResponse* response) override {
    const std::lock_guard lock(mutex_);
    request_ids.push_back(request->request_id());
    const grpc::Status status = Next(context);
    if (status.ok()) response->set_follow_up_id("f1");
    return status;
  }

  grpc::Status List(grpc::ServerContext* context, const v1::ListFollowUpsRequest*,
                    v1::ListFollowUpsResponse*) override {
    if (hang) {
      while (!context->IsCancelled()) std::this_thread::yield();
      return grpc::Status::CANCELLED;
    }
    const std::lock_guard lock(mutex_);
    return Next(context);
  }

  std::vector<std::string> request_ids;
  std::multimap<std::string, std::string> metadata;
  int calls = 0;
  bool hang = false;

 private:
  grpc::Status Next(grpc::ServerContext* context) {
    for (const auto& [key, value] : context->client_metadata()) {
      metadata.emplace(std::string(key.data(), key.size()),
                       std::string(value.data(), value.size()));
    }
    const auto index = static_cast<size_t>(calls++);
    return index < statuses_.size() ? statuses_[index] : grpc::Status::OK;
  }

  std::mutex mutex_;
  std::vector<grpc::Status> statuses_;
};

class ClientTest : public testing::Test {
 protected:
  void SetUp() override {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    ASSERT_NE(server_, nullptr);
    options_.address = "127.0.0.1:" + std::to_string(port);
    options_.retry.sleep = [this](absl::Duration wait) { waits_.push_back(wait); };
  }

  absl::StatusOr<v1::RecordFollowUpResponse> Record(v1::RecordFollowUpRequest request = {}) {
    return Client(options_).Call(&v1::FollowUpService::Stub::Record, std::move(request));
  }

  FakeFollowUps service_;
  ClientOptions options_;
  std::vector<absl::Duration> waits_;
  std::unique_ptr<grpc::Server> server_;
};

grpc::Status Unavailable() { return {grpc::StatusCode::UNAVAILABLE, "busy"}; }

grpc::Status Overloaded(int seconds) {
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_seconds(seconds);
  google::rpc::Status rich;
  rich.set_code(grpc::StatusCode::RESOURCE_EXHAUSTED);
  rich.add_details()->PackFrom(retry);
  return {grpc::StatusCode::RESOURCE_EXHAUSTED, "overloaded", rich.SerializeAsString()};
}

TEST_F(ClientTest, RepeatsAWriteWithTheSameRequestId) {
  service_.FailWith({Unavailable(), Unavailable(), Unavailable()});
  const auto response = Record();
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->follow_up_id(), "f1");
  EXPECT_EQ(service_.calls, 4);
  const std::set<std::string> distinct(service_.request_ids.begin(), service_.request_ids.end());
  EXPECT_EQ(distinct.size(), 1u);
  EXPECT_EQ(distinct.begin()->size(), 36u);
  EXPECT_EQ(waits_.size(), 3u);
}

TEST_F(ClientTest, TwoWritesHaveTwoRequestIds) {
  ASSERT_TRUE(Record().ok());
  ASSERT_TRUE(Record().ok());
  EXPECT_NE(service_.request_ids[0], service_.request_ids[1]);
}

TEST_F(ClientTest, KeepsARequestIdThatWasGiven) {
  v1::RecordFollowUpRequest request;
  request.set_request_id("11111111-1111-4111-8111-111111111111");
  ASSERT_TRUE(Record(request).ok());
  EXPECT_EQ(service_.request_ids, std::vector<std::string>{request.request_id()});
}

TEST_F(ClientTest, GivesUpAfterTheLastAttempt) {
  service_.FailWith(std::vector<grpc::Status>(20, Unavailable()));
  EXPECT_EQ(Record().status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(service_.calls, options_.retry.max_attempts);
}

TEST_F(ClientTest, WaitsAsLongAsTheServerAsks) {
  service_.FailWith({Overloaded(2)});
  ASSERT_TRUE(Record().ok());
  ASSERT_EQ(waits_.size(), 1u);
  EXPECT_GE(waits_[0], absl::Seconds(2));
}

TEST_F(ClientTest, OtherAnswersAreFinal) {
  const grpc::StatusCode codes[] = {
      grpc::StatusCode::INVALID_ARGUMENT,   grpc::StatusCode::ABORTED,
      grpc::StatusCode::NOT_FOUND,          grpc::StatusCode::INTERNAL,
      grpc::StatusCode::RESOURCE_EXHAUSTED, grpc::StatusCode::PERMISSION_DENIED};
  for (const grpc::StatusCode code : codes) {
    service_.calls = 0;
    service_.FailWith({grpc::Status(code, "no")});
    EXPECT_EQ(static_cast<int>(Record().status().code()), static_cast<int>(code));
    EXPECT_EQ(service_.calls, 1) << code;
  }
}

TEST_F(ClientTest, AnAttemptThatHangsIsTriedAgainWithinTheDeadline) {
  service_.hang = true;
  options_.attempt_timeout = absl::Milliseconds(50);
  options_.retry.max_attempts = 3;
  const auto start = absl::Now();
  const auto response =
      Client(options_).Call(&v1::FollowUpService::Stub::List, v1::ListFollowUpsRequest());
  EXPECT_EQ(response.status().code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_GE(absl::Now() - start, absl::Milliseconds(150));
  EXPECT_EQ(waits_.size(), 2u);
}

TEST_F(ClientTest, SendsTokenUnitAndAct) {
  options_.token = "abc";
  options_.unit = "vo-rosenhof";
  const Client client(options_);
  ASSERT_TRUE(client.Call(&v1::FollowUpService::Stub::List, v1::ListFollowUpsRequest()).ok());
  ASSERT_TRUE(client.Call(&v1::FollowUpService::Stub::List, v1::ListFollowUpsRequest()).ok());
  EXPECT_THAT(service_.metadata, testing::Contains(testing::Pair("authorization", "Bearer abc")));
  EXPECT_THAT(service_.metadata, testing::Contains(testing::Pair("navo-unit", "vo-rosenhof")));
  const auto [first, end] = service_.metadata.equal_range("navo-act");
  ASSERT_EQ(std::distance(first, end), 2);
  EXPECT_EQ(first->second, std::next(first)->second);
}

TEST_F(ClientTest, AnotherActSharesTheConnection) {
  const Client client(options_);
  const Client other = client.WithAct("");
  EXPECT_NE(client.options().act_id, other.options().act_id);
  EXPECT_EQ(client.channel(), other.channel());
}

TEST_F(ClientTest, AServerThatIsNotThereIsUnavailable) {
  server_->Shutdown();
  EXPECT_EQ(Record().status().code(), absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace navo::client
