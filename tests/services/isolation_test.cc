// Nobody learns from any answer what the other side has: for every RPC the watcher gets the same
// bytes whether the other side has never heard of the participant, has a rich case, or had a
// consent that was withdrawn, has expired or waits.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "navo/v1/access_log.grpc.pb.h"
#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/kartlegging.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"
#include "tests/services/isolation_probes.h"

namespace navo::support {
namespace {

using Answers = std::vector<std::pair<std::string, std::string>>;  // what was asked, the answer

Probe EndTieProbe() {
  return Ask("the tie", &v1::ParticipantService::Stub::EndTie, [](const IsolationWorld& world) {
    auto request = About<v1::EndTieRequest>(world);
    request.set_reason(v1::TIE_END_REASON_SERVICE_ENDED);
    return request;
  });
}

void AskAll(IsolationWorld& world, const std::string& when, const std::vector<Probe>& probes,
            Answers& answers) {
  for (const Probe& probe : probes) {
    answers.emplace_back(probe.method + ", " + probe.what + ", " + when, probe.ask(world));
  }
}

// Everything that can be asked: before the watcher changes anything, after, and without a tie.
Answers AskEverything(const Sides& sides, OtherSide state) {
  IsolationWorld world(sides, state);
  Answers answers;
  AskAll(world, "as it is", ReadProbes(), answers);
  AskAll(world, "writing", WriteProbes(), answers);
  AskAll(world, "after writing", ReadProbes(), answers);
  AskAll(world, "ending", {EndTieProbe()}, answers);
  AskAll(world, "without a tie", ReadProbes(), answers);
  AskAll(world, "at last", {ImportProbe()}, answers);
  return answers;
}

// Methods of which not one answer was a success.
std::set<std::string> NeverAnswered(const Answers& answers) {
  std::set<std::string> asked;
  std::set<std::string> answered;
  for (const auto& [what, answer] : answers) {
    const std::string method = what.substr(0, what.find(','));
    asked.insert(method);
    if (answer.find(" bytes\n") != std::string::npos) answered.insert(method);
  }
  for (const std::string& method : answered) asked.erase(method);
  return asked;
}

class IsolationTest : public ::testing::TestWithParam<Sides> {};

TEST_P(IsolationTest, EveryAnswerIsTheSameWhateverTheOtherSideHas) {
  const Answers never = AskEverything(GetParam(), OtherSide::kNeverHeardOfHer);
  // Only what is somebody else's by right is refused every time.
  EXPECT_EQ(
      NeverAnswered(never),
      (std::set<std::string>{
          "navo.v1.AccessLogService.ListAccess", "navo.v1.AccessLogService.ListAnomalies",
          "navo.v1.AccessLogService.SearchAccess", "navo.v1.AdminService.AddConsentText",
          "navo.v1.AdminService.AddLegalBasis", "navo.v1.AdminService.CloseController",
          "navo.v1.AdminService.CloseLegalBasis", "navo.v1.AdminService.CreateController",
          "navo.v1.AdminService.ReviewConsentText", "navo.v1.ConsentService.ConfirmGround",
          "navo.v1.FollowUpService.ListExemptions", "navo.v1.KartleggingService.ConfirmSection",
          "navo.v1.ProtectionService.ListShadows", "navo.v1.ProtectionService.MergeShadow",
          "navo.v1.ProtectionService.SetProtection"}));
  for (const OtherSide state : kClosedStates) {
    if (state == OtherSide::kNeverHeardOfHer) continue;
    const Answers answers = AskEverything(GetParam(), state);
    ASSERT_EQ(answers.size(), never.size());
    for (size_t i = 0; i < answers.size(); ++i) {
      EXPECT_EQ(answers[i].second, never[i].second)
          << answers[i].first << "\nfirst: " << NameOf(state)
          << "\nsecond: " << NameOf(OtherSide::kNeverHeardOfHer);
    }
  }
}

// Otherwise the test above could compare answers that never tell anything.
TEST_P(IsolationTest, WithAConsentTheReadsDoShowTheOtherSide) {
  Answers closed;
  Answers open;
  IsolationWorld shut(GetParam(), OtherSide::kRichCase);
  AskAll(shut, "as it is", ReadProbes(), closed);
  IsolationWorld shared(GetParam(), OtherSide::kOpen);
  AskAll(shared, "as it is", ReadProbes(), open);
  std::set<std::string> differ;
  for (size_t i = 0; i < open.size(); ++i) {
    if (open[i].second == closed[i].second) continue;
    differ.insert(open[i].first.substr(0, open[i].first.find(',')));
  }
  EXPECT_EQ(differ, (std::set<std::string>{
                        "navo.v1.ConsentService.ExplainAccess", "navo.v1.ConsentService.GetReceipt",
                        "navo.v1.ConsentService.List", "navo.v1.FeedService.ListChanges",
                        "navo.v1.FollowUpService.List", "navo.v1.FollowUpService.ListVersions",
                        "navo.v1.KartleggingService.Get", "navo.v1.KartleggingService.ListVersions",
                        "navo.v1.LanguageService.GetProgress", "navo.v1.ParticipantService.Get",
                        "navo.v1.PlanService.Get", "navo.v1.PlanService.ListVersions"}));
}

INSTANTIATE_TEST_SUITE_P(Directions, IsolationTest,
                         ::testing::Values(VeilederWatchesTeacher(), TeacherWatchesVeileder()),
                         [](const auto& sides) { return sides.param.watcher; });

TEST(IsolationProbesTest, NoRpcIsWithoutAQuestion) {
  std::set<std::string> asked;
  for (const Probe& probe : ReadProbes()) asked.insert(probe.method);
  for (const Probe& probe : WriteProbes()) asked.insert(probe.method);
  asked.insert({EndTieProbe().method, ImportProbe().method});
  const std::vector<std::string> all = AllMethods();
  EXPECT_GE(all.size(), 40u);
  EXPECT_EQ(asked, std::set<std::string>(all.begin(), all.end()));
}

// What a unit keeps to itself is as much a secret within its own controller.
TEST(OwnUnitTest, EveryAnswerIsTheSameWhateverAnotherUnitOfTheControllerKeepsToItself) {
  Answers answers[2];
  for (const bool keeps : {false, true}) {
    IsolationWorld world(VeilederWatchesTeacher(), OtherSide::kRichCase);
    const client::Client per = world.server().As("per");
    const std::string id = Register(per, "amina");
    if (keeps) {
      for (const v1::SectionKind kind :
           {v1::SECTION_KIND_NEEDS_BARRIERS, v1::SECTION_KIND_BENEFIT_TYPE_PERIOD,
            v1::SECTION_KIND_HEALTH_WORK_ABILITY}) {
        v1::RecordSectionRequest request = NewSection(id, ContentOf(kind, "på Stovner"));
        request.set_duplicate_reason(v1::DUPLICATE_REASON_MORE_DETAIL);
        Must(per, &v1::KartleggingService::Stub::RecordSection, request);
      }
    }
    AskAll(world, "as it is", ReadProbes(), answers[keeps]);
    AskAll(world, "writing", WriteProbes(), answers[keeps]);
    AskAll(world, "after writing", ReadProbes(), answers[keeps]);
    AskAll(world, "ending", {EndTieProbe()}, answers[keeps]);
  }
  ASSERT_EQ(answers[0].size(), answers[1].size());
  for (size_t i = 0; i < answers[0].size(); ++i) {
    EXPECT_EQ(answers[1][i].second, answers[0][i].second) << answers[0][i].first;
  }
}

// Two servers; at one of them the other side has her.
TEST(RegisteringTest, APersonTheOtherSideHasIsRegisteredWithTheSameBytes) {
  std::map<std::string, std::set<std::string>> answers;
  for (const bool known : {false, true}) {
    TestServer server;
    if (known) {
      const client::Client tor = server.As("tor");
      MakeRichCase(tor, Register(tor, "amina"), "hos dem", true);
    }
    const client::Client kari = server.As("kari");
    v1::CreateParticipantRequest request;
    request.set_national_identity_number(NumberOf("amina"));
    request.set_tie_reason(v1::TIE_REASON_OWN_REQUEST);
    request.set_identity_confirmation(v1::IDENTITY_CONFIRMATION_ID_DOCUMENT);
    request.mutable_contact()->set_given_name("Amina");
    const auto created = kari.Call(&v1::ParticipantService::Stub::Create, request);
    ASSERT_TRUE(created.ok()) << created.status();
    answers["registering"].insert(NeutralText(created));
    v1::OpenPlanRequest open;
    open.set_participant_id(created->participant_id());
    open.mutable_goals()->set_sluttmaal("Fagbrev");
    answers["opening the plan"].insert(NeutralText(kari.Call(&v1::PlanService::Stub::Open, open)));
    v1::GetPlanRequest plan;
    plan.set_participant_id(created->participant_id());
    answers["the plan"].insert(NeutralText(kari.Call(&v1::PlanService::Stub::Get, plan)));
    v1::GetParticipantRequest who;
    who.set_participant_id(created->participant_id());
    answers["who"].insert(NeutralText(kari.Call(&v1::ParticipantService::Stub::Get, who)));
  }
  for (const auto& [what, texts] : answers) {
    EXPECT_EQ(texts.size(), 1u) << what << ":\n" << *texts.begin() << "or\n" << *texts.rbegin();
  }
}

// PERSONVERN of NAV reads who looked at NAV's data: nothing in it comes from what VO does with its
// own.
TEST(PersonvernTest, TheLogOfTheOwnDataIsTheSameWhateverTheOtherSideHas) {
  std::set<std::string> logs;
  for (const bool known : {false, true}) {
    TestServer server;
    const client::Client kari = server.As("kari").WithAct("aaaaaaaa-0000-4000-8000-000000000001");
    const std::string id = Register(kari, "amina");
    MakeRichCase(kari, id, "hos oss", true);
    if (known) {
      const client::Client tor = server.As("tor");
      const std::string for_tor = Register(tor, "amina");
      MakeRichCase(tor, for_tor, "hos dem", true);
      Must(tor, &v1::ConsentService::Stub::GiveConsent,
           NewConsent(for_tor, FullRelease("oslo-vo", "nav-statlig")));
      Must(tor, &v1::ConsentService::Stub::WithdrawConsent, NewWithdrawal(for_tor));
    }
    v1::GetPlanRequest look;
    look.set_participant_id(id);
    Must(kari.WithAct("bbbbbbbb-0000-4000-8000-000000000002"), &v1::PlanService::Stub::Get, look);
    v1::ListAccessRequest request;
    request.set_participant_id(id);
    const auto listed = server.As("dag").Call(&v1::AccessLogService::Stub::ListAccess, request);
    ASSERT_TRUE(listed.ok()) << listed.status();
    EXPECT_EQ(listed->acts_size(), 2);
    logs.insert(NeutralText(listed));
  }
  EXPECT_EQ(logs.size(), 1u) << *logs.begin() << "or\n" << *logs.rbegin();
}

}  // namespace
}  // namespace navo::support
