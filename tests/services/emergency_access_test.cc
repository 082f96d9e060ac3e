// Emergency access: what it opens, what it never opens, who is told, and when it is over.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "navo/v1/access_log.grpc.pb.h"
#include "navo/v1/emergency_access.grpc.pb.h"
#include "navo/v1/follow_up.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"
#include "tests/support/neutral.h"
#include "tests/support/rich_case.h"
#include "tests/support/test_server.h"

namespace navo::support {
namespace {

using Emergency = v1::EmergencyAccessService::Stub;
using ::testing::IsEmpty;
using ::testing::SizeIs;

template <class Request>
Request On(const std::string& id) {
  Request request;
  request.set_participant_id(id);
  return request;
}

class EmergencyAccessTest : public ::testing::Test {
 protected:
  static v1::OpenEmergencyAccessRequest Ask(const std::string& person) {
    v1::OpenEmergencyAccessRequest request;
    request.set_national_identity_number(NumberOf(person));
    request.set_reason("Ringte fra legevakten, trenger kontaktperson");
    return request;
  }
  static v1::OpenEmergencyAccessResponse Open(const client::Client& caller,
                                              const std::string& person) {
    return Must(caller, &Emergency::Open, Ask(person));
  }
  static v1::ListEmergencyAccessResponse List(const client::Client& caller) {
    return Must(caller, &Emergency::List, v1::ListEmergencyAccessRequest());
  }
  static absl::StatusCode Look(const client::Client& caller, const std::string& id) {
    return caller.Call(&v1::ParticipantService::Stub::Get, On<v1::GetParticipantRequest>(id))
        .status()
        .code();
  }

