// Address grading and shielding that change while the server runs, and shadow records.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "navo/v1/access_log.grpc.pb.h"
#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/emergency_access.grpc.pb.h"
#include "navo/v1/feed.grpc.pb.h"
#include "navo/v1/follow_up.grpc.pb.h"
#include "navo/v1/kartlegging.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"
#include "navo/v1/protection.grpc.pb.h"
#include "navo/v1/referral.grpc.pb.h"
#include "tests/support/neutral.h"
#include "tests/support/rich_case.h"
#include "tests/support/test_server.h"

namespace navo::support {
namespace {

using Protection = v1::ProtectionService::Stub;
using Participants = v1::ParticipantService::Stub;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

template <class Request>
Request On(const std::string& id) {
  Request request;
  request.set_participant_id(id);
  return request;
}

v1::SetProtectionRequest Graded(const std::string& person, v1::AddressGrading grading) {
  v1::SetProtectionRequest request;
  request.set_national_identity_number(NumberOf(person));
  request.set_grading(grading);
  return request;
}

v1::LookupParticipantRequest Number(const std::string& person) {
  v1::LookupParticipantRequest request;
  request.set_national_identity_number(NumberOf(person));
  return request;
}

// What somebody is told of a person.
std::vector<std::string> Everything(const client::Client& caller, const std::string& id,
                                    const std::string& person) {
  return {NeutralText(caller.Call(&Participants::Lookup, Number(person))),
          NeutralText(caller.Call(&Participants::Get, On<v1::GetParticipantRequest>(id))),
          NeutralText(caller.Call(&v1::PlanService::Stub::Get, On<v1::GetPlanRequest>(id))),
          NeutralText(caller.Call(&Participants::List, v1::ListParticipantsRequest())),
          NeutralText(caller.Call(&v1::ReferralService::Stub::List, v1::ListReferralsRequest())),
          NeutralText(caller.Call(&Protection::ListShadows, v1::ListShadowsRequest()))};
}

// With another seed file than the example.
TestServer::Setup WithSeed(const TempFolder& folder,
                           const std::function<void(nlohmann::json&)>& change) {
  std::ifstream file(NAVO_SOURCE_DIR "/docs/examples/seed.json");
  nlohmann::json seed = nlohmann::json::parse(file);
  change(seed);
  const std::string path = folder.File("seed.json");
  std::ofstream(path) << seed;
  return {.seed = path};
}

class ProtectionServiceTest : public ::testing::Test {
 protected:
  static void Grade(const client::Client& caller, const std::string& person,
                    v1::AddressGrading grading) {
    Must(caller, &Protection::SetProtection, Graded(person, grading));
  }
  static int Listed(const client::Client& caller) {
    return Must(caller, &Participants::List, v1::ListParticipantsRequest()).total_size();
  }
  static absl::StatusCode Plan(const client::Client& caller, const std::string& id) {
    return caller.Call(&v1::PlanService::Stub::Get, On<v1::GetPlanRequest>(id)).status().code();
  }

  static absl::StatusCode Seen(const client::Client& caller, const std::string& id) {
    return caller.Call(&Participants::Get, On<v1::GetParticipantRequest>(id)).status().code();
  }

