// Side doors tried on purpose: ids, page tokens and etags of others, and protected persons.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "navo/v1/follow_up.grpc.pb.h"
#include "navo/v1/kartlegging.grpc.pb.h"
#include "navo/v1/language.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"
#include "tests/services/isolation_world.h"
#include "tests/support/neutral.h"

namespace navo::support {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using Participants = v1::ParticipantService::Stub;
using testing::ElementsAre;

absl::StatusOr<v1::LookupParticipantResponse> Lookup(const client::Client& caller,
                                                     const std::string& person) {
  v1::LookupParticipantRequest request;
  request.set_national_identity_number(NumberOf(person));
  return caller.Call(&Participants::Lookup, request);
}

absl::StatusOr<v1::GetParticipantResponse> Get(const client::Client& caller,
                                               const std::string& participant_id) {
  v1::GetParticipantRequest request;
  request.set_participant_id(participant_id);
  return caller.Call(&Participants::Get, request);
}

v1::ListParticipantsResponse List(const client::Client& caller) {
  return Must(caller, &Participants::List, v1::ListParticipantsRequest());
}

std::vector<std::string> Ids(const v1::ListParticipantsResponse& list) {
  std::vector<std::string> ids;
  for (const auto& participant : list.participants()) ids.push_back(participant.participant_id());
  return ids;
}

class SideDoorsTest : public testing::Test {
 protected:
  TestServer server_;
  const client::Client kari_ = server_.As("kari");
  const client::Client tor_ = server_.As("tor");
};

TEST_F(SideDoorsTest, WhoeverCannotBeFoundIsNotFoundWithTheSameBytes) {
  Register(server_.As("frida"), "maryam");  // strictly protected, of kari's own unit
  Register(server_.As("sara"), "signe");    // shielded, of kari's own unit
  Register(server_.As("per"), "yusuf");     // another unit of NAV
  Register(tor_, "tesfay");                 // another controller
  std::set<std::string> answers;
  for (const char* person : {"olena", "maryam", "signe", "yusuf", "tesfay"}) {
    const auto found = Lookup(kari_, person);
    EXPECT_EQ(ReasonOf(found.status()), "NOT_FOUND") << person;
    answers.insert(NeutralText(found));
  }
  EXPECT_THAT(answers, testing::SizeIs(1));
}

TEST(VainLookupTest, TheyAreLimitedAlikeWhoeverIsLookedFor) {
  std::set<std::string> histories;
  for (const char* person : {"olena", "maryam", "yusuf", "tesfay"}) {
    TestServer server;
    Register(server.As("frida"), "maryam");
    Register(server.As("per"), "yusuf");
    Register(server.As("tor"), "tesfay");
    const client::Client kari = server.As("kari");
    std::string history;
    for (int i = 0; i < 60; ++i) history += NeutralText(Lookup(kari, person));
    EXPECT_THAT(history, testing::HasSubstr("RATE_LIMITED")) << person;
    histories.insert(history);
  }
  EXPECT_THAT(histories, testing::SizeIs(1));
}

TEST_F(SideDoorsTest, AnIdIsOfNoUseToAnotherController) {
  const std::string for_kari = Register(kari_, "amina");
  const std::string for_tor = Register(tor_, "amina");
  const std::string for_mona = Register(server_.As("mona"), "amina");
  const std::string for_per = Register(server_.As("per"), "yusuf");
  EXPECT_EQ((std::set<std::string>{for_kari, for_tor, for_mona}).size(), 3u);
  EXPECT_TRUE(Get(kari_, for_kari).ok());
  std::set<std::string> answers;
  for (const std::string& id :
       {for_tor, for_mona, for_per, std::string("11111111-1111-4111-8111-111111111111"),
        std::string("amina"), std::string("me"), std::string()}) {
    const auto got = Get(kari_, id);
    EXPECT_EQ(ReasonOf(got.status()), "NOT_FOUND") << id;
    answers.insert(NeutralText(got));
  }
  answers.insert(NeutralText(Get(tor_, for_kari)));
  EXPECT_THAT(answers, testing::SizeIs(1));
}

TEST_F(SideDoorsTest, APageTokenIsOfNoUseToAnybodyElseOrElsewhere) {
  const std::string amina = Register(kari_, "amina");
  const std::string yusuf = Register(kari_, "yusuf");
  MakeRichCase(kari_, amina, "A", false);
  MakeRichCase(kari_, yusuf, "B", false);
  v1::ListParticipantsRequest list;
  list.set_page_size(1);
  const std::string token = Must(kari_, &Participants::List, list).next_page_token();
  ASSERT_NE(token, "");
  list.set_page_token(token);
  EXPECT_TRUE(kari_.Call(&Participants::List, list).ok());
  const auto refused = [](const auto& answer) { return ReasonOf(answer.status()); };
  // A colleague in the same unit, and another controller.
  EXPECT_EQ(refused(server_.As("sara").Call(&Participants::List, list)), "PAGE_TOKEN_INVALID");
  EXPECT_EQ(refused(tor_.Call(&Participants::List, list)), "PAGE_TOKEN_INVALID");
  // Other filters, and an end that was changed.
  list.set_interpreter_needed(true);
  EXPECT_EQ(refused(kari_.Call(&Participants::List, list)), "PAGE_TOKEN_INVALID");
  list.set_interpreter_needed(false);
  list.set_page_token(token.substr(0, token.size() - 2) + "AA");
  EXPECT_EQ(refused(kari_.Call(&Participants::List, list)), "PAGE_TOKEN_INVALID");

  v1::ListFollowUpsRequest events;
  events.set_participant_id(amina);
  events.set_page_size(1);
  const std::string of_amina =
      Must(kari_, &v1::FollowUpService::Stub::List, events).next_page_token();
  ASSERT_NE(of_amina, "");
  events.set_page_token(of_amina);
  events.set_participant_id(yusuf);
  EXPECT_EQ(refused(kari_.Call(&v1::FollowUpService::Stub::List, events)), "PAGE_TOKEN_INVALID");
  v1::ListPlanVersionsRequest versions;
  versions.set_participant_id(amina);
  versions.set_page_token(of_amina);
  EXPECT_EQ(refused(kari_.Call(&v1::PlanService::Stub::ListVersions, versions)),
            "PAGE_TOKEN_INVALID");
}

TEST_F(SideDoorsTest, ARevisionIsOfNoUseToAnybodyElse) {
  const std::string for_kari = Register(kari_, "amina");
  const std::string for_tor = Register(tor_, "amina");
  const auto shown = Get(kari_, for_kari);
  ASSERT_TRUE(shown.ok()) << shown.status();
  v1::GetParticipantRequest request;
  request.set_min_revision(shown->revision());
  request.set_participant_id(for_kari);
  EXPECT_TRUE(kari_.Call(&Participants::Get, request).ok());
  request.set_participant_id(for_tor);
  EXPECT_EQ(ReasonOf(tor_.Call(&Participants::Get, request).status()), "REVISION_FOREIGN");
}

// In which order the other side came to know people must not show where names and times are equal.
TEST_F(SideDoorsTest, TheOrderOfEqualsInTheWorkingListTellsNothing) {
  std::ifstream file(NAVO_SOURCE_DIR "/docs/examples/seed.json");
  const nlohmann::json seed = nlohmann::json::parse(file, nullptr, false);
  std::vector<std::string> numbers;
  for (const nlohmann::json& person : seed["participants"]) {
    const std::string key = person["key"];
    const bool is_protected =
        key == "signe" || key == "maryam" || key == "daniyar" || key == "lidia";
    if (!is_protected) numbers.push_back(person["national_identity_number"]);
  }
  numbers.resize(14);
  for (const std::string& number : numbers) ASSERT_TRUE(TryRegister(tor_, number, true).ok());
  std::vector<std::string> ids;
  for (const std::string& number : numbers) ids.push_back(*TryRegister(kari_, number, true));
  const std::vector<std::string> listed = Ids(List(kari_));
  EXPECT_THAT(listed, testing::UnorderedElementsAreArray(ids));
  EXPECT_NE(listed, ids);
}

// Every message that has both an etag and a provenance, wherever it is.
void CollectEtags(const Message& message, std::multimap<std::string, std::string>& etags) {
  const auto* etag = message.GetDescriptor()->FindFieldByName("etag");
  const auto* provenance = message.GetDescriptor()->FindFieldByName("provenance");
  if (etag != nullptr && provenance != nullptr) {
    const auto& from = dynamic_cast<const v1::Provenance&>(
        message.GetReflection()->GetMessage(message, provenance));
    etags.emplace(from.controller(), message.GetReflection()->GetString(message, etag));
  }
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    const int count = field->is_repeated() ? message.GetReflection()->FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      CollectEtags(field->is_repeated()
                       ? message.GetReflection()->GetRepeatedMessage(message, field, i)
                       : message.GetReflection()->GetMessage(message, field),
                   etags);
    }
  }
}

