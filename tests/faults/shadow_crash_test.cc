#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/audit/verify.h"
#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/follow_up.grpc.pb.h"
#include "navo/v1/kartlegging.grpc.pb.h"
#include "navo/v1/language.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"
#include "navo/v1/protection.grpc.pb.h"
#include "tests/support/rich_case.h"
#include "tests/support/server_process.h"
#include "tests/support/temp_folder.h"
#include "tests/support/test_server.h"

// The server is killed while a shadow record is merged: it is merged wholly or not at all, and
// nothing of it is lost.
namespace navo::faults {
namespace {

using support::Must;
using support::ServerProcess;
using Protection = v1::ProtectionService::Stub;

constexpr int kRounds = 16;

template <class Request>
Request On(const std::string& id) {
  Request request;
  request.set_participant_id(id);
  return request;
}

// How much of each kind somebody reads of a person.
std::vector<int> Counts(const client::Client& caller, const std::string& id) {
  const auto plan = Must(caller, &v1::PlanService::Stub::Get, On<v1::GetPlanRequest>(id));
  int steps = 0;
  for (const v1::PlanPart& part : plan.plan().parts()) steps += part.steps_size();
  const auto progress =
      Must(caller, &v1::LanguageService::Stub::GetProgress, On<v1::GetProgressRequest>(id));
  int judgements = 0;
  for (const v1::SkillProgress& skill : progress.skills()) judgements += skill.assessments_size();
  const auto picture =
      Must(caller, &v1::KartleggingService::Stub::Get, On<v1::GetKartleggingRequest>(id));
  int sections = 0;
  for (const v1::KindPicture& kind : picture.kinds()) sections += kind.sections_size();
  return {
      steps,
      sections,
      Must(caller, &v1::FollowUpService::Stub::List, On<v1::ListFollowUpsRequest>(id))
          .follow_ups_size(),
      Must(caller, &v1::ConsentService::Stub::List, On<v1::ListGroundsRequest>(id)).grounds_size(),
      progress.hours_size(),
      judgements,
      Must(caller, &v1::ParticipantService::Stub::Get, On<v1::GetParticipantRequest>(id))
          .sides_size()};
}

void ExpectWholeLog(const std::string& database) {
  auto log = audit::LogFile::Open(database);
  ASSERT_TRUE(log.ok()) << log.status();
  const auto report = audit::Verify(*log, {});
  ASSERT_TRUE(report.ok()) << report.status();
  for (const audit::Finding& finding : report->findings) ADD_FAILURE() << finding.text;
}

absl::StatusCode Found(const client::Client& caller, const std::string& id) {
  return caller.Call(&v1::ParticipantService::Stub::Get, On<v1::GetParticipantRequest>(id))
      .status()
      .code();
}

class ShadowCrashTest : public ::testing::Test {
 protected:
  ServerProcess::Setup Files(int round) const {
    return {.database = folder_.File(absl::StrCat(round, ".db")),
            .dev_folder = folder_.File("dev"),
            .more = {"--disk-reserve-mb", "0"}};
  }

  // What the merge answered, if anything, before the server died.
  static absl::StatusOr<v1::MergeShadowResponse> MergeAndDie(ServerProcess& server,
                                                             const v1::MergeShadowRequest& merge,
                                                             int round) {
    absl::StatusOr<v1::MergeShadowResponse> answer;
    const client::Client frida = server.As("frida");
    Counts(frida, merge.shadow_id());  // connected and signed in
    std::thread thread([&] { answer = frida.Call(&Protection::MergeShadow, merge); });
    std::this_thread::sleep_for(std::chrono::microseconds(700) * round);  // when it dies
    server.Kill();
    thread.join();
    return answer;
  }

  support::TempFolder folder_;
};

TEST_F(ShadowCrashTest, AMergeIsThereWhollyOrNotAtAll) {
  int merged_before = 0;
  int answered = 0;
  for (int round = 0; round < kRounds && !HasFailure(); ++round) {
    SCOPED_TRACE(absl::StrCat("round ", round));
    v1::MergeShadowRequest merge;
    merge.set_request_id(absl::StrCat("11111111-1111-4111-8111-", 100000000000 + round));
    std::vector<int> before;
    absl::StatusOr<v1::MergeShadowResponse> answer;
    {
      ServerProcess server(Files(round));
      ASSERT_TRUE(server.listening()) << server.Output();
      const client::Client kari = server.As("kari");
      merge.set_shadow_id(support::Register(kari, "maryam"));
      support::MakeRichCase(kari, merge.shadow_id(), "hos oss", true);
      Must(
          kari, &v1::ConsentService::Stub::RecordLegalBasis,
          support::NewLegalBasis(merge.shadow_id(), support::LawRelease("nav-statlig", "oslo-vo")));
      if (round % 2 == 0) support::Register(server.As("tor"), "maryam");  // a shadow of VO's
      before = Counts(kari, merge.shadow_id());
      answer = MergeAndDie(server, merge, round);
    }
    {
      ServerProcess server(Files(round));
      ASSERT_TRUE(server.listening()) << server.Output();
      const client::Client kari = server.As("kari");
      const client::Client frida = server.As("frida");
      const bool merged =
          Must(frida, &Protection::ListShadows, v1::ListShadowsRequest()).shadows().empty();
      merged_before += merged ? 1 : 0;
      answered += answer.ok() ? 1 : 0;
      EXPECT_TRUE(merged || !answer.ok()) << "acknowledged and lost";
      EXPECT_EQ(Found(kari, merge.shadow_id()),
                merged ? absl::StatusCode::kNotFound : absl::StatusCode::kOk);
      EXPECT_EQ(Counts(frida, merge.shadow_id()), before);
      const std::string id = Must(frida, &Protection::MergeShadow, merge).participant_id();
      EXPECT_EQ(id, answer.ok() ? answer->participant_id() : id);
      EXPECT_EQ(Counts(frida, id), before);
      EXPECT_EQ(Found(kari, merge.shadow_id()), absl::StatusCode::kNotFound);
      server.Kill();
    }
    ExpectWholeLog(Files(round).database);
  }
  EXPECT_GT(answered, 0) << "it always died before";
  EXPECT_LT(merged_before, kRounds) << "it always died after";
}

}  // namespace
}  // namespace navo::faults
