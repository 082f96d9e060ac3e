#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "navo/v1/participant.grpc.pb.h"
#include "services/access/rules.h"
#include "tests/support/raw_call.h"
#include "tests/support/server_process.h"
#include "tests/support/temp_folder.h"
#include "tests/support/test_server.h"

// The real program on a real port: what tools ask of it, and what it says in its log.
namespace navo::support {
namespace {

constexpr char kCheck[] = "/grpc.health.v1.Health/Check";
constexpr char kReflection[] = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";
constexpr int kServing = 1;

class HealthTest : public ::testing::Test {
 protected:
  client::Client Anybody() const {
    client::ClientOptions options;
    options.address = server_.address();
    return client::Client(options);
  }
  static absl::Status LookUp(const client::Client& caller, const std::string& number) {
    v1::LookupParticipantRequest request;
    request.set_national_identity_number(number);
    return caller.Call(&v1::ParticipantService::Stub::Lookup, request).status();
  }
  // Calls that go wrong in different ways; the id of a participant.
  std::string CauseFaults(const std::string& wrong) const {
    const client::Client kari = server_.As("kari");
    const std::string id = Register(kari, "amina");
    EXPECT_TRUE(absl::IsInvalidArgument(LookUp(kari, wrong)));
    absl::Status guessed;
    for (int i = 0; i < 100 && !absl::IsResourceExhausted(guessed); ++i) {
      guessed = LookUp(kari, NumberOf("tesfay"));
    }
    EXPECT_TRUE(absl::IsResourceExhausted(guessed)) << guessed;
    const std::string create = RawField(5, RawField(1, "Warsame\xff"));
    EXPECT_FALSE(RawCall(kari, "/navo.v1.ParticipantService/Create", create).status.ok());
    EXPECT_FALSE(client::Client({.address = server_.address(), .token = "eyJ.wrong.token"})
                     .Call(&v1::ParticipantService::Stub::List, v1::ListParticipantsRequest())
                     .ok());
    return id;
  }

  TempFolder folder_;
  ServerProcess server_{{.database = folder_.File("navo.db"), .dev_folder = folder_.File("dev")}};
};

TEST_F(HealthTest, TheHealthServiceSaysServingToAnybody) {
  const RawAnswer whole = RawCall(Anybody(), kCheck, "");
  ASSERT_TRUE(whole.status.ok()) << whole.status;
  EXPECT_EQ(RawNumber(whole.bytes, 1), kServing);
  const RawAnswer one = RawCall(Anybody(), kCheck, RawField(1, "navo.v1.PlanService"));
  // Only what is registered there has a state of its own; what is not is NOT_FOUND.
  EXPECT_TRUE(one.status.ok() ? RawNumber(one.bytes, 1) == kServing : absl::IsNotFound(one.status))
      << one.status;
}

TEST_F(HealthTest, ReflectionListsEveryServiceAndNoMore) {
  const RawAnswer answer = RawCall(Anybody(), kReflection, RawField(7, ""));
  ASSERT_TRUE(answer.status.ok()) << answer.status;
  const std::vector<std::string> lists = RawTexts(answer.bytes, 6);
  ASSERT_EQ(lists.size(), 1u);
  std::vector<std::string> listed;
  for (const std::string& service : RawTexts(lists.front(), 1)) {
    listed.push_back(RawTexts(service, 1).at(0));
  }
  std::vector<std::string> expected = {"grpc.health.v1.Health",
                                       "grpc.reflection.v1alpha.ServerReflection"};
  for (const access::Rule& rule : access::AllRules()) {
    const std::string method(rule.method);
    expected.push_back(method.substr(0, method.rfind('.')));
  }
  std::sort(expected.begin(), expected.end());
  expected.erase(std::unique(expected.begin(), expected.end()), expected.end());
  std::sort(listed.begin(), listed.end());
  EXPECT_EQ(listed, expected);
}

TEST_F(HealthTest, ItStopsAtASignalAndIsNotThereAnyMore) {
  const client::Client anybody = Anybody();
  EXPECT_EQ(server_.Stop(), EXIT_SUCCESS);
  EXPECT_NE(server_.Output().find("\"event\":\"stopping\""), std::string::npos);
  EXPECT_EQ(RawCall(anybody, kCheck, "").status.code(), absl::StatusCode::kUnavailable);
}

// The log is for the operator: JSON lines with methods, codes and times, and nobody in them.
TEST_F(HealthTest, TheLogTellsOfFaultsAndOfNobody) {
  const std::string wrong = "17838549889";
  const std::string id = CauseFaults(wrong);
  EXPECT_EQ(server_.Stop(), EXIT_SUCCESS);

  const std::string log = server_.Output();
  EXPECT_NE(log.find("\"reason\":\"RATE_LIMITED\""), std::string::npos) << log;
  const std::string token = server_.TokenFor("kari");
  for (const std::string& secret :
       {NumberOf("amina"), NumberOf("tesfay"), wrong, std::string("Warsame"), std::string("Amina"),
        std::string("kari"), std::string("Kari"), id, std::string("eyJ"), token.substr(0, 30)}) {
    EXPECT_EQ(log.find(secret), std::string::npos) << secret << " stands in\n" << log;
  }
}

}  // namespace
}  // namespace navo::support
