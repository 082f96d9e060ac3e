#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/follow_up.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"
#include "tests/support/rich_case.h"
#include "tests/support/test_server.h"

namespace navo {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using Participants = v1::ParticipantService::Stub;
using support::NumberOf;
using support::ReasonOf;
using support::Register;

// Sends the request, expects success and gives the answer.
template <typename Method, typename Request>
auto Do(const client::Client& caller, Method method, const Request& request) {
  auto answer = caller.Call(method, request);
  EXPECT_TRUE(answer.ok()) << answer.status();
  return answer.value_or(typename decltype(answer)::value_type());
}

v1::GetParticipantResponse Look(const client::Client& caller, const std::string& id) {
  v1::GetParticipantRequest request;
  request.set_participant_id(id);
  return Do(caller, &Participants::Get, request);
}

void Confirm(const client::Client& caller, const std::string& id) {
  v1::ConfirmIdentityRequest request;
  request.set_participant_id(id);
  request.set_confirmation(v1::IDENTITY_CONFIRMATION_ID_DOCUMENT);
  Do(caller, &Participants::ConfirmIdentity, request);
}

std::string RecordTalk(const client::Client& caller, const std::string& id) {
  v1::RecordFollowUpRequest request;
  request.set_participant_id(id);
  request.mutable_follow_up()->set_type(v1::FOLLOW_UP_TYPE_SAMTALE);
  request.mutable_follow_up()->mutable_occurred_at()->set_seconds(1'793'600'000);
  request.mutable_follow_up()->set_agreement("Søker på kurs");
  return Do(caller, &v1::FollowUpService::Stub::Record, request).follow_up_id();
}

int CountTalks(const client::Client& caller, const std::string& id) {
  v1::ListFollowUpsRequest request;
  request.set_participant_id(id);
  return Do(caller, &v1::FollowUpService::Stub::List, request).follow_ups_size();
}

class ParticipantServiceTest : public ::testing::Test {
 protected:
  v1::CreateParticipantRequest CreateRequest(const std::string& person) {
    v1::CreateParticipantRequest request;
    request.set_national_identity_number(NumberOf(person));
    request.set_tie_reason(v1::TIE_REASON_OWN_REQUEST);
    request.mutable_contact()->set_given_name("Amina");
    request.mutable_contact()->set_family_name("Warsame");
    return request;
  }

  support::TestServer server_;
  client::Client kari_ = server_.As("kari");  // NAV Grorud, statlig
  client::Client per_ = server_.As("per");    // NAV Stovner: the same controller
  client::Client tor_ = server_.As("tor");    // VO Rosenhof
  client::Client liv_ = server_.As("liv");    // leader at NAV Grorud
  client::Client jan_ = server_.As("jan");    // Bushra is of his family
};

TEST_F(ParticipantServiceTest, OneParticipantForEachControllerAndPerson) {
  const std::string kari = Register(kari_, "amina");
  EXPECT_EQ(Register(kari_, "amina"), kari);
  EXPECT_EQ(Register(per_, "amina"), kari) << "the same controller";
  EXPECT_NE(Register(tor_, "amina"), kari) << "another controller";
}

TEST_F(ParticipantServiceTest, UntilTheIdentityIsConfirmedAUnitSeesOnlyWhatItWrote) {
  Register(per_, "amina");
  const std::string id = Do(kari_, &Participants::Create, CreateRequest("amina")).participant_id();
  const v1::GetParticipantResponse before = Look(kari_, id);
  ASSERT_THAT(before.sides(), SizeIs(1));
  EXPECT_THAT(before.sides(0).etag(), IsEmpty());
  ASSERT_THAT(before.ties(), SizeIs(1));
  EXPECT_EQ(before.ties(0).unit(), "nav-grorud-statlig");

  Confirm(kari_, id);
  const v1::GetParticipantResponse after = Look(kari_, id);
  EXPECT_THAT(after.ties(), SizeIs(2));
  ASSERT_THAT(after.sides(), SizeIs(1));
  EXPECT_EQ(after.sides(0).provenance().unit(), "nav-stovner-statlig");
  EXPECT_THAT(after.sides(0).etag(), Not(IsEmpty()));
}

TEST_F(ParticipantServiceTest, ContactIsChangedByMaskAndEtag) {
  const std::string id = Register(kari_, "amina");
  v1::UpdateContactRequest request;
  request.set_participant_id(id);
  request.set_etag(Look(kari_, id).sides(0).etag());
  request.mutable_facts()->set_preferred_language("ti");
  request.mutable_update_mask()->add_paths("preferred_language");
  request.mutable_update_mask()->add_paths("interpreter_needed");
  const auto changed = Do(kari_, &Participants::UpdateContact, request).side();
  EXPECT_EQ(changed.facts().preferred_language(), "ti");
  EXPECT_FALSE(changed.facts().interpreter_needed()) << "emptied on purpose";
  EXPECT_EQ(changed.facts().family_name(), "Warsame") << "not in the mask";

  request.clear_request_id();
  const auto stale = kari_.Call(&Participants::UpdateContact, request);
  EXPECT_EQ(ReasonOf(stale.status()), "STALE_ETAG");
  EXPECT_EQ(Look(kari_, id).sides(0).etag(), changed.etag());
}

TEST_F(ParticipantServiceTest, TheTeamIsOfTheOwnUnit) {
  const std::string id = Register(kari_, "amina");
  v1::AddToTeamRequest add;
  add.set_participant_id(id);
  add.set_subject("sara");
  EXPECT_EQ(Do(kari_, &Participants::AddToTeam, add).member().name(), "Sara Vik");
  add.set_subject("tor");
  EXPECT_EQ(ReasonOf(kari_.Call(&Participants::AddToTeam, add).status()), "INVALID_FIELDS");
  ASSERT_THAT(Look(kari_, id).team(), SizeIs(1));

  v1::RemoveFromTeamRequest remove;
  remove.set_participant_id(id);
  remove.set_subject("sara");
  Do(kari_, &Participants::RemoveFromTeam, remove);
  remove.clear_request_id();
  Do(kari_, &Participants::RemoveFromTeam, remove);
  EXPECT_THAT(Look(kari_, id).team(), IsEmpty());
}

TEST_F(ParticipantServiceTest, TheWorkingListFiltersSortsAndPages) {
  const std::string amina = Register(kari_, "amina");
  server_.clock().Advance(absl::Hours(24));
  const std::string yusuf = Register(kari_, "yusuf");
  server_.clock().Advance(absl::Hours(24));
  const std::string olena = Register(kari_, "olena");
  RecordTalk(kari_, amina);

  v1::ListParticipantsRequest request;
  request.set_order(v1::PARTICIPANT_ORDER_TIE_NEWEST);
  request.set_page_size(2);
  const auto first = Do(kari_, &Participants::List, request);
  EXPECT_EQ(first.total_size(), 3);
  ASSERT_THAT(first.participants(), SizeIs(2));
  EXPECT_EQ(first.participants(0).participant_id(), olena);
  EXPECT_EQ(first.participants(1).participant_id(), yusuf);
  request.set_page_token(first.next_page_token());
  const auto second = Do(kari_, &Participants::List, request);
  ASSERT_THAT(second.participants(), SizeIs(1));
  EXPECT_EQ(second.participants(0).participant_id(), amina);
  EXPECT_THAT(second.next_page_token(), IsEmpty());

  v1::ListParticipantsRequest talked;
  talked.set_order(v1::PARTICIPANT_ORDER_LAST_FOLLOW_UP);
  const auto by_talk = Do(kari_, &Participants::List, talked);
  ASSERT_THAT(by_talk.participants(), SizeIs(3));
  EXPECT_EQ(by_talk.participants(2).participant_id(), amina);
  EXPECT_TRUE(by_talk.participants(2).has_last_follow_up());

  v1::ListParticipantsRequest named;
  named.set_name_prefix("wars");
  EXPECT_EQ(Do(kari_, &Participants::List, named).total_size(), 3);
  named.set_name_prefix("zz");
  EXPECT_EQ(Do(kari_, &Participants::List, named).total_size(), 0);
  v1::ListParticipantsRequest mine;
  mine.set_mine(true);
  EXPECT_EQ(Do(kari_, &Participants::List, mine).total_size(), 0);
}

TEST_F(ParticipantServiceTest, ALeaderSeesTiesAndNoPerson) {
  Register(kari_, "amina");
  const auto list = Do(liv_, &Participants::List, v1::ListParticipantsRequest());
  ASSERT_THAT(list.participants(), SizeIs(1));
  EXPECT_EQ(list.participants(0).tie().made_by(), "Kari Nordby");
  EXPECT_FALSE(list.participants(0).has_facts());
  EXPECT_THAT(list.participants(0).withheld(), SizeIs(2));

  v1::ListParticipantsRequest search;
  search.set_name_prefix("wa");
  EXPECT_EQ(ReasonOf(liv_.Call(&Participants::List, search).status()), "INVALID_FIELDS");
  v1::GetParticipantRequest get;
  get.set_participant_id(list.participants(0).participant_id());
  EXPECT_EQ(ReasonOf(liv_.Call(&Participants::Get, get).status()), "ROLE_NOT_ALLOWED");
}

TEST_F(ParticipantServiceTest, OnesFamilyIsNotOnesCase) {
  const std::string id = Register(kari_, "bushra");
  EXPECT_EQ(ReasonOf(jan_.Call(&Participants::Create, CreateRequest("bushra")).status()),
            "OWN_CASE");
  v1::GetParticipantRequest get;
  get.set_participant_id(id);
  EXPECT_EQ(ReasonOf(jan_.Call(&Participants::Get, get).status()), "NOT_FOUND");
  EXPECT_EQ(Do(jan_, &Participants::List, v1::ListParticipantsRequest()).total_size(), 0);
  EXPECT_EQ(Do(kari_, &Participants::List, v1::ListParticipantsRequest()).total_size(), 1);
}

TEST_F(ParticipantServiceTest, TheWrongPersonsCaseIsLeftAsItWas) {
  const std::string wrong = Register(kari_, "yusuf");
  const std::string right = Register(kari_, "amina");
  const std::string teacher = Register(tor_, "yusuf");
  support::ConsentBothWays(kari_, wrong, tor_, teacher);
  RecordTalk(kari_, wrong);
  EXPECT_EQ(CountTalks(tor_, teacher), 1);

  v1::EndTieRequest end;
  end.set_participant_id(wrong);
  end.set_reason(v1::TIE_END_REASON_WRONG_PERSON);
  EXPECT_EQ(ReasonOf(kari_.Call(&Participants::EndTie, end).status()), "INVALID_FIELDS")
      << "what was written has to go somewhere";
  end.clear_request_id();
  end.set_right_participant_id(right);
  EXPECT_GE(Do(kari_, &Participants::EndTie, end).moved_records(), 1);

  EXPECT_EQ(CountTalks(kari_, right), 1);
  EXPECT_EQ(CountTalks(tor_, teacher), 0) << "the wrong person's consent is ended";
  v1::GetParticipantRequest get;
  get.set_participant_id(wrong);
  EXPECT_EQ(ReasonOf(kari_.Call(&Participants::Get, get).status()), "NOT_FOUND");
  // Without a document in hand the same mistake is not made twice; the answer does not tell.
  EXPECT_EQ(Do(kari_, &Participants::Create, CreateRequest("yusuf")).participant_id(), wrong);
  EXPECT_EQ(ReasonOf(kari_.Call(&Participants::Get, get).status()), "NOT_FOUND");
  EXPECT_EQ(Register(kari_, "yusuf"), wrong);
  EXPECT_TRUE(kari_.Call(&Participants::Get, get).ok());
}

// The unit had left this plan once already: of its part there are no words to take along.
TEST_F(ParticipantServiceTest, AStepMovesIntoAPlanThatShowsIt) {
  using Plans = v1::PlanService::Stub;
  const client::Client per = server_.As("per");
  const std::string wrong = Register(kari_, "yusuf");
  Register(per, "yusuf");
  v1::OpenPlanRequest open;
  open.set_participant_id(wrong);
  open.mutable_goals()->set_long_term_goal("Bli kokk");
  Do(kari_, &Plans::Open, open);
  Do(per, &Plans::AddStep, support::NewStep(wrong, "Praksis"));
  const auto leave = [&](const std::string& right) {
    v1::EndTieRequest end;
    end.set_participant_id(wrong);
    end.set_reason(v1::TIE_END_REASON_WRONG_PERSON);
    end.set_right_participant_id(right);
    Do(kari_, &Participants::EndTie, end);
  };
  leave(Register(kari_, "amina"));
  Register(kari_, "yusuf");
  Do(kari_, &Plans::AddStep, support::NewStep(wrong, "Norsk"));
  const std::string right = Register(kari_, "olena");
  leave(right);
  v1::GetPlanRequest get;
  get.set_participant_id(right);
  const auto plan = kari_.Call(&Plans::Get, get);
  ASSERT_TRUE(plan.ok()) << plan.status();
  ASSERT_EQ(plan->plan().parts_size(), 1);
  ASSERT_EQ(plan->plan().parts(0).steps_size(), 1);
  EXPECT_EQ(plan->plan().parts(0).steps(0).title(), "Norsk");
  EXPECT_FALSE(plan->plan().parts(0).closed());
}

TEST_F(ParticipantServiceTest, TheNameThatLeftFindsNobodyInAColleaguesList) {
  const auto create = [this](const char* name) {
    v1::CreateParticipantRequest request = CreateRequest("yusuf");
    request.set_identity_confirmation(v1::IDENTITY_CONFIRMATION_ID_DOCUMENT);
    request.mutable_contact()->set_given_name(name);
    return request;
  };
  const std::string wrong = Do(kari_, &Participants::Create, create("Feil")).participant_id();
  const client::Client per = server_.As("per");
  EXPECT_EQ(Do(per, &Participants::Create, create("Riktig")).participant_id(), wrong);
  const auto found = [&](const char* prefix) {
    v1::ListParticipantsRequest list;
    list.set_name_prefix(prefix);
    return Do(per, &Participants::List, list).participants_size();
  };
  EXPECT_EQ(found("Feil"), 1) << "the side's name, as long as it stands";
  v1::EndTieRequest end;
  end.set_participant_id(wrong);
  end.set_reason(v1::TIE_END_REASON_WRONG_PERSON);
  Do(kari_, &Participants::EndTie, end);
  EXPECT_EQ(found("Feil"), 0);
  EXPECT_EQ(found("Riktig"), 1);
}

TEST_F(ParticipantServiceTest, AConsentOnTheWrongPersonEndsWithoutARightOne) {
  const std::string wrong = Register(kari_, "yusuf");
  const std::string teacher = Register(tor_, "yusuf");
  support::ConsentBothWays(kari_, wrong, tor_, teacher);
  EXPECT_THAT(Look(tor_, teacher).sides(), SizeIs(2));
  v1::EndTieRequest end;
  end.set_participant_id(wrong);
  end.set_reason(v1::TIE_END_REASON_WRONG_PERSON);
  Do(kari_, &Participants::EndTie, end);
  EXPECT_THAT(Look(tor_, teacher).sides(), SizeIs(1));
}

TEST_F(ParticipantServiceTest, AnEndedTieIsOverAndCanBeginAgain) {
  const std::string id = Register(kari_, "amina");
  v1::EndTieRequest end;
  end.set_participant_id(id);
  end.set_reason(v1::TIE_END_REASON_SERVICE_ENDED);
  EXPECT_EQ(Do(kari_, &Participants::EndTie, end).moved_records(), 0);
  v1::GetParticipantRequest get;
  get.set_participant_id(id);
  EXPECT_EQ(ReasonOf(kari_.Call(&Participants::Get, get).status()), "NOT_FOUND");
  EXPECT_EQ(Register(kari_, "amina"), id);
  EXPECT_TRUE(kari_.Call(&Participants::Get, get).ok());
}

// What the seed file no longer names goes on: it is ended by the administration, not by a file.
TEST(SeedChangeTest, WhatLeftTheSeedIsStillThere) {
  const support::TempFolder folder;
  std::ifstream file(NAVO_SOURCE_DIR "/docs/examples/seed.json");
  nlohmann::json seed = nlohmann::json::parse(file);
  const auto write = [&] { std::ofstream(folder.File("seed.json")) << seed.dump(); };
  write();
  support::TestServer server(support::TestServer::Setup{.seed = folder.File("seed.json")});
  const std::string id = Register(server.As("kari"), "amina");
  support::ConsentBothWays(server.As("kari"), id, server.As("tor"),
                           Register(server.As("tor"), "amina"));
  const std::string token_of_tor = server.TokenFor("tor");
  const auto names = [&] {
    std::vector<std::string> controllers;
    const v1::GetParticipantResponse shown = Look(server.As("kari"), id);
    for (const auto& side : shown.sides()) {
      controllers.push_back(side.provenance().controller());
    }
    return controllers;
  };
  const std::vector<std::string> before = names();
  EXPECT_THAT(before, testing::UnorderedElementsAre("nav-statlig", "oslo-vo"));

  for (nlohmann::json& controller : seed["controllers"]) {
    if (controller["id"] == "oslo-vo") controller["id"] = "oslo-vo-new";
    if (controller["id"] == "nav-statlig") controller["name"] = "Another name";
  }
  for (nlohmann::json& unit : seed["units"]) {
    if (unit["controller"] == "oslo-vo") unit["controller"] = "oslo-vo-new";
  }
  nlohmann::json staff = nlohmann::json::array();
  for (const nlohmann::json& one : seed["staff"]) {
    if (one["key"] != "tor") staff.push_back(one);
  }
  seed["staff"] = staff;
  write();
  server.Restart();
  EXPECT_EQ(names(), before);
  EXPECT_EQ(Register(server.WithToken(token_of_tor), "olena").size(), 36u);
}

}  // namespace
}  // namespace navo
