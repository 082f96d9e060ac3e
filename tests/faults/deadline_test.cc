#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <iostream>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/cpp/uuid.h"
#include "navo/v1/follow_up.grpc.pb.h"
#include "tests/faults/database_check.h"
#include "tests/support/dev_token.h"
#include "tests/support/server_process.h"
#include "tests/support/test_server.h"

// Deadlines shorter than a commit: a change has happened wholly or not at all, and the same request
// sent again tells which.
namespace navo::faults {
namespace {

using client::Client;
using FollowUps = v1::FollowUpService::Stub;

v1::RecordFollowUpRequest FollowUp(const std::string& id, const std::string& agreement,
                                   absl::Time at) {
  v1::RecordFollowUpRequest request;
  request.set_request_id(client::NewUuid());
  request.set_participant_id(id);
  request.mutable_follow_up()->set_type(v1::FOLLOW_UP_TYPE_MELDING);
  request.mutable_follow_up()->mutable_occurred_at()->set_seconds(absl::ToUnixSeconds(at));
  request.mutable_follow_up()->set_agreement(agreement);
  return request;
}

// Id by agreement of everything recorded; each agreement stands for one request.
std::map<std::string, std::string> Recorded(const Client& caller, const std::string& id) {
  std::map<std::string, std::string> recorded;
  v1::ListFollowUpsRequest request;
  request.set_participant_id(id);
  request.set_page_size(200);
  do {
    const auto page = caller.Call(&FollowUps::List, request);
    EXPECT_TRUE(page.ok()) << page.status();
    if (!page.ok()) break;
    for (const v1::FollowUp& event : page->follow_ups()) {
      const bool first = recorded.emplace(event.agreement(), event.follow_up_id()).second;
      EXPECT_TRUE(first) << "there twice";
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  return recorded;
}

class DeadlineTest : public ::testing::Test {
 protected:
  struct Hasty {
    v1::RecordFollowUpRequest request;
    absl::StatusOr<v1::RecordFollowUpResponse> answer;
  };

  static constexpr int kPatientClients = 32;
  static constexpr int kHastyCalls = 400;

  Client Calling(absl::Duration deadline) const {
    client::ClientOptions options = support::PatientOptions(server_.address(), token_);
    options.deadline = deadline;
    options.attempt_timeout = deadline;
    return Client(options);
  }

  support::TempFolder folder_;
  support::ServerProcess server_{
      {.database = folder_.File("navo.db"), .dev_folder = folder_.File("dev")}};
  std::string token_ = server_.TokenFor("kari");
  Client kari_ = Calling(absl::Seconds(30));
};

TEST_F(DeadlineTest, OneMillisecondUnderLoadLeavesNothingHalf) {
  const std::string busy = support::Register(kari_, "yusuf");
  const std::string id = support::Register(kari_, "amina");
  std::atomic<bool> enough = false;
  std::atomic<int> patient_written = 0;
  std::vector<std::thread> patient;
  for (int i = 0; i < kPatientClients; ++i) {
    patient.emplace_back([&] {
      while (!enough) {
        const auto answer =
            kari_.Call(&FollowUps::Record, FollowUp(busy, client::NewUuid(), absl::Now()));
        EXPECT_TRUE(answer.ok()) << answer.status();
        ++patient_written;
      }
    });
  }
  std::vector<Hasty> hasty;
  for (int i = 0; i < kHastyCalls; ++i) {
    // From hopeless to just enough.
    const Client caller = Calling(absl::Milliseconds(1 + i % 20));
    const v1::RecordFollowUpRequest request = FollowUp(id, absl::StrCat(i), absl::Now());
    Hasty call{request, caller.Call(&FollowUps::Record, request)};
    EXPECT_TRUE(call.answer.ok() || absl::IsDeadlineExceeded(call.answer.status()))
        << call.answer.status();
    hasty.push_back(std::move(call));
  }
  enough = true;
  for (std::thread& thread : patient) thread.join();

  int unknown = 0;
  int had_happened = 0;
  const auto before = Recorded(kari_, id);
  for (const Hasty& call : hasty) {
    const auto found = before.find(call.request.follow_up().agreement());
    const auto again = kari_.Call(&FollowUps::Record, call.request);
    ASSERT_TRUE(again.ok()) << again.status();
    if (call.answer.ok()) {
      EXPECT_NE(found, before.end()) << "acknowledged and not there";
      EXPECT_EQ(again->SerializeAsString(), call.answer->SerializeAsString());
    } else {
      ++unknown;
      if (found == before.end()) continue;
      ++had_happened;
      EXPECT_EQ(again->follow_up_id(), found->second) << "it had happened and is told otherwise";
    }
  }
  EXPECT_EQ(Recorded(kari_, id).size(), hasty.size());
  EXPECT_GT(unknown, 0) << "no deadline passed: nothing was tried";
  EXPECT_GT(unknown, had_happened) << "every late write was run";
  server_.Kill();
  const DatabaseContent content = CheckDatabase(folder_.File("navo.db"));
  EXPECT_EQ(content.follow_ups, patient_written + kHastyCalls);
  std::cout << unknown << " of " << kHastyCalls << " deadlines passed, " << had_happened
            << " of these writes had happened\n";
}

// The server's clock runs away while writes wait for the writer: they are answered, and not run.
TEST(WaitingTest, AWriteWhoseDeadlinePassedWhileItWaitedIsNotRun) {
  support::TestServer server;
  const Client kari = server.As("kari");
  const std::string id = support::Register(kari, "amina");
  const absl::Time start = server.clock().Now();
  std::atomic<bool> enough = false;
  std::thread running_away([&] {
    // Well under the year for which the token is good.
    for (int minutes = 0; !enough && minutes < 300'000; ++minutes) {
      server.clock().Advance(absl::Minutes(1));
      std::this_thread::sleep_for(std::chrono::microseconds(20));
    }
  });
  v1::RecordFollowUpRequest request;
  absl::Status told;
  int run = 0;
  while (told.ok() && run < 1'000) {
    request = FollowUp(id, absl::StrCat(run), start);
    told = kari.Call(&FollowUps::Record, request).status();
    if (told.ok()) ++run;
  }
  enough = true;
  running_away.join();
  ASSERT_TRUE(absl::IsDeadlineExceeded(told)) << told;
  EXPECT_EQ(support::ReasonOf(told), "DEADLINE_PASSED");
  EXPECT_EQ(Recorded(kari, id).size(), static_cast<size_t>(run)) << "it was run";
  EXPECT_TRUE(kari.Call(&FollowUps::Record, request).ok());
  EXPECT_EQ(Recorded(kari, id).size(), static_cast<size_t>(run) + 1);
}

}  // namespace
}  // namespace navo::faults
