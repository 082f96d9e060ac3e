// Nobody learns from any answer what the other side has: for every RPC the watcher gets the same bytes
// whether the other side has never heard of the participant, has a rich case, or had a consent that
// was withdrawn, has expired or waits.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

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
  return answers;
}

class IsolationTest : public ::testing::TestWithParam<Sides> {};

TEST_P(IsolationTest, EveryAnswerIsTheSameWhateverTheOtherSideHas) {
  const Answers never = AskEverything(GetParam(), OtherSide::kNeverHeardOfHer);
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
                        "navo.v1.ConsentService.List", "navo.v1.FollowUpService.List",
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
  asked.insert(EndTieProbe().method);
  const std::vector<std::string> all = AllMethods();
  EXPECT_GE(all.size(), 36u);
  EXPECT_EQ(asked, std::set<std::string>(all.begin(), all.end()));
}

// Two worlds that are the same but for the person's number.
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

}  // namespace
}  // namespace navo::support
