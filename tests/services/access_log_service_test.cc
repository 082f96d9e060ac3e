// The access log as people read it, over a real socket: one line per act, to those it concerns.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "navo/v1/access_log.grpc.pb.h"
#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "tests/support/test_server.h"

namespace navo {
namespace {

using support::ReasonOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr char kActA[] = "aaaaaaaa-0000-4000-8000-000000000001";
constexpr char kActB[] = "bbbbbbbb-0000-4000-8000-000000000002";

class AccessLogServiceTest : public testing::Test {
 protected:
  static absl::Status Look(const client::Client& caller, const std::string& participant_id) {
    v1::GetParticipantRequest request;
    request.set_participant_id(participant_id);
    return caller.Call(&v1::ParticipantService::Stub::Get, request).status();
  }
  static absl::Status LookAtGrounds(const client::Client& caller,
                                    const std::string& participant_id) {
    v1::ListGroundsRequest request;
    request.set_participant_id(participant_id);
    return caller.Call(&v1::ConsentService::Stub::List, request).status();
  }

  static absl::StatusOr<v1::ListAccessResponse> Page(const client::Client& caller,
                                                     const std::string& participant_id, int size,
                                                     const std::string& token) {
    v1::ListAccessRequest request;
    request.set_participant_id(participant_id);
    request.set_page_size(size);
    request.set_page_token(token);
    return caller.Call(&v1::AccessLogService::Stub::ListAccess, request);
  }
  static std::vector<v1::AccessAct> Acts(const client::Client& caller,
                                         const std::string& participant_id) {
    const auto page = Page(caller, participant_id, 200, "");
    EXPECT_TRUE(page.ok()) << page.status();
    if (!page.ok()) return {};
    return {page->acts().begin(), page->acts().end()};
  }

