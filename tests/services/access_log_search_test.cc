// What PERSONVERN finds across participants, over a real socket: only what concerns the own
// controller, nothing that tells of the other side, and every search is logged itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "clients/cpp/status.h"
#include "navo/v1/access_log.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "tests/support/test_server.h"

namespace navo {
namespace {

using support::ReasonOf;
using testing::HasSubstr;
using testing::IsEmpty;
using Stub = v1::AccessLogService::Stub;

class AccessLogSearchTest : public testing::Test {
 protected:
  static void Look(const client::Client& caller, const std::string& participant_id, int times = 1) {
    v1::GetParticipantRequest request;
    request.set_participant_id(participant_id);
    for (int i = 0; i < times; ++i) {
      caller.WithAct("").Call(&v1::ParticipantService::Stub::Get, request).status().IgnoreError();
    }
  }
  static void LookUp(const client::Client& caller, const std::string& person) {
    v1::LookupParticipantRequest request;
    request.set_national_identity_number(support::NumberOf(person));
    caller.Call(&v1::ParticipantService::Stub::Lookup, request).status().IgnoreError();
  }

  static std::vector<v1::FoundAccess> Found(const client::Client& caller,
                                            v1::SearchAccessRequest request = {}) {
    request.set_page_size(200);
    const auto answer = caller.Call(&Stub::SearchAccess, request);
    EXPECT_TRUE(answer.ok()) << answer.status();
    if (!answer.ok()) return {};
    EXPECT_EQ(answer->next_page_token(), "");
    return {answer->found().begin(), answer->found().end()};
  }
  static v1::SearchAccessRequest About(const std::string& participant_id) {
    v1::SearchAccessRequest request;
    request.set_of_participant_id(participant_id);
    return request;
  }
  static std::string WrongFields(const absl::Status& status) {
    EXPECT_EQ(ReasonOf(status), "INVALID_FIELDS");
    std::string fields;
    const google::rpc::BadRequest bad_request = client::GetBadRequest(status);
    for (const auto& violation : bad_request.field_violations()) {
      fields += violation.field() + " ";
    }
    return fields;
  }

  static v1::ListAnomaliesResponse Anomalies(const client::Client& caller, int day) {
    v1::ListAnomaliesRequest request;
    request.mutable_day()->set_year(2026);
    request.mutable_day()->set_month(11);
    request.mutable_day()->set_day(day);
    const auto answer = caller.Call(&Stub::ListAnomalies, request);
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.ok() ? *answer : v1::ListAnomaliesResponse();
  }

  support::TestServer server_;
  const client::Client kari_ = server_.As("kari");
  const client::Client tor_ = server_.As("tor");
  const client::Client dag_ = server_.As("dag");    // NAV statlig
  const client::Client vera_ = server_.As("vera");  // VO
  const std::string amina_ = support::Register(kari_, "amina");
};

TEST_F(AccessLogSearchTest, FindsWhatTheOwnPeopleDidNewestFirst) {
  const std::string yusuf = support::Register(tor_, "yusuf");
  Look(kari_, amina_);
  Look(tor_, yusuf);
  const auto found = Found(dag_);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].participant_id(), amina_);
  EXPECT_EQ(found[0].access().subject(), "kari");
  EXPECT_THAT(found[0].access().methods(), testing::ElementsAre("navo.v1.ParticipantService.Get"));
  EXPECT_EQ(found[0].access().line_nb(), "");
  EXPECT_THAT(found[1].access().methods(),
              testing::ElementsAre("navo.v1.ParticipantService.Create"));
  for (const auto& one : Found(vera_)) EXPECT_EQ(one.access().controller(), "oslo-vo");
}

TEST_F(AccessLogSearchTest, EveryFieldNarrows) {
  const std::string bushra = support::Register(kari_, "bushra");
  const client::Client per = server_.As("per");
  Look(per, amina_);  // refused: no relation
  server_.clock().Advance(absl::Hours(2));
  Look(kari_, bushra);
  v1::SearchAccessRequest request;
  request.set_unit("nav-stovner-statlig");
  ASSERT_EQ(Found(dag_, request).size(), 1u);
  EXPECT_EQ(Found(dag_, request)[0].access().reason(), "NO_RELATION");
  request.Clear();
  request.set_subject("per");
  EXPECT_EQ(Found(dag_, request).size(), 1u);
  request.Clear();
  request.set_decision(v1::ACCESS_DECISION_DENY);
  EXPECT_EQ(Found(dag_, request).size(), 1u);
  request.Clear();
  request.set_relation(v1::RELATION_TEAM);
  for (const auto& one : Found(dag_, request)) {
    EXPECT_EQ(one.access().relation(), v1::RELATION_TEAM);
  }
  for (const auto& one : Found(dag_, About(bushra))) EXPECT_EQ(one.participant_id(), bushra);
  request = About(amina_);
  request.mutable_to()->set_seconds(absl::ToUnixSeconds(server_.clock().Now()) - 3600);
  const size_t before = Found(dag_, request).size();
  EXPECT_EQ(before, 2u);
  request.Clear();
  request.mutable_from()->set_seconds(absl::ToUnixSeconds(server_.clock().Now()) - 3600);
  request.set_subject("kari");
  ASSERT_EQ(Found(dag_, request).size(), 1u);
  EXPECT_EQ(Found(dag_, request)[0].participant_id(), bushra);
}