TEST(EtagTest, TheOtherSidesEtagIsNeverShown) {
  for (const Sides& sides : {VeilederWatchesTeacher(), TeacherWatchesVeileder()}) {
    IsolationWorld world(sides, OtherSide::kOpen);
    std::multimap<std::string, std::string> etags;
    const auto collect = [&](auto method, auto request) {
      request.set_participant_id(world.id());
      CollectEtags(Must(world.watcher(), method, request), etags);
    };
    collect(&Participants::Get, v1::GetParticipantRequest());
    collect(&v1::KartleggingService::Stub::Get, v1::GetKartleggingRequest());
    v1::ListSectionVersionsRequest versions;
    versions.set_section_id(world.other().section_id);
    collect(&v1::KartleggingService::Stub::ListVersions, versions);
    collect(&v1::PlanService::Stub::Get, v1::GetPlanRequest());
    EXPECT_GE(etags.count(sides.controller), 6u);
    EXPECT_GE(etags.count(sides.other_controller), 7u);
    for (const auto& [controller, etag] : etags) {
      EXPECT_EQ(etag.empty(), controller != sides.controller) << controller;
    }
  }
}

struct ProtectedPerson {
  std::string person;
  std::string colleague;  // with the role, in kari's unit
};
void PrintTo(const ProtectedPerson& person, std::ostream* out) { *out << person.person; }