  TestServer server_;
  client::Client kari_ = server_.As("kari");    // NAV Grorud, statlig
  client::Client frida_ = server_.As("frida");  // the same, with both gradings' roles
  client::Client sara_ = server_.As("sara");    // the same, with the role for shielded persons
  client::Client per_ = server_.As("per");      // NAV Stovner: the same controller
  client::Client tor_ = server_.As("tor");      // VO Rosenhof
  client::Client register_ = server_.As("folkeregister");
};

TEST_F(ProtectionServiceTest, ARaisedGradingHidesAtOnceAndALoweredOneOpensAgain) {
  const std::string id = Register(kari_, "amina");
  MakeRichCase(kari_, id, "hos oss", true);
  v1::ReferRequest refer = On<v1::ReferRequest>(id);
  refer.set_to_unit("nav-stovner-statlig");
  refer.set_reason(v1::REFERRAL_REASON_MOVED);
  Must(kari_, &v1::ReferralService::Stub::Refer, refer);
  const std::string cursor =
      Must(kari_, &v1::FeedService::Stub::ListChanges, v1::ListChangesRequest()).next_cursor();

  Grade(frida_, "amina", v1::ADDRESS_GRADING_FORTROLIG);
  const auto unknown = kari_.Call(
      &Participants::Get, On<v1::GetParticipantRequest>("11111111-1111-4111-8111-111111111111"));
  const auto hidden = kari_.Call(&Participants::Get, On<v1::GetParticipantRequest>(id));
  EXPECT_EQ(NeutralText(hidden), NeutralText(unknown));
  EXPECT_EQ(Listed(kari_), 0);
  EXPECT_EQ(kari_.Call(&Participants::Lookup, Number("amina")).status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_THAT(Must(per_, &v1::ReferralService::Stub::List, v1::ListReferralsRequest()).referrals(),
              IsEmpty());
  v1::ListChangesRequest since;
  since.set_cursor(cursor);
  const auto changes = Must(kari_, &v1::FeedService::Stub::ListChanges, since);
  ASSERT_THAT(changes.changes(), SizeIs(1));
  EXPECT_EQ(changes.changes(0).act(), v1::CHANGE_ACT_ACCESS_CLOSED);
  EXPECT_EQ(Plan(frida_, id), absl::StatusCode::kOk);
  EXPECT_EQ(Plan(server_.As("amina"), "me"), absl::StatusCode::kOk);

  Grade(frida_, "amina", v1::ADDRESS_GRADING_UGRADERT);
  EXPECT_EQ(Plan(kari_, id), absl::StatusCode::kOk);
  EXPECT_EQ(Listed(kari_), 1);
}

TEST_F(ProtectionServiceTest, EmergencyAccessDoesNotSurviveIt) {
  const std::string id = Register(per_, "amina");
  v1::OpenEmergencyAccessRequest request;
  request.set_national_identity_number(NumberOf("amina"));
  request.set_reason("Noen ringer fra legevakten");
  Must(frida_, &v1::EmergencyAccessService::Stub::Open, request);
  EXPECT_EQ(frida_.Call(&Participants::Get, On<v1::GetParticipantRequest>(id)).status(),
            absl::OkStatus());
  Grade(frida_, "amina", v1::ADDRESS_GRADING_FORTROLIG);
  EXPECT_EQ(frida_.Call(&Participants::Get, On<v1::GetParticipantRequest>(id)).status().code(),
            absl::StatusCode::kNotFound)
      << "though frida has the role";
  EXPECT_THAT(Must(server_.As("dag"), &v1::EmergencyAccessService::Stub::List,
                   v1::ListEmergencyAccessRequest())
                  .emergency_accesses(),
              IsEmpty())
      << "PERSONVERN without the role does not know of it either";
  Grade(frida_, "amina", v1::ADDRESS_GRADING_UGRADERT);
  const auto listed = Must(server_.As("dag"), &v1::EmergencyAccessService::Stub::List,
                           v1::ListEmergencyAccessRequest());
  ASSERT_THAT(listed.emergency_accesses(), SizeIs(1));
  EXPECT_EQ(listed.emergency_accesses(0).end(), v1::EMERGENCY_END_PROTECTION);
}

TEST_F(ProtectionServiceTest, EachRoleSaysWhatItKnowsOf) {
  for (const client::Client& caller : {kari_, tor_, server_.As("liv"), server_.As("komet")}) {
    const auto refused =
        caller.Call(&Protection::SetProtection, Graded("amina", v1::ADDRESS_GRADING_FORTROLIG));
    EXPECT_EQ(refused.status().code(), absl::StatusCode::kPermissionDenied);
  }
  const auto grading =
      sara_.Call(&Protection::SetProtection, Graded("amina", v1::ADDRESS_GRADING_FORTROLIG));
  EXPECT_EQ(ReasonOf(grading.status()), "ROLE_NOT_ALLOWED");
  v1::SetProtectionRequest shielding;
  shielding.set_national_identity_number(NumberOf("amina"));
  shielding.set_shielding(v1::SHIELDING_SKJERMET);
  EXPECT_EQ(ReasonOf(frida_.Call(&Protection::SetProtection, shielding).status()),
            "ROLE_NOT_ALLOWED");
  const std::string id = Register(kari_, "amina");
  Must(sara_, &Protection::SetProtection, shielding);
  Grade(frida_, "amina", v1::ADDRESS_GRADING_UGRADERT);  // leaves the shielding
  EXPECT_EQ(Plan(frida_, id), absl::StatusCode::kNotFound);
  shielding.set_national_identity_number("12345678901");
  shielding.set_shielding(static_cast<v1::Shielding>(99));
  EXPECT_EQ(ReasonOf(sara_.Call(&Protection::SetProtection, shielding).status()), "INVALID_FIELDS");
}

TEST_F(ProtectionServiceTest, WhatTheRoleDoesNotSeeStaysAndTheAnswerIsTheSame) {
  const TempFolder folder;
  TestServer server(WithSeed(folder, [](nlohmann::json& seed) {
    for (auto& one : seed["staff"]) {
      if (one["key"] == "per") one["memberships"][0]["roles"].push_back("FORTROLIG_TILGANG");
    }
  }));
  const client::Client per = server.As("per");
  const client::Client frida = server.As("frida");
  const std::string shadow = Register(server.As("kari"), "maryam");  // strictly confidential
  std::set<std::string> answers;
  for (const char* person : {"maryam", "olena"}) {
    for (const auto grading : {v1::ADDRESS_GRADING_FORTROLIG, v1::ADDRESS_GRADING_UGRADERT}) {
      answers.insert(NeutralText(per.Call(&Protection::SetProtection, Graded(person, grading))));
    }
  }
  EXPECT_THAT(answers, SizeIs(1));
  const auto listed = Must(frida, &Protection::ListShadows, v1::ListShadowsRequest());
  ASSERT_THAT(listed.shadows(), SizeIs(1));
  EXPECT_EQ(listed.shadows(0).shadow_id(), shadow);
  EXPECT_EQ(listed.shadows(0).grading(), v1::ADDRESS_GRADING_STRENGT_FORTROLIG);
  EXPECT_THAT(Must(per, &Protection::ListShadows, v1::ListShadowsRequest()).shadows(), IsEmpty());
}

TEST_F(ProtectionServiceTest, UnknownProtectionIsTheStrictestUntilSomebodySays) {
  Grade(frida_, "amina", v1::ADDRESS_GRADING_UKJENT);
  const std::string shadow = Register(kari_, "amina");
  const std::string id = Register(frida_, "amina");
  EXPECT_NE(shadow, id);
  EXPECT_EQ(kari_.Call(&Participants::Get, On<v1::GetParticipantRequest>(id)).status().code(),
            absl::StatusCode::kNotFound);
  Grade(frida_, "amina", v1::ADDRESS_GRADING_UGRADERT);
  for (const std::string& one : {shadow, id}) {
    EXPECT_EQ(kari_.Call(&Participants::Get, On<v1::GetParticipantRequest>(one)).status(),
              absl::OkStatus());
  }
  EXPECT_EQ(Listed(kari_), 1) << "one participant, under one id";
}

TEST_F(ProtectionServiceTest, WhatWasSetIsNotUndoneByTheSeedFileAtARestart) {
  Grade(register_, "maryam", v1::ADDRESS_GRADING_UGRADERT);  // the file says STRENGT_FORTROLIG
  const std::string id = Register(kari_, "maryam");
  server_.Restart();
  EXPECT_EQ(Register(server_.As("frida"), "maryam"), id);
  EXPECT_EQ(Must(server_.As("kari"), &Participants::Lookup, Number("maryam")).participant_id(), id);
}

TEST_F(ProtectionServiceTest, OnlyTheRoleSeesShadowRecordsAndOnlyOfTheOwnController) {
  const std::string shadow = Register(kari_, "maryam");  // strictly confidential
  Register(tor_, "maryam");
  Register(kari_, "signe");  // shielded
  const auto listed = Must(frida_, &Protection::ListShadows, v1::ListShadowsRequest());
  ASSERT_THAT(listed.shadows(), SizeIs(1)) << "the shielded one is not frida's to know";
  EXPECT_EQ(listed.shadows(0).shadow_id(), shadow);
  EXPECT_EQ(listed.shadows(0).grading(), v1::ADDRESS_GRADING_STRENGT_FORTROLIG);
  EXPECT_THAT(listed.shadows(0).units(), ::testing::ElementsAre("nav-grorud-statlig"));
  EXPECT_THAT(Must(sara_, &Protection::ListShadows, v1::ListShadowsRequest()).shadows(), SizeIs(1));
  EXPECT_EQ(ReasonOf(kari_.Call(&Protection::ListShadows, v1::ListShadowsRequest()).status()),
            "ROLE_NOT_ALLOWED");
  v1::MergeShadowRequest merge;
  merge.set_shadow_id(shadow);
  EXPECT_EQ(sara_.Call(&Protection::MergeShadow, merge).status().code(),
            absl::StatusCode::kNotFound);
  merge.set_shadow_id(Register(kari_, "amina"));
  EXPECT_EQ(frida_.Call(&Protection::MergeShadow, merge).status().code(),
            absl::StatusCode::kNotFound)
      << "no shadow record";
}

TEST_F(ProtectionServiceTest, AMergedShadowRecordIsTheRealParticipants) {
  const std::string shadow = Register(kari_, "maryam");
  MakeRichCase(kari_, shadow, "hos oss", true);
  Must(kari_, &v1::ConsentService::Stub::RecordLegalBasis,
       NewLegalBasis(shadow, LawRelease("nav-statlig", "oslo-vo")));
  const std::string real = Register(frida_, "maryam");
  const std::string real_step =
      Must(frida_, &v1::PlanService::Stub::Open, On<v1::OpenPlanRequest>(real)).revision();
  ASSERT_FALSE(real_step.empty());
  std::vector<std::vector<std::string>> before;
  for (const client::Client& caller : {per_, tor_, server_.As("mona")}) {
    before.push_back(Everything(caller, shadow, "maryam"));
  }
  const std::string cursor =
      Must(kari_, &v1::FeedService::Stub::ListChanges, v1::ListChangesRequest()).next_cursor();
  v1::MergeShadowRequest merge;
  merge.set_shadow_id(shadow);
  EXPECT_EQ(Must(frida_, &Protection::MergeShadow, merge).participant_id(), real);

  size_t i = 0;
  for (const client::Client& caller : {per_, tor_, server_.As("mona")}) {
    EXPECT_EQ(Everything(caller, shadow, "maryam"), before[i++]) << "the ordinary world";
  }
  for (const std::string& id : {shadow, real}) {
    const auto plan = Must(frida_, &v1::PlanService::Stub::Get, On<v1::GetPlanRequest>(id));
    ASSERT_THAT(plan.plan().parts(), SizeIs(1));
    EXPECT_THAT(plan.plan().parts(0).steps(), SizeIs(2));
    v1::ListFollowUpsRequest events = On<v1::ListFollowUpsRequest>(id);
    EXPECT_FALSE(Must(frida_, &v1::FollowUpService::Stub::List, events).follow_ups().empty());
    EXPECT_THAT(
        Must(frida_, &v1::ConsentService::Stub::List, On<v1::ListGroundsRequest>(id)).grounds(),
        SizeIs(1));
    EXPECT_EQ(Plan(kari_, id), absl::StatusCode::kNotFound) << "as when a grading is raised";
  }
  EXPECT_EQ(Listed(frida_), 1);
  EXPECT_EQ(Listed(kari_), 0);
  v1::ListChangesRequest since;
  since.set_cursor(cursor);
  const auto changes = Must(kari_, &v1::FeedService::Stub::ListChanges, since);
  ASSERT_THAT(changes.changes(), SizeIs(1)) << "as when a grading is raised";
  EXPECT_EQ(changes.changes(0).participant_id(), shadow);
  EXPECT_EQ(changes.changes(0).act(), v1::CHANGE_ACT_ACCESS_CLOSED);
  EXPECT_THAT(Must(frida_, &Protection::ListShadows, v1::ListShadowsRequest()).shadows(),
              IsEmpty());
  EXPECT_EQ(frida_.Call(&Protection::MergeShadow, merge).status().code(),
            absl::StatusCode::kNotFound)
      << "no shadow record any more";
  EXPECT_EQ(Plan(server_.As("maryam"), "me"), absl::StatusCode::kOk);
}

// What a merge tells its own side, where a school with the role has the person too, or nobody has.
std::vector<std::string> ToldByAMerge(bool the_school_has_her) {
  const TempFolder folder;
  TestServer server(WithSeed(folder, [](nlohmann::json& seed) {
    for (auto& one : seed["staff"]) {
      if (one["key"] != "tor") continue;
      one["memberships"][0]["roles"].push_back("STRENGT_FORTROLIG_TILGANG");
    }
  }));
  const client::Client kari = server.As("kari");
  const client::Client frida = server.As("frida");
  if (the_school_has_her)
    MakeRichCase(server.As("tor"), Register(server.As("tor"), "maryam"), "VO", true);
  const std::string shadow = Register(kari, "maryam");
  MakeRichCase(kari, shadow, "hos oss", true);
  v1::ListChangesRequest since;
  since.set_cursor(
      Must(kari, &v1::FeedService::Stub::ListChanges, v1::ListChangesRequest()).next_cursor());
  v1::MergeShadowRequest merge;
  merge.set_shadow_id(shadow);
  const auto merged = frida.Call(&Protection::MergeShadow, merge);
  std::vector<std::string> told = {NeutralText(merged),
                                   merged.ok() && merged->participant_id() == shadow ? "same" : ""};
  for (const client::Client& caller : {kari, frida}) {
    for (std::string& one : Everything(caller, shadow, "maryam")) told.push_back(std::move(one));
    told.push_back(NeutralText(caller.Call(&v1::FeedService::Stub::ListChanges, since)));
    told.push_back(NeutralText(
        caller.Call(&v1::KartleggingService::Stub::Get, On<v1::GetKartleggingRequest>(shadow))));
    told.push_back(NeutralText(
        caller.Call(&v1::FollowUpService::Stub::List, On<v1::ListFollowUpsRequest>(shadow))));
  }
  return told;
}

TEST(ShadowMergeTest, TheOwnSideIsToldTheSameWhetherOrNotSomebodyElseHasThePerson) {
  EXPECT_EQ(ToldByAMerge(true), ToldByAMerge(false));
}

TEST_F(ProtectionServiceTest, WhereNobodyHasThePersonYetTheMergeRegistersThem) {
  const std::string shadow = Register(kari_, "maryam");
  v1::MergeShadowRequest merge;
  merge.set_shadow_id(shadow);
  const std::string id = Must(frida_, &Protection::MergeShadow, merge).participant_id();
  EXPECT_EQ(Register(frida_, "maryam"), id);
  EXPECT_EQ(Listed(kari_), 0);
  EXPECT_NE(Register(kari_, "maryam"), shadow) << "anew, as for anybody who is not there";
}

TEST_F(ProtectionServiceTest, TheParticipantReadsWhoLookedAtTheShadowRecord) {
  const std::string shadow = Register(kari_, "maryam");
  Must(kari_, &Participants::Get, On<v1::GetParticipantRequest>(shadow));
  Register(frida_, "maryam");
  const client::Client maryam = server_.As("maryam");
  const auto lines = [&] {
    return Must(maryam, &v1::AccessLogService::Stub::ListAccess, On<v1::ListAccessRequest>("me"));
  };
  const int before = lines().acts_size();
  v1::MergeShadowRequest merge;
  merge.set_shadow_id(shadow);
  Must(frida_, &Protection::MergeShadow, merge);
  int read = 0;
  const auto after = lines();
  for (const v1::AccessAct& act : after.acts()) {
    for (const std::string& method : act.methods())
      read += method == "navo.v1.ParticipantService.Get";
  }
  EXPECT_GT(after.acts_size(), before);
  EXPECT_EQ(read, 1) << "by kari, who knew her from the shadow record alone";
}

TEST_F(ProtectionServiceTest, WhoAnswersForTheLogGoesOnFindingWhatWasLookedAtThere) {
  const std::string shadow = Register(kari_, "maryam");
  Must(kari_, &Participants::Get, On<v1::GetParticipantRequest>(shadow));
  v1::SearchAccessRequest search;
  search.set_subject("kari");
  const auto found = [&] {
    int rows = 0;
    const auto answer = Must(server_.As("dag"), &v1::AccessLogService::Stub::SearchAccess, search);
    for (const v1::FoundAccess& one : answer.found()) rows += one.participant_id() == shadow;
    return rows;
  };
  const int before = found();
  EXPECT_GE(before, 2);
  v1::MergeShadowRequest merge;
  merge.set_shadow_id(shadow);
  Must(frida_, &Protection::MergeShadow, merge);
  EXPECT_EQ(found(), 0) << "dag does not have the role";
  Grade(register_, "maryam", v1::ADDRESS_GRADING_UGRADERT);
  EXPECT_EQ(found(), before);
  search.set_of_participant_id(shadow);
  EXPECT_EQ(found(), before) << "by either id";
}

TEST_F(ProtectionServiceTest, ASystemSaysItOnlyWhereThatIsItsScope) {
  const std::string id = Register(kari_, "amina");
  Grade(register_, "amina", v1::ADDRESS_GRADING_STRENGT_FORTROLIG_UTLAND);
  EXPECT_EQ(Plan(kari_, id), absl::StatusCode::kNotFound);
  const auto other =
      server_.As("vo-system")
          .Call(&Protection::SetProtection, Graded("amina", v1::ADDRESS_GRADING_UGRADERT));
  EXPECT_EQ(ReasonOf(other.status()), "SCOPE_MISSING");
  EXPECT_EQ(Plan(kari_, id), absl::StatusCode::kNotFound);
}

// Staff ask for more than the person register says, and take that back.
TEST_F(ProtectionServiceTest, NobodyButTheRegisterGoesBelowWhatItSays) {
  const std::string id = Register(frida_, "amina");
  Grade(register_, "amina", v1::ADDRESS_GRADING_FORTROLIG);
  Grade(frida_, "amina", v1::ADDRESS_GRADING_STRENGT_FORTROLIG);
  const auto refused =
      frida_.Call(&Protection::SetProtection, Graded("amina", v1::ADDRESS_GRADING_UGRADERT));
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(ReasonOf(refused.status()), "NOT_OWNER");
  EXPECT_EQ(Seen(kari_, id), absl::StatusCode::kNotFound);
  Grade(frida_, "amina", v1::ADDRESS_GRADING_FORTROLIG);  // what was asked for beyond that

  v1::SetProtectionRequest shielding;
  shielding.set_national_identity_number(NumberOf("amina"));
  shielding.set_shielding(v1::SHIELDING_SKJERMET);
  Must(register_, &Protection::SetProtection, shielding);
  shielding.set_shielding(v1::SHIELDING_IKKE_SKJERMET);
  // Graded too, she is not sara's to know of: nothing changes and nothing is told.
  Must(sara_, &Protection::SetProtection, shielding);
  Grade(register_, "amina", v1::ADDRESS_GRADING_UGRADERT);
  EXPECT_EQ(Seen(kari_, id), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReasonOf(sara_.Call(&Protection::SetProtection, shielding).status()), "NOT_OWNER");
  Must(register_, &Protection::SetProtection, shielding);
  Must(kari_, &Participants::Lookup, Number("amina"));
  Grade(frida_, "amina", v1::ADDRESS_GRADING_FORTROLIG);
  Grade(frida_, "amina", v1::ADDRESS_GRADING_UGRADERT);
  Must(kari_, &Participants::Lookup, Number("amina"));

  EXPECT_EQ(
      ReasonOf(
          frida_.Call(&Protection::SetProtection, Graded("maryam", v1::ADDRESS_GRADING_FORTROLIG))
              .status()),
      "NOT_OWNER")
      << "the seed file is a register's word";

  // Not to know is no word of the register's: staff with the role may say what is so.
  Grade(register_, "amina", v1::ADDRESS_GRADING_UKJENT);
  Grade(frida_, "amina", v1::ADDRESS_GRADING_UGRADERT);
  EXPECT_EQ(frida_.Call(&Participants::Get, On<v1::GetParticipantRequest>(id)).status(),
            absl::OkStatus());
}

// A register that is read through each night says most things again.
TEST_F(ProtectionServiceTest, TheRegisterSayingItsWordAgainUndoesNothing) {
  const std::string id = Register(frida_, "amina");
  Grade(register_, "amina", v1::ADDRESS_GRADING_UGRADERT);
  Grade(frida_, "amina", v1::ADDRESS_GRADING_STRENGT_FORTROLIG);
  Grade(register_, "amina", v1::ADDRESS_GRADING_UGRADERT);
  Grade(register_, "amina", v1::ADDRESS_GRADING_FORTROLIG);
  Grade(register_, "amina", v1::ADDRESS_GRADING_UKJENT);
  Grade(register_, "amina", v1::ADDRESS_GRADING_UGRADERT);
  EXPECT_EQ(Seen(kari_, id), absl::StatusCode::kNotFound);
  Grade(frida_, "amina", v1::ADDRESS_GRADING_UGRADERT);
  Must(kari_, &Participants::Lookup, Number("amina"));

  Grade(register_, "amina", v1::ADDRESS_GRADING_UKJENT);
  Grade(frida_, "amina", v1::ADDRESS_GRADING_UGRADERT);
  Grade(register_, "amina", v1::ADDRESS_GRADING_UKJENT);
  EXPECT_EQ(Seen(kari_, id), absl::StatusCode::kOk) << "it still does not know, and staff do";

  v1::SetProtectionRequest shielding;
  shielding.set_national_identity_number(NumberOf("amina"));
  shielding.set_shielding(v1::SHIELDING_SKJERMET);
  Must(sara_, &Protection::SetProtection, shielding);
  shielding.set_shielding(v1::SHIELDING_IKKE_SKJERMET);
  Must(register_, &Protection::SetProtection, shielding);
  EXPECT_EQ(Seen(kari_, id), absl::StatusCode::kNotFound);
  Must(sara_, &Protection::SetProtection, shielding);
  Must(kari_, &Participants::Lookup, Number("amina"));
}

}  // namespace
}  // namespace navo::support