  TestServer server_;
  client::Client kari_ = server_.As("kari");  // NAV Grorud, statlig
  client::Client per_ = server_.As("per");    // NAV Stovner: the same controller
  client::Client tor_ = server_.As("tor");    // VO Rosenhof
  client::Client liv_ = server_.As("liv");    // leader at NAV Grorud
  client::Client dag_ = server_.As("dag");    // PERSONVERN of NAV statlig
};

TEST_F(EmergencyAccessTest, ItShowsTheCaseOfTheOwnControllerForFourHours) {
  const std::string id = Register(per_, "amina");
  MakeRichCase(per_, id, "på Stovner", true);
  EXPECT_EQ(Look(kari_, id), absl::StatusCode::kNotFound);
  const auto opened = Open(kari_, "amina");
  EXPECT_EQ(opened.participant_id(), id);
  const auto plan = Must(kari_, &v1::PlanService::Stub::Get, On<v1::GetPlanRequest>(id));
  ASSERT_THAT(plan.plan().parts(), SizeIs(1));
  EXPECT_FALSE(plan.plan().parts(0).steps().empty());
  // Notes stay with the unit that wrote them.
  const auto events =
      Must(kari_, &v1::FollowUpService::Stub::List, On<v1::ListFollowUpsRequest>(id));
  ASSERT_FALSE(events.follow_ups().empty());
  for (const v1::FollowUp& event : events.follow_ups()) {
    EXPECT_TRUE(event.note().empty());
    EXPECT_EQ(event.note_withheld().reason(), v1::WITHHELD_REASON_OWN_UNIT_ONLY);
  }
  server_.clock().Advance(absl::Hours(4) - absl::Seconds(1));
  EXPECT_EQ(Look(kari_, id), absl::StatusCode::kOk);
  server_.clock().Advance(absl::Seconds(1));
  EXPECT_EQ(Look(kari_, id), absl::StatusCode::kNotFound);
}

TEST_F(EmergencyAccessTest, ItIsOfOnePersonAndWritesAndListsNothing) {
  const std::string id = Register(per_, "amina");
  MakeRichCase(per_, id, "på Stovner", true);
  Open(kari_, "amina");
  EXPECT_EQ(Look(server_.As("jan"), id), absl::StatusCode::kNotFound) << "a colleague";
  const auto step = kari_.Call(&v1::PlanService::Stub::AddStep, NewStep(id, "Kurs"));
  EXPECT_EQ(step.status().code(), absl::StatusCode::kNotFound);
  v1::RecordFollowUpRequest event = On<v1::RecordFollowUpRequest>(id);
  event.mutable_follow_up()->set_type(v1::FOLLOW_UP_TYPE_TELEFON);
  event.mutable_follow_up()->mutable_occurred_at()->set_seconds(1'793'600'000);
  EXPECT_EQ(kari_.Call(&v1::FollowUpService::Stub::Record, event).status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(
      Must(kari_, &v1::ParticipantService::Stub::List, v1::ListParticipantsRequest()).total_size(),
      0);
}

TEST_F(EmergencyAccessTest, AGroundOpensNothingThroughIt) {
  const std::string for_per = Register(per_, "amina");
  const std::string for_tor = Register(tor_, "amina");
  MakeRichCase(tor_, for_tor, "hos VO", true);
  ConsentBothWays(per_, for_per, tor_, for_tor);
  ASSERT_THAT(
      Must(per_, &v1::PlanService::Stub::Get, On<v1::GetPlanRequest>(for_per)).plan().parts(),
      SizeIs(1));
  Open(kari_, "amina");
  const auto plan = kari_.Call(&v1::PlanService::Stub::Get, On<v1::GetPlanRequest>(for_per));
  EXPECT_EQ(plan.status().code(), absl::StatusCode::kNotFound) << "the own side has none";
  const auto who =
      Must(kari_, &v1::ParticipantService::Stub::Get, On<v1::GetParticipantRequest>(for_per));
  ASSERT_THAT(who.sides(), SizeIs(1));
  EXPECT_EQ(who.sides(0).provenance().controller(), "nav-statlig");
}

TEST_F(EmergencyAccessTest, TheAnswerIsTheSameForWhoeverMayNotBeSeen) {
  std::set<std::string> answers;
  Register(tor_, "yusuf");                  // known to the other side alone
  Register(server_.As("sara"), "signe");    // shielded
  Register(server_.As("frida"), "maryam");  // strictly confidential
  for (const char* person : {"olena", "yusuf", "signe", "maryam"}) {
    answers.insert(NeutralText(per_.Call(&Emergency::Open, Ask(person))));
  }
  Register(kari_, "bushra");  // of jan's family
  answers.insert(NeutralText(server_.As("jan").Call(&Emergency::Open, Ask("bushra"))));
  ASSERT_EQ(answers.size(), 1u) << *answers.begin() << "or\n" << *answers.rbegin();
  EXPECT_THAT(*answers.begin(), ::testing::HasSubstr("NOT_FOUND"));
  EXPECT_THAT(List(dag_).emergency_accesses(), IsEmpty());
}

TEST_F(EmergencyAccessTest, GuessingNumbersIsSlowedDown) {
  absl::Status status;
  int tries = 0;
  for (; tries < 100 && !absl::IsResourceExhausted(status); ++tries) {
    status = kari_.Call(&Emergency::Open, Ask("olena")).status();
  }
  EXPECT_LT(tries, 100);
  EXPECT_EQ(ReasonOf(status), "RATE_LIMITED");
}

TEST_F(EmergencyAccessTest, LeaderAndPersonvernSeeItAtOnceAndTheParticipantInTheLog) {
  const std::string id = Register(per_, "amina");
  Open(kari_, "amina");
  for (const client::Client& caller : {kari_, liv_, dag_}) {
    const auto listed = List(caller);
    ASSERT_THAT(listed.emergency_accesses(), SizeIs(1));
    EXPECT_EQ(listed.emergency_accesses(0).participant_id(), id);
    EXPECT_EQ(listed.emergency_accesses(0).provenance().recorded_by(), "Kari Nordby");
    EXPECT_EQ(listed.emergency_accesses(0).reason(),
              "Ringte fra legevakten, trenger kontaktperson");
    EXPECT_TRUE(listed.emergency_accesses(0).open());
  }
  EXPECT_THAT(List(server_.As("jan")).emergency_accesses(), IsEmpty()) << "each their own";
  EXPECT_THAT(List(per_).emergency_accesses(), IsEmpty());
  EXPECT_THAT(List(server_.As("vera")).emergency_accesses(), IsEmpty()) << "of another controller";
  EXPECT_EQ(Look(kari_, id), absl::StatusCode::kOk);
  const auto log = Must(server_.As("amina"), &v1::AccessLogService::Stub::ListAccess,
                        On<v1::ListAccessRequest>("me"));
  std::set<std::string> by_emergency;
  for (const v1::AccessAct& act : log.acts()) {
    if (act.relation() == v1::RELATION_EMERGENCY) {
      by_emergency.insert(act.methods().begin(), act.methods().end());
    }
  }
  EXPECT_TRUE(by_emergency.contains("navo.v1.EmergencyAccessService.Open"));
  EXPECT_TRUE(by_emergency.contains("navo.v1.ParticipantService.Get"));
}

TEST_F(EmergencyAccessTest, TheLeaderIsToldNothingOfThoseOnlyAProtectionRoleSees) {
  Register(server_.As("sara"), "signe");
  // sara works at Grorud too: she looks from there at what per's shielded colleague registered.
  EXPECT_THAT(List(liv_).emergency_accesses(), IsEmpty());
  const auto refused = server_.As("sara").Call(&Emergency::Open, Ask("signe"));
  EXPECT_EQ(ReasonOf(refused.status()), "RELATION_EXISTS");
}

TEST_F(EmergencyAccessTest, ItIsEndedByTheOpenerOrTheLeaderAndByNobodyElse) {
  const std::string id = Register(per_, "amina");
  v1::EndEmergencyAccessRequest end;
  end.set_emergency_access_id(Open(kari_, "amina").emergency_access_id());
  for (const char* other : {"per", "jan", "tor", "mona"}) {
    EXPECT_EQ(server_.As(other).Call(&Emergency::End, end).status().code(),
              absl::StatusCode::kNotFound)
        << other;
  }
  EXPECT_EQ(ReasonOf(dag_.Call(&Emergency::End, end).status()), "ROLE_NOT_ALLOWED");
  EXPECT_EQ(Look(kari_, id), absl::StatusCode::kOk);
  Must(liv_, &Emergency::End, end);
  EXPECT_EQ(Look(kari_, id), absl::StatusCode::kNotFound);
  EXPECT_EQ(List(dag_).emergency_accesses(0).end(), v1::EMERGENCY_END_BY_LEADER);
  EXPECT_FALSE(List(dag_).emergency_accesses(0).open());
  Must(kari_, &Emergency::End, end);
  EXPECT_EQ(List(dag_).emergency_accesses(0).end(), v1::EMERGENCY_END_BY_LEADER) << "it was over";
}

TEST_F(EmergencyAccessTest, AtMostThreeAreOpenAndOpeningAgainTakesNoPlace) {
  for (const char* person : {"amina", "yusuf", "olena", "tesfay"}) Register(per_, person);
  Open(kari_, "amina");
  Open(kari_, "yusuf");
  Open(kari_, "olena");
  const auto fourth = kari_.Call(&Emergency::Open, Ask("tesfay"));
  EXPECT_EQ(ReasonOf(fourth.status()), "EMERGENCY_LIMIT");
  Open(kari_, "olena");
  v1::ListEmergencyAccessRequest open_only;
  open_only.set_open_only(true);
  EXPECT_THAT(Must(liv_, &Emergency::List, open_only).emergency_accesses(), SizeIs(3));
  EXPECT_THAT(List(liv_).emergency_accesses(), SizeIs(4));
  EXPECT_EQ(List(liv_).emergency_accesses(1).end(), v1::EMERGENCY_END_OPENED_AGAIN);
  open_only.set_page_size(2);
  const auto page = Must(liv_, &Emergency::List, open_only);
  open_only.set_page_token(page.next_page_token());
  EXPECT_THAT(Must(liv_, &Emergency::List, open_only).emergency_accesses(), SizeIs(1));
  server_.clock().Advance(absl::Hours(4));
  Open(kari_, "tesfay");
}

TEST_F(EmergencyAccessTest, ABlockedTieStaysBlocked) {
  Register(per_, "amina");
  auto end = On<v1::EndTieRequest>(Register(kari_, "amina"));
  end.set_reason(v1::TIE_END_REASON_WRONG_PERSON);
  Must(kari_, &v1::ParticipantService::Stub::EndTie, end);
  const auto refused = kari_.Call(&Emergency::Open, Ask("amina"));
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kNotFound);
}

TEST_F(EmergencyAccessTest, TheReasonHasTenToTwoHundredAndFiftyFiveCharacters) {
  Register(per_, "amina");
  v1::OpenEmergencyAccessRequest request = Ask("amina");
  for (const std::string& reason : {std::string(), std::string("for kort"), std::string(9, 'a'),
                                    std::string(256, 'a'), std::string(20, ' ')}) {
    request.set_reason(reason);
    EXPECT_EQ(ReasonOf(kari_.Call(&Emergency::Open, request).status()), "INVALID_FIELDS") << reason;
  }
  for (const size_t length : {size_t{10}, size_t{255}}) {
    request.set_reason(std::string(length, 'a'));
    request.clear_request_id();
    Must(kari_, &Emergency::Open, request);
  }
}

TEST(EmergencyProtectionTest, AChangeOfProtectionEndsItForWhoeverHasIt) {
  const TempFolder folder;
  std::ifstream example(NAVO_SOURCE_DIR "/docs/examples/seed.json");
  nlohmann::json seed = nlohmann::json::parse(example, nullptr, false);
  std::ofstream(folder.File("seed.json")) << seed.dump();
  TestServer::Setup setup;
  setup.seed = folder.File("seed.json");
  TestServer server(setup);
  const std::string id = Register(server.As("per"), "amina");
  v1::OpenEmergencyAccessRequest open;
  open.set_national_identity_number(NumberOf("amina"));
  open.set_reason("Ringte fra legevakten, trenger kontaktperson");
  Must(server.As("frida"), &Emergency::Open, open);
  const auto look = [&server, &id] {
    return server.As("frida")
        .Call(&v1::ParticipantService::Stub::Get, On<v1::GetParticipantRequest>(id))
        .status()
        .code();
  };
  EXPECT_EQ(look(), absl::StatusCode::kOk);

  seed["protection"].push_back({{"national_identity_number", NumberOf("amina")},
                                {"grading", "FORTROLIG"},
                                {"shielded", false}});
  std::ofstream(folder.File("seed.json")) << seed.dump();
  server.Restart();
  EXPECT_EQ(look(), absl::StatusCode::kNotFound) << "frida has the role, and looks anew";
  const auto listed = Must(server.As("frida"), &Emergency::List, v1::ListEmergencyAccessRequest());
  ASSERT_THAT(listed.emergency_accesses(), SizeIs(1));
  EXPECT_EQ(listed.emergency_accesses(0).end(), v1::EMERGENCY_END_PROTECTION);
  open.clear_request_id();
  Must(server.As("frida"), &Emergency::Open, open);
  EXPECT_EQ(look(), absl::StatusCode::kOk);
}

}  // namespace
}  // namespace navo::support