  support::TestServer server_;
  const client::Client kari_ = server_.As("kari");
  const client::Client tor_ = server_.As("tor");
  const client::Client amina_ = server_.As("amina");
  const std::string for_kari_ = support::Register(kari_.WithAct(kActB), "amina");
};

TEST_F(AccessLogServiceTest, OneLinePerActNewestFirst) {
  server_.clock().Advance(absl::Minutes(75));
  const client::Client act = kari_.WithAct(kActA);
  ASSERT_TRUE(Look(act, for_kari_).ok());
  server_.clock().Advance(absl::Minutes(1));
  ASSERT_TRUE(LookAtGrounds(act, for_kari_).ok());
  ASSERT_TRUE(Look(act, for_kari_).ok());

  const std::vector<v1::AccessAct> acts = Acts(amina_, "me");
  ASSERT_EQ(acts.size(), 2u);
  EXPECT_THAT(acts[0].methods(),
              ElementsAre("navo.v1.ParticipantService.Get", "navo.v1.ConsentService.List"));
  EXPECT_EQ(acts[0].unit(), "nav-grorud-statlig");
  EXPECT_EQ(acts[0].controller(), "nav-statlig");
  EXPECT_EQ(acts[0].role(), v1::ROLE_VEILEDER);
  EXPECT_EQ(acts[0].decision(), v1::ACCESS_DECISION_PERMIT);
  EXPECT_EQ(acts[0].subject(), "");
  EXPECT_THAT(acts[0].line_nb(),
              testing::StartsWith("2. november 2026 kl. 10.15: En veileder ved NAV Grorud, statlig "
                                  "linje så "));
  EXPECT_THAT(acts[0].line_en(), HasSubstr("your name"));
  EXPECT_THAT(acts[1].line_en(), HasSubstr("registered you"));

  // Reading the log is an act too.
  const std::vector<v1::AccessAct> again = Acts(amina_, "me");
  ASSERT_EQ(again.size(), 3u);
  EXPECT_EQ(again[0].relation(), v1::RELATION_SELF);
  EXPECT_THAT(again[0].line_nb(), HasSubstr("Du så hvem som har sett opplysninger om deg."));
}

TEST_F(AccessLogServiceTest, ARefusalIsThereWithItsReason) {
  EXPECT_EQ(Look(server_.As("per"), for_kari_).code(), absl::StatusCode::kNotFound);
  const std::vector<v1::AccessAct> acts = Acts(amina_, "me");
  ASSERT_EQ(acts.size(), 2u);
  EXPECT_EQ(acts[0].decision(), v1::ACCESS_DECISION_DENY);
  EXPECT_EQ(acts[0].reason(), "NO_RELATION");
  EXPECT_THAT(acts[0].shown(), IsEmpty());
  EXPECT_THAT(acts[0].line_nb(), HasSubstr("NAV Stovner, statlig linje ble nektet tilgang"));
}

TEST_F(AccessLogServiceTest, WhatWasAskedBeforeAnybodyWasThereIsNotThere) {
  v1::LookupParticipantRequest request;
  request.set_national_identity_number(support::NumberOf("yusuf"));
  EXPECT_FALSE(tor_.Call(&v1::ParticipantService::Stub::Lookup, request).ok());
  support::Register(tor_, "yusuf");
  EXPECT_EQ(Acts(server_.As("yusuf"), "me").size(), 1u);
}

TEST_F(AccessLogServiceTest, AnActIdOfAnotherHidesNothing) {
  EXPECT_FALSE(Look(server_.As("per").WithAct(kActA), for_kari_).ok());
  ASSERT_TRUE(Look(kari_.WithAct(kActA), for_kari_).ok());
  const std::vector<v1::AccessAct> acts = Acts(amina_, "me");
  ASSERT_EQ(acts.size(), 3u);
  EXPECT_EQ(acts[0].decision(), v1::ACCESS_DECISION_PERMIT);
  EXPECT_EQ(acts[1].decision(), v1::ACCESS_DECISION_DENY);

  // A colleague of the same unit, and the same person on another day.
  ASSERT_TRUE(Look(server_.As("sara").WithAct(kActA), for_kari_).ok());
  EXPECT_EQ(Acts(amina_, "me").size(), 5u);  // with the reading of the log above
  server_.clock().Advance(absl::Hours(24));
  ASSERT_TRUE(Look(kari_.WithAct(kActA), for_kari_).ok());
  EXPECT_EQ(Acts(amina_, "me").front().methods_size(), 1);
  EXPECT_EQ(Acts(amina_, "me").size(), 7u);  // with a reading of the log on each day
}

TEST_F(AccessLogServiceTest, PagesShowAnActOnceWhereverItsCallsAre) {
  const client::Client long_act = kari_.WithAct(kActA);
  const client::Client other_act = kari_.WithAct("cccccccc-0000-4000-8000-000000000003");
  ASSERT_TRUE(Look(long_act, for_kari_).ok());
  ASSERT_TRUE(Look(other_act, for_kari_).ok());
  ASSERT_TRUE(LookAtGrounds(long_act, for_kari_).ok());

  const auto first = Page(amina_, "me", 1, "");
  ASSERT_TRUE(first.ok()) << first.status();
  ASSERT_EQ(first->acts_size(), 1);
  EXPECT_EQ(first->acts(0).methods_size(), 2);
  const auto second = Page(amina_, "me", 1, first->next_page_token());
  ASSERT_TRUE(second.ok()) << second.status();
  ASSERT_EQ(second->acts_size(), 1);
  EXPECT_THAT(second->acts(0).methods(), ElementsAre("navo.v1.ParticipantService.Get"));
  const auto third = Page(amina_, "me", 1, second->next_page_token());
  ASSERT_TRUE(third.ok()) << third.status();
  ASSERT_EQ(third->acts_size(), 1);
  EXPECT_THAT(third->acts(0).line_en(), HasSubstr("registered you"));
  EXPECT_EQ(third->next_page_token(), "");

  EXPECT_EQ(ReasonOf(Page(server_.As("dag"), for_kari_, 1, first->next_page_token()).status()),
            "PAGE_TOKEN_INVALID");
  EXPECT_EQ(Page(amina_, "me", 201, "").status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(AccessLogServiceTest, PersonvernSeesLookUpsOfTheOwnData) {
  const std::string for_tor = support::Register(tor_, "amina");
  const client::Client dag = server_.As("dag"), vera = server_.As("vera");
  ASSERT_TRUE(Look(tor_, for_tor).ok());
  const std::vector<v1::AccessAct> before = Acts(dag, for_kari_);
  ASSERT_EQ(before.size(), 1u);  // kari's registration; tor saw nothing of NAV's
  EXPECT_EQ(before[0].subject(), "kari");

  support::ConsentBothWays(kari_, for_kari_, tor_, for_tor);
  ASSERT_TRUE(Look(tor_.WithAct(kActA), for_tor).ok());
  const v1::AccessAct to_dag = [&] {
    for (const v1::AccessAct& act : Acts(dag, for_kari_)) {
      if (act.unit() == "vo-rosenhof") return act;
    }
    return v1::AccessAct();
  }();
  EXPECT_EQ(to_dag.role(), v1::ROLE_LAERER);
  EXPECT_EQ(to_dag.subject(), "");  // of another controller
  EXPECT_EQ(to_dag.ground_ids_size(), 1);
  EXPECT_THAT(to_dag.methods(), ElementsAre("navo.v1.ParticipantService.Get"));

  const std::vector<v1::AccessAct> to_vera = Acts(vera, for_tor);
  ASSERT_FALSE(to_vera.empty());
  EXPECT_EQ(to_vera[0].subject(), "tor");
  EXPECT_EQ(to_vera[0].ground_ids_size(), 0);  // the ground is NAV's
  for (const v1::AccessAct& act : to_vera) EXPECT_NE(act.controller(), "nav-statlig");
}

TEST(AccessLogNamesTest, StaffAreNamedToTheParticipantWhereTheControllersWantIt) {
  support::TestServer server(support::TestServer::Setup{.name_staff = true});
  support::Register(server.As("kari"), "amina");
  v1::ListAccessRequest request;
  request.set_participant_id("me");
  const auto page = server.As("amina").Call(&v1::AccessLogService::Stub::ListAccess, request);
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_EQ(page->acts_size(), 1);
  EXPECT_EQ(page->acts(0).subject(), "kari");
  EXPECT_THAT(page->acts(0).line_nb(), HasSubstr(": Kari Nordby, en veileder ved NAV Grorud, "));
}

TEST_F(AccessLogServiceTest, OthersHaveNoLog) {
  EXPECT_EQ(Page(kari_, for_kari_, 10, "").status().code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(Page(server_.As("liv"), for_kari_, 10, "").status().code(),
            absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(Page(server_.As("vera"), for_kari_, 10, "").status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(Page(server_.As("yusuf"), "me", 10, "").status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace navo