class ProtectionTest : public SideDoorsTest, public testing::WithParamInterface<ProtectedPerson> {
 protected:
  const client::Client colleague_ = server_.As(GetParam().colleague);
};

TEST_P(ProtectionTest, OnlyTheRoleFindsListsAndCountsThem) {
  const std::string yusuf = Register(kari_, "yusuf");
  const std::string before = NeutralText(List(kari_));
  const std::string id = Register(colleague_, GetParam().person);
  MakeRichCase(colleague_, id, "vernet", true);
  const auto found = Lookup(colleague_, GetParam().person);
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->participant_id(), id);
  EXPECT_THAT(Ids(List(colleague_)), testing::UnorderedElementsAre(yusuf, id));
  EXPECT_EQ(List(colleague_).total_size(), 2);

  EXPECT_EQ(ReasonOf(Lookup(kari_, GetParam().person).status()), "NOT_FOUND");
  EXPECT_EQ(ReasonOf(Get(kari_, id).status()), "NOT_FOUND");
  EXPECT_THAT(Ids(List(kari_)), ElementsAre(yusuf));
  EXPECT_EQ(List(kari_).total_size(), 1);
  EXPECT_EQ(NeutralText(List(kari_)), before);
}

TEST_P(ProtectionTest, RegisteringThemLooksLikeRegisteringAnybody) {
  const std::string id = Register(colleague_, GetParam().person);
  MakeRichCase(colleague_, id, "vernet", true);
  const std::string shown = NeutralText(Get(colleague_, id));

  const auto created = [](const client::Client& caller, const std::string& person) {
    v1::CreateParticipantRequest request;
    request.set_national_identity_number(NumberOf(person));
    request.set_tie_reason(v1::TIE_REASON_OWN_REQUEST);
    request.set_identity_confirmation(v1::IDENTITY_CONFIRMATION_ID_DOCUMENT);
    request.mutable_contact()->set_given_name("A");
    return caller.Call(&Participants::Create, request);
  };
  for (const client::Client& caller : {kari_, tor_}) {
    const auto ordinary = created(caller, "olena");
    const auto shadow = created(caller, GetParam().person);
    ASSERT_TRUE(shadow.ok() && ordinary.ok()) << shadow.status() << ordinary.status();
    EXPECT_EQ(NeutralText(shadow), NeutralText(ordinary));
    EXPECT_EQ(NeutralText(Get(caller, shadow->participant_id())),
              NeutralText(Get(caller, ordinary->participant_id())));
    EXPECT_NE(shadow->participant_id(), id);
    // The same one, when the number is sent again.
    EXPECT_EQ(created(caller, GetParam().person)->participant_id(), shadow->participant_id());
    const auto found = Lookup(caller, GetParam().person);
    ASSERT_TRUE(found.ok()) << found.status();
    EXPECT_EQ(found->participant_id(), shadow->participant_id());
  }
  // The real case is as it was, and what was registered beside it is not in it.
  EXPECT_EQ(NeutralText(Get(colleague_, id)), shown);
  EXPECT_EQ(Lookup(colleague_, GetParam().person)->participant_id(), id);
}

INSTANTIATE_TEST_SUITE_P(People, ProtectionTest,
                         testing::Values(ProtectedPerson{"signe", "sara"},
                                         ProtectedPerson{"maryam", "frida"}),
                         [](const auto& person) { return person.param.person; });

}  // namespace
}  // namespace navo::support