TEST_F(AccessLogSearchTest, WhyWhoeverHasNoRoleWasRefusedIsTold) {
  Look(server_.As("drift"), "77777777-7777-4777-8777-777777777777");
  v1::SearchAccessRequest request;
  request.set_subject("drift");
  ASSERT_EQ(Found(dag_, request).size(), 1u);
  EXPECT_EQ(Found(dag_, request)[0].access().reason(), "ROLE_NOT_ALLOWED");
}

TEST_F(AccessLogSearchTest, ALookForSomebodyWhomTheSideDoesNotKnowIsARefusal) {
  const std::string yusuf = support::Register(tor_, "yusuf");
  EXPECT_EQ(ReasonOf(dag_.Call(&Stub::SearchAccess, About(yusuf)).status()), "NOT_FOUND");
  v1::SearchAccessRequest request;
  request.set_subject("dag");
  request.set_decision(v1::ACCESS_DECISION_DENY);
  ASSERT_EQ(Found(dag_, request).size(), 1u);
  EXPECT_EQ(Found(dag_, request)[0].access().reason(), "NO_PARTICIPANT");
}

TEST_F(AccessLogSearchTest, PagesHoldEachCallOnce) {
  Look(kari_, amina_, 4);
  v1::SearchAccessRequest request;
  request.set_subject("kari");
  request.set_page_size(2);
  std::vector<int64_t> sizes;
  std::string first_token;
  for (int page = 0; page < 5; ++page) {
    const auto answer = dag_.Call(&Stub::SearchAccess, request);
    ASSERT_TRUE(answer.ok()) << answer.status();
    sizes.push_back(answer->found_size());
    if (page == 0) first_token = answer->next_page_token();
    if (answer->next_page_token().empty()) break;
    request.set_page_token(answer->next_page_token());
  }
  EXPECT_THAT(sizes, testing::ElementsAre(2, 2, 1));
  request.set_page_token(first_token);
  request.set_subject("per");  // another question
  EXPECT_EQ(ReasonOf(dag_.Call(&Stub::SearchAccess, request).status()), "PAGE_TOKEN_INVALID");
}

TEST_F(AccessLogSearchTest, ItTellsNothingOfWhomTheOtherSideKnows) {
  support::Register(tor_, "yusuf");
  LookUp(kari_, "yusuf");   // whom VO has
  LookUp(kari_, "tesfay");  // whom nobody has
  v1::SearchAccessRequest request;
  request.set_decision(v1::ACCESS_DECISION_DENY);
  std::vector<v1::FoundAccess> found = Found(dag_, request);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].participant_id(), "");
  EXPECT_EQ(found[0].access().reason(), "NO_PARTICIPANT");
  for (v1::FoundAccess& one : found) one.mutable_access()->clear_time();
  EXPECT_EQ(found[0].SerializeAsString(), found[1].SerializeAsString());
}

TEST_F(AccessLogSearchTest, WhoIsProtectedStandsNowhere) {
  const client::Client sara = server_.As("sara");
  const std::string signe = support::Register(sara, "signe");
  Look(sara, signe, 3);
  v1::SearchAccessRequest one_only;
  one_only.set_page_size(1);
  const auto page = dag_.Call(&Stub::SearchAccess, one_only);
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_EQ(page->found_size(), 1);  // the hidden ones take no room
  for (const auto& one : Found(dag_)) EXPECT_NE(one.participant_id(), signe);
  EXPECT_EQ(ReasonOf(dag_.Call(&Stub::SearchAccess, About(signe)).status()), "NOT_FOUND");
}

TEST_F(AccessLogSearchTest, TheSearchIsInTheLogOfThoseItShowed) {
  Found(dag_);
  v1::ListAccessRequest request;
  request.set_participant_id("me");
  const auto acts = server_.As("amina").Call(&Stub::ListAccess, request);
  ASSERT_TRUE(acts.ok());
  ASSERT_EQ(acts->acts_size(), 2);
  EXPECT_THAT(acts->acts(0).line_nb(), HasSubstr("En personvernrådgiver"));
  EXPECT_THAT(acts->acts(0).line_nb(), HasSubstr("søkte i loggen"));
  // A search that shows nobody is there too, for the next one to find.
  v1::SearchAccessRequest nothing;
  nothing.set_subject("per");
  EXPECT_THAT(Found(dag_, nothing), IsEmpty());
  nothing.set_subject("dag");
  EXPECT_GE(Found(dag_, nothing).size(), 2u);
}

