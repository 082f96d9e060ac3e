// How long an answer takes must not tell what it hides. What a call costs is counted in statements:
// whoever is not there, is hidden, or belongs to others takes the same number, and so does a case
// whose other side has everything, or nothing, when none of it is open.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cpp/uuid.h"
#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/emergency_access.grpc.pb.h"
#include "navo/v1/feed.grpc.pb.h"
#include "navo/v1/follow_up.grpc.pb.h"
#include "navo/v1/kartlegging.grpc.pb.h"
#include "navo/v1/language.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"
#include "navo/v1/protection.grpc.pb.h"
#include "navo/v1/referral.grpc.pb.h"
#include "tests/support/rich_case.h"
#include "tests/support/test_server.h"

namespace navo::proof {
namespace {

using support::Must;

// The statements of one call; -1 when the server did not say.
template <class Stub, class Request, class Response>
int StatementsOf(const client::Client& caller,
                 grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                 const Request& request) {
  Stub stub(caller.channel());
  const std::unique_ptr<grpc::ClientContext> context = caller.NewContext();
  Response response;
  (stub.*method)(context.get(), request, &response).ok();
  const auto& trailers = context->GetServerTrailingMetadata();
  const auto found = trailers.find("navo-statements");
  return found == trailers.end()
             ? -1
             : std::stoi(std::string(found->second.data(), found->second.size()));
}

// What each way of reading a case costs.
std::map<std::string, int> CostsOf(const client::Client& caller, const std::string& id) {
  const auto about = [&](auto request) {
    request.set_participant_id(id);
    return request;
  };
  return {{"who", StatementsOf(caller, &v1::ParticipantService::Stub::Get,
                               about(v1::GetParticipantRequest()))},
          {"kartlegging", StatementsOf(caller, &v1::KartleggingService::Stub::Get,
                                       about(v1::GetKartleggingRequest()))},
          {"plan", StatementsOf(caller, &v1::PlanService::Stub::Get, about(v1::GetPlanRequest()))},
          {"versions", StatementsOf(caller, &v1::PlanService::Stub::ListVersions,
                                    about(v1::ListPlanVersionsRequest()))},
          {"follow-ups", StatementsOf(caller, &v1::FollowUpService::Stub::List,
                                      about(v1::ListFollowUpsRequest()))},
          {"language", StatementsOf(caller, &v1::LanguageService::Stub::GetProgress,
                                    about(v1::GetProgressRequest()))},
          {"grounds",
           StatementsOf(caller, &v1::ConsentService::Stub::List, about(v1::ListGroundsRequest()))}};
}

support::TestServer::Setup Counting() {
  support::TestServer::Setup setup;
  setup.bench = true;
  return setup;
}

TEST(TimingClassTest, WhoeverCannotBeSeenCostsTheSameByNumberAndById) {
  support::TestServer server(Counting());
  const client::Client kari = server.As("kari");
  const client::Client tor = server.As("tor");
  const client::Client sara = server.As("sara");
  const std::string shielded = support::Register(sara, "signe");
  support::MakeRichCase(sara, shielded, "vernet", true);
  const std::string of_per = support::Register(server.As("per"), "yusuf");
  const std::string of_tor = support::Register(tor, "tesfay");
  support::MakeRichCase(tor, of_tor, "hos dem", true);

  // Nobody has olena; signe is protected, a colleague of another unit has yusuf, and another
  // controller tesfay.
  std::set<int> by_number;
  for (const char* person : {"olena", "signe", "yusuf", "tesfay"}) {
    v1::LookupParticipantRequest request;
    request.set_national_identity_number(support::NumberOf(person));
    by_number.insert(StatementsOf(kari, &v1::ParticipantService::Stub::Lookup, request));
  }
  EXPECT_THAT(by_number, testing::ElementsAre(testing::Gt(0)));

  const auto nobody = CostsOf(kari, "99999999-9999-4999-8999-999999999999");
  for (const auto& [what, statements] : nobody) EXPECT_GT(statements, 0) << what;
  EXPECT_EQ(CostsOf(kari, of_tor), nobody);
  EXPECT_EQ(CostsOf(kari, shielded), nobody);
  EXPECT_EQ(CostsOf(kari, of_per), nobody);
}

// Emergency access is asked for by number too. jan has numbers of his own and his family's, so that
// a look at them is among the statements.
TEST(TimingClassTest, EmergencyAccessInVainCostsTheSameWhoeverItIs) {
  support::TestServer server(Counting());
  const client::Client sara = server.As("sara");
  support::MakeRichCase(sara, support::Register(sara, "signe"), "vernet", true);
  support::Register(server.As("frida"), "maryam");
  const client::Client tor = server.As("tor");
  support::MakeRichCase(tor, support::Register(tor, "tesfay"), "hos dem", true);
  support::Register(server.As("kari"), "bushra");  // of jan's family
  for (const char* key : {"per", "mona", "jan"}) {
    std::set<int> costs;
    for (const char* person : {"olena", "signe", "maryam", "tesfay", "bushra"}) {
      if (std::string(person) == "bushra" && std::string(key) != "jan") continue;
      v1::OpenEmergencyAccessRequest request;
      request.set_request_id(client::NewUuid());
      request.set_national_identity_number(support::NumberOf(person));
      request.set_reason("Legevakten ringer og trenger kontaktperson");
      costs.insert(StatementsOf(server.As(key), &v1::EmergencyAccessService::Stub::Open, request));
    }
    EXPECT_THAT(costs, testing::ElementsAre(testing::Gt(0))) << key;
  }
}

TEST(TimingClassTest, WhatTheOtherSideHasAndKeepsCostsNothing) {
  std::set<std::map<std::string, int>> costs;
  for (const char* other : {"nothing", "a tie", "a rich case", "a withdrawn consent"}) {
    support::TestServer server(Counting());
    const client::Client kari = server.As("kari");
    const client::Client tor = server.As("tor");
    const std::string id = support::Register(kari, "amina");
    support::MakeRichCase(kari, id, "hos oss", true);
    const std::string what = other;
    const std::string for_tor = what == "nothing" ? "" : support::Register(tor, "amina");
    if (what == "a rich case" || what == "a withdrawn consent") {
      support::MakeRichCase(tor, for_tor, "hos dem", true);
    }
    if (what == "a withdrawn consent") {
      Must(tor, &v1::ConsentService::Stub::GiveConsent,
           support::NewConsent(for_tor, support::FullRelease("oslo-vo", "nav-statlig")));
      Must(tor, &v1::ConsentService::Stub::WithdrawConsent, support::NewWithdrawal(for_tor));
    }
    costs.insert(CostsOf(kari, id));
    EXPECT_GT(costs.begin()->at("who"), 0);
  }
  EXPECT_THAT(costs, testing::SizeIs(1));
}

// A unit that has not confirmed whom it has is looked for among those that are offered somebody.
TEST(TimingClassTest, AnOfferThatNoGroundTellsOfCostsAnUnconfirmedTieNothing) {
  std::set<std::map<std::string, int>> costs;
  for (const bool offered : {false, true}) {
    support::TestServer server(Counting());
    const client::Client kari = server.As("kari");
    const client::Client tor = server.As("tor");
    const std::string id = support::Register(kari, "amina");
    support::MakeRichCase(kari, id, "hos oss", true);
    const std::string for_tor =
        support::TryRegister(tor, support::NumberOf("amina"), false).value_or("");
    if (offered) {
      Must(kari, &v1::ConsentService::Stub::GiveConsent,
           support::NewConsent(id, support::FullRelease("nav-statlig", "oslo-vo")));
      v1::ReferRequest refer;
      refer.set_participant_id(id);
      refer.set_to_unit("vo-rosenhof");
      refer.set_reason(v1::REFERRAL_REASON_MOVED);
      Must(kari, &v1::ReferralService::Stub::Refer, refer);
      Must(kari, &v1::ConsentService::Stub::WithdrawConsent, support::NewWithdrawal(id));
    }
    costs.insert(CostsOf(tor, for_tor));
    EXPECT_GT(costs.begin()->at("who"), 0);
  }
  EXPECT_THAT(costs, testing::SizeIs(1));
}

TEST(TimingClassTest, SayingHowSomebodyIsProtectedCostsTheSameWhoeverHasThem) {
  support::TestServer server(Counting());
  const client::Client frida = server.As("frida");
  support::MakeRichCase(server.As("tor"), support::Register(server.As("tor"), "tesfay"), "VO",
                        true);
  std::map<std::string, int> costs;
  for (const char* person : {"olena", "tesfay"}) {
    v1::SetProtectionRequest request;
    request.set_request_id(absl::StrCat("11111111-1111-4111-8111-10000000000", costs.size()));
    request.set_national_identity_number(support::NumberOf(person));
    request.set_grading(v1::ADDRESS_GRADING_FORTROLIG);
    costs[person] = StatementsOf(frida, &v1::ProtectionService::Stub::SetProtection, request);
  }
  EXPECT_GT(costs["olena"], 0);
  EXPECT_EQ(costs["olena"], costs["tesfay"]);
}

TEST(TimingClassTest, TheIdOfAMergedShadowRecordCostsWhatAProtectedPersonsDoes) {
  support::TestServer server(Counting());
  const client::Client kari = server.As("kari");
  const std::string shielded = support::Register(server.As("sara"), "signe");
  const std::string shadow = support::Register(kari, "maryam");
  support::MakeRichCase(kari, shadow, "hos oss", true);
  v1::MergeShadowRequest merge;
  merge.set_shadow_id(shadow);
  Must(server.As("frida"), &v1::ProtectionService::Stub::MergeShadow, merge);
  EXPECT_EQ(CostsOf(kari, shadow), CostsOf(kari, shielded));
}

}  // namespace
}  // namespace navo::proof