TEST_F(AccessLogSearchTest, WrongFieldsAreNamedAllAtOnceInTheirOrder) {
  v1::SearchAccessRequest request;
  request.mutable_from()->set_seconds(1'793'606'400);
  request.mutable_to()->set_seconds(1'793'606'400);
  request.set_unit("vo-rosenhof");  // another controller's
  request.set_subject("tor");
  request.set_decision(static_cast<v1::AccessDecision>(9));
  request.set_relation(static_cast<v1::Relation>(99));
  request.set_page_size(201);
  EXPECT_EQ(WrongFields(dag_.Call(&Stub::SearchAccess, request).status()),
            "to unit subject decision relation page_size ");
  const std::string of_others(dag_.Call(&Stub::SearchAccess, request).status().message());
  request.set_unit("no-such-unit");
  request.set_subject("nobody");
  const absl::Status of_nobody = dag_.Call(&Stub::SearchAccess, request).status();
  EXPECT_EQ(of_nobody.message(), of_others);
  EXPECT_EQ(WrongFields(of_nobody), "to unit subject decision relation page_size ");
  request.Clear();
  request.mutable_from()->set_seconds(1LL << 60);
  EXPECT_EQ(WrongFields(dag_.Call(&Stub::SearchAccess, request).status()), "from ");
  EXPECT_EQ(ReasonOf(dag_.Call(&Stub::SearchAccess, About("nonsense")).status()), "NOT_FOUND");
}

TEST_F(AccessLogSearchTest, OnlyPersonvernMaySearch) {
  for (const char* person : {"kari", "tor", "liv", "drift", "amina"}) {
    const client::Client caller = server_.As(person);
    EXPECT_EQ(ReasonOf(caller.Call(&Stub::SearchAccess, v1::SearchAccessRequest()).status()),
              "ROLE_NOT_ALLOWED")
        << person;
    EXPECT_EQ(ReasonOf(caller.Call(&Stub::ListAnomalies, v1::ListAnomaliesRequest()).status()),
              "ROLE_NOT_ALLOWED")
        << person;
  }
}

TEST_F(AccessLogSearchTest, AColleaguesFamilyIsPointedOut) {
  const std::string bushra = support::Register(kari_, "bushra");  // of jan's family
  Look(kari_, bushra, 2);
  Look(server_.As("jan"), bushra);  // refused as his own: that is no colleague's
  const auto listed = Anomalies(dag_, 2);
  ASSERT_EQ(listed.anomalies_size(), 1);
  const v1::Anomaly& one = listed.anomalies(0);
  EXPECT_EQ(one.kind(), v1::ANOMALY_KIND_COLLEAGUE);
  EXPECT_EQ(one.subject(), "kari");
  EXPECT_EQ(one.unit(), "nav-grorud-statlig");
  EXPECT_EQ(one.participant_id(), bushra);
  EXPECT_THAT(one.line_nb(), HasSubstr("Slo opp saken til en kollega"));
  EXPECT_THAT(Anomalies(vera_, 2).anomalies(), IsEmpty());
}

TEST_F(AccessLogSearchTest, TheSameCaseAgainAndAgain) {
  const client::Client sara = server_.As("sara");
  const std::string id = support::Register(sara, "yusuf");
  server_.clock().Advance(absl::Hours(24));  // registering was a change
  Look(sara, id, 19);
  EXPECT_THAT(Anomalies(dag_, 3).anomalies(), IsEmpty());
  Look(sara, id);
  const auto listed = Anomalies(dag_, 3);
  ASSERT_EQ(listed.anomalies_size(), 1);
  EXPECT_EQ(listed.anomalies(0).kind(), v1::ANOMALY_KIND_SAME_CASE);
  EXPECT_EQ(listed.anomalies(0).count(), 20);
  EXPECT_THAT(listed.anomalies(0).line_en(), HasSubstr("20 times between 09:00 and 09:00"));
}

TEST_F(AccessLogSearchTest, ManyRefusals) {
  const client::Client per = server_.As("per");
  Look(per, amina_, 9);
  EXPECT_THAT(Anomalies(dag_, 2).anomalies(), IsEmpty());
  LookUp(per, "tesfay");
  ASSERT_EQ(Anomalies(dag_, 2).anomalies_size(), 1);
  EXPECT_EQ(Anomalies(dag_, 2).anomalies(0).kind(), v1::ANOMALY_KIND_REFUSALS);
  EXPECT_EQ(Anomalies(dag_, 2).anomalies(0).participant_id(), "");
}

TEST_F(AccessLogSearchTest, AProtectedCaseCountsForNothing) {
  const client::Client sara = server_.As("sara");
  const std::string signe = support::Register(sara, "signe");
  server_.clock().Advance(absl::Hours(24));
  Look(sara, signe, 30);
  EXPECT_THAT(Anomalies(dag_, 3).anomalies(), IsEmpty());
}

TEST_F(AccessLogSearchTest, TheDayHasToBeOneThatBegan) {
  v1::ListAnomaliesRequest request;
  EXPECT_TRUE(dag_.Call(&Stub::ListAnomalies, request).ok());  // yesterday
  request.mutable_day()->set_year(2026);
  EXPECT_EQ(WrongFields(dag_.Call(&Stub::ListAnomalies, request).status()), "day ");
  request.mutable_day()->set_month(11);
  request.mutable_day()->set_day(3);
  EXPECT_EQ(WrongFields(dag_.Call(&Stub::ListAnomalies, request).status()), "day ");
}

}  // namespace
}  // namespace navo
