// Handovers between units: who sees what until it is answered, and what accepting does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "navo/v1/access_log.grpc.pb.h"
#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"
#include "navo/v1/referral.grpc.pb.h"
#include "tests/support/rich_case.h"
#include "tests/support/test_server.h"

namespace navo::support {
namespace {

using Referrals = v1::ReferralService::Stub;
using Participants = v1::ParticipantService::Stub;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

template <class Request>
Request On(const std::string& id) {
  Request request;
  request.set_participant_id(id);
  return request;
}

class ReferralServiceTest : public ::testing::Test {
 protected:
  static v1::ReferRequest Offer(const std::string& id, const std::string& unit) {
    auto request = On<v1::ReferRequest>(id);
    request.set_to_unit(unit);
    request.set_reason(v1::REFERRAL_REASON_MOVED);
    request.set_message("Flyttet til Stovner i oktober");
    return request;
  }
  static v1::ListReferralsResponse List(const client::Client& caller) {
    return Must(caller, &Referrals::List, v1::ListReferralsRequest());
  }
  v1::Referral OfferToPer() {
    return Must(kari_, &Referrals::Refer, Offer(id_, "nav-stovner-statlig")).referral();
  }
  // Without confirming whom the number stands for.
  static std::string TieUnconfirmed(const client::Client& caller) {
    v1::CreateParticipantRequest request;
    request.set_national_identity_number(NumberOf("amina"));
    request.set_tie_reason(v1::TIE_REASON_SERVICE_GRANTED);
    request.mutable_contact()->set_given_name("Skrevet");
    return Must(caller, &Participants::Create, request).participant_id();
  }
  // Kari's side lets another controller know that it has the participant, and who it is.
  std::string RecordGround(const std::string& to_controller) {
    v1::Release release;
    release.set_from_controller("nav-statlig");
    release.set_to_controller(to_controller);
    release.add_categories(v1::CATEGORY_EXISTENCE);
    release.add_categories(v1::CATEGORY_IDENTITY);
    return Must(kari_, &v1::ConsentService::Stub::RecordLegalBasis, NewLegalBasis(id_, release))
        .ground()
        .ground_id();
  }
  static v1::Tie OwnTie(const client::Client& caller) {
    const auto listed = Must(caller, &Participants::List, v1::ListParticipantsRequest());
    EXPECT_THAT(listed.participants(), SizeIs(1));
    return listed.participants().empty() ? v1::Tie() : listed.participants(0).tie();
  }
  template <class Request>
  static Request Answer(const v1::Referral& referral) {
    auto request = On<Request>(referral.participant_id());
    request.set_referral_id(referral.referral_id());
    return request;
  }
  static absl::StatusOr<v1::GetPlanResponse> Plan(const client::Client& caller,
                                                  const std::string& id) {
    return caller.Call(&v1::PlanService::Stub::Get, On<v1::GetPlanRequest>(id));
  }

  TestServer server_;
  client::Client kari_ = server_.As("kari");  // NAV Grorud, statlig
  client::Client per_ = server_.As("per");    // NAV Stovner: the same controller
  client::Client tor_ = server_.As("tor");    // VO Rosenhof
  std::string id_ = Register(kari_, "amina");
};

TEST_F(ReferralServiceTest, UntilItIsAnsweredTheOtherUnitSeesWhoItIsAndNothingElse) {
  MakeRichCase(kari_, id_, "hos oss", true);
  EXPECT_EQ(Plan(per_, id_).status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(List(per_).referrals(), IsEmpty());
  const v1::Referral offered = OfferToPer();
  EXPECT_EQ(offered.state(), v1::REFERRAL_STATE_OPEN);

  const v1::ListReferralsResponse listed = List(per_);
  ASSERT_THAT(listed.referrals(), SizeIs(1));
  const v1::Referral& seen = listed.referrals(0);
  EXPECT_EQ(seen.referral_id(), offered.referral_id());
  EXPECT_EQ(seen.provenance().unit(), "nav-grorud-statlig");
  EXPECT_EQ(seen.message(), "Flyttet til Stovner i oktober");
  EXPECT_FALSE(seen.facts().family_name().empty());
  const auto who = Must(per_, &Participants::Get, On<v1::GetParticipantRequest>(id_));
  ASSERT_THAT(who.sides(), SizeIs(1));
  EXPECT_EQ(who.sides(0).facts().family_name(), seen.facts().family_name());
  EXPECT_EQ(Plan(per_, id_).status().code(), absl::StatusCode::kNotFound);
  const auto working_list = Must(per_, &Participants::List, v1::ListParticipantsRequest());
  EXPECT_EQ(working_list.total_size(), 0);
  EXPECT_THAT(List(tor_).referrals(), IsEmpty());
}

TEST_F(ReferralServiceTest, AcceptingTiesTheUnitAndEndsNoTie) {
  MakeRichCase(kari_, id_, "hos oss", true);
  const v1::Referral offered = OfferToPer();
  const auto accepted = Must(per_, &Referrals::Accept, Answer<v1::AcceptReferralRequest>(offered));
  EXPECT_EQ(accepted.state(), v1::REFERRAL_STATE_ACCEPTED);
  EXPECT_TRUE(Plan(per_, id_).ok());
  EXPECT_TRUE(Plan(kari_, id_).ok());
  const auto working_list = Must(per_, &Participants::List, v1::ListParticipantsRequest());
  ASSERT_THAT(working_list.participants(), SizeIs(1));
  EXPECT_EQ(working_list.participants(0).tie().reason(), v1::TIE_REASON_REFERRED);
  EXPECT_EQ(working_list.participants(0).tie().identity_confirmation(),
            v1::IDENTITY_CONFIRMATION_ID_DOCUMENT);
  EXPECT_FALSE(working_list.participants(0).facts().family_name().empty());
  for (const client::Client& caller : {kari_, per_}) {
    ASSERT_THAT(List(caller).referrals(), SizeIs(1));
    EXPECT_EQ(List(caller).referrals(0).state(), v1::REFERRAL_STATE_ACCEPTED);
  }
  const auto again = per_.Call(&Referrals::Accept, Answer<v1::AcceptReferralRequest>(offered));
  EXPECT_EQ(ReasonOf(again.status()), "ILLEGAL_STATE_CHANGE");
}

TEST_F(ReferralServiceTest, AfterDecliningTheUnitSeesNothingAndTheOfferingUnitWhy) {
  const v1::Referral offered = OfferToPer();
  auto decline = Answer<v1::DeclineReferralRequest>(offered);
  decline.set_reason(v1::REFERRAL_DECLINE_REASON_NO_CAPACITY);
  EXPECT_EQ(Must(per_, &Referrals::Decline, decline).state(), v1::REFERRAL_STATE_DECLINED);
  EXPECT_THAT(List(per_).referrals(), IsEmpty());
  const auto who = per_.Call(&Participants::Get, On<v1::GetParticipantRequest>(id_));
  EXPECT_EQ(who.status().code(), absl::StatusCode::kNotFound);
  const v1::Referral told = List(kari_).referrals(0);
  EXPECT_EQ(told.state(), v1::REFERRAL_STATE_DECLINED);
  EXPECT_EQ(told.decline_reason(), v1::REFERRAL_DECLINE_REASON_NO_CAPACITY);
  EXPECT_TRUE(told.has_answered_at());
}

TEST_F(ReferralServiceTest, AWithdrawnOfferClosesAtOnce) {
  const v1::Referral offered = OfferToPer();
  EXPECT_EQ(
      per_.Call(&Referrals::Withdraw, Answer<v1::WithdrawReferralRequest>(offered)).status().code(),
      absl::StatusCode::kNotFound)
      << "only who offered it";
  Must(kari_, &Referrals::Withdraw, Answer<v1::WithdrawReferralRequest>(offered));
  EXPECT_THAT(List(per_).referrals(), IsEmpty());
  EXPECT_EQ(
      per_.Call(&Referrals::Accept, Answer<v1::AcceptReferralRequest>(offered)).status().code(),
      absl::StatusCode::kNotFound);
  const auto again = kari_.Call(&Referrals::Withdraw, Answer<v1::WithdrawReferralRequest>(offered));
  EXPECT_EQ(ReasonOf(again.status()), "ILLEGAL_STATE_CHANGE");
}

TEST_F(ReferralServiceTest, OfferingTheSameAgainGivesTheSameOffer) {
  const std::string first = OfferToPer().referral_id();
  EXPECT_EQ(OfferToPer().referral_id(), first);
  EXPECT_THAT(List(kari_).referrals(), SizeIs(1));
}

TEST_F(ReferralServiceTest, AnotherControllerSeesItOnlyAsTheGroundsGo) {
  const auto refused = kari_.Call(&Referrals::Refer, Offer(id_, "vo-rosenhof"));
  EXPECT_EQ(ReasonOf(refused.status()), "NO_GROUND");
  const std::string ground_id = RecordGround("oslo-vo");
  Must(kari_, &Referrals::Refer, Offer(id_, "vo-rosenhof"));
  ASSERT_THAT(List(tor_).referrals(), SizeIs(1));
  const v1::Referral seen = List(tor_).referrals(0);
  EXPECT_NE(seen.participant_id(), id_) << "the id is pairwise";
  EXPECT_FALSE(seen.facts().family_name().empty());
  EXPECT_TRUE(seen.facts().preferred_language().empty()) << "CONTACT is not opened";
  EXPECT_TRUE(seen.message().empty()) << "DIALOG is not opened";
  EXPECT_EQ(seen.message_withheld().reason(), v1::WITHHELD_REASON_NO_GROUND);

  auto end = On<v1::EndLegalBasisRequest>(id_);
  end.set_ground_id(ground_id);
  Must(kari_, &v1::ConsentService::Stub::EndLegalBasis, end);
  EXPECT_THAT(List(tor_).referrals(), IsEmpty());
  EXPECT_EQ(tor_.Call(&Referrals::Accept, Answer<v1::AcceptReferralRequest>(seen)).status().code(),
            absl::StatusCode::kNotFound);
}

TEST_F(ReferralServiceTest, WhoAnswersSeesTheOfferingSideAlone) {
  const std::string for_tor = Register(tor_, "amina");
  ConsentBothWays(kari_, id_, tor_, for_tor);
  // Offered by the own controller: nothing of another, whatever is open from there.
  OfferToPer();
  auto who = Must(per_, &Participants::Get, On<v1::GetParticipantRequest>(id_));
  ASSERT_THAT(who.sides(), SizeIs(1));
  EXPECT_EQ(who.sides(0).provenance().controller(), "nav-statlig");
  for (const v1::Tie& tie : who.ties()) EXPECT_EQ(tie.unit(), "nav-grorud-statlig");
  // Offered by another: nothing of the own.
  Must(kari_, &Referrals::Refer, Offer(id_, "vo-helsfyr"));
  who = Must(server_.As("eva"), &Participants::Get, On<v1::GetParticipantRequest>(for_tor));
  for (const v1::SideFacts& side : who.sides()) {
    EXPECT_EQ(side.provenance().controller(), "nav-statlig");
  }
  ASSERT_THAT(who.ties(), SizeIs(1));
  EXPECT_EQ(who.ties(0).unit(), "nav-grorud-statlig");
}

TEST_F(ReferralServiceTest, AnotherOfferBringsNoDeclinedOneBack) {
  auto decline = Answer<v1::DeclineReferralRequest>(OfferToPer());
  decline.set_reason(v1::REFERRAL_DECLINE_REASON_NO_CAPACITY);
  Must(per_, &Referrals::Decline, decline);
  const v1::Referral again = OfferToPer();
  ASSERT_THAT(List(per_).referrals(), SizeIs(1));
  EXPECT_EQ(List(per_).referrals(0).referral_id(), again.referral_id());
  Must(per_, &Referrals::Accept, Answer<v1::AcceptReferralRequest>(again));
  EXPECT_THAT(List(per_).referrals(), SizeIs(2)) << "tied, it sees what was offered to it";
}

TEST_F(ReferralServiceTest, ASideThatWasToldNoNameTakesTheFirstThatIsTyped) {
  v1::Release release;
  release.set_from_controller("nav-statlig");
  release.set_to_controller("bydel-grorud");
  release.add_categories(v1::CATEGORY_EXISTENCE);
  Must(kari_, &v1::ConsentService::Stub::RecordLegalBasis, NewLegalBasis(id_, release));
  Must(kari_, &Referrals::Refer, Offer(id_, "nav-grorud-kommunal"));
  const client::Client mona = server_.As("mona");
  const v1::Referral offered = List(mona).referrals(0);
  Must(mona, &Referrals::Accept, Answer<v1::AcceptReferralRequest>(offered));
  auto confirm = On<v1::ConfirmIdentityRequest>(offered.participant_id());
  confirm.set_confirmation(v1::IDENTITY_CONFIRMATION_KNOWN_IN_PERSON);
  Must(mona, &Participants::ConfirmIdentity, confirm);
  EXPECT_EQ(Register(mona, "amina"), offered.participant_id());
  const auto listed = Must(mona, &Participants::List, v1::ListParticipantsRequest());
  ASSERT_THAT(listed.participants(), SizeIs(1));
  EXPECT_EQ(listed.participants(0).facts().family_name(), "Warsame");
}

TEST_F(ReferralServiceTest, AUnitThatHasNotConfirmedWhomItHasSeesWhoIsOfferedBesidesItsOwn) {
  MakeRichCase(kari_, id_, "hos oss", true);
  ASSERT_EQ(TieUnconfirmed(per_), id_);
  EXPECT_THAT(List(per_).referrals(), IsEmpty());
  EXPECT_THAT(Must(per_, &Participants::Get, On<v1::GetParticipantRequest>(id_)).sides(),
              SizeIs(1));
  OfferToPer();
  ASSERT_THAT(List(per_).referrals(), SizeIs(1));
  EXPECT_EQ(List(per_).referrals(0).message(), "Flyttet til Stovner i oktober");
  EXPECT_FALSE(List(per_).referrals(0).facts().family_name().empty());
  const auto who = Must(per_, &Participants::Get, On<v1::GetParticipantRequest>(id_));
  ASSERT_THAT(who.sides(), SizeIs(2));
  EXPECT_EQ(who.sides(0).provenance().unit(), "nav-grorud-statlig");
  EXPECT_EQ(who.sides(1).facts().given_name(), "Skrevet");
  EXPECT_THAT(who.ties(), SizeIs(2));
  // It still has not said whom it has.
  EXPECT_EQ(OwnTie(per_).identity_confirmation(), v1::IDENTITY_CONFIRMATION_UNSPECIFIED);
  EXPECT_EQ(Plan(per_, id_).status().code(), absl::StatusCode::kNotFound) << "the others' part";
}

TEST_F(ReferralServiceTest, AcceptingConfirmsATieThatWasNot) {
  MakeRichCase(kari_, id_, "hos oss", true);
  TieUnconfirmed(per_);
  Must(per_, &Referrals::Accept, Answer<v1::AcceptReferralRequest>(OfferToPer()));
  EXPECT_EQ(OwnTie(per_).identity_confirmation(), v1::IDENTITY_CONFIRMATION_ID_DOCUMENT)
      << "as the offering unit did";
  EXPECT_EQ(OwnTie(per_).reason(), v1::TIE_REASON_SERVICE_GRANTED) << "why it was made stays";
  EXPECT_FALSE(Plan(per_, id_)->plan().parts().empty());
}

TEST_F(ReferralServiceTest, AcceptingLeavesAConfirmedTieAsItIs) {
  TieUnconfirmed(per_);
  auto confirm = On<v1::ConfirmIdentityRequest>(id_);
  confirm.set_confirmation(v1::IDENTITY_CONFIRMATION_KNOWN_IN_PERSON);
  Must(per_, &Participants::ConfirmIdentity, confirm);
  Must(per_, &Referrals::Accept, Answer<v1::AcceptReferralRequest>(OfferToPer()));
  EXPECT_EQ(OwnTie(per_).identity_confirmation(), v1::IDENTITY_CONFIRMATION_KNOWN_IN_PERSON);
}

TEST_F(ReferralServiceTest, WhatWasTypedBeforeAcceptingBecomesTheSidesName) {
  RecordGround("bydel-grorud");
  const client::Client mona = server_.As("mona");
  const std::string for_mona = TieUnconfirmed(mona);
  Must(kari_, &Referrals::Refer, Offer(id_, "nav-grorud-kommunal"));
  Must(mona, &Referrals::Accept, Answer<v1::AcceptReferralRequest>(List(mona).referrals(0)));
  const auto who = Must(mona, &Participants::Get, On<v1::GetParticipantRequest>(for_mona));
  ASSERT_FALSE(who.sides().empty());
  EXPECT_EQ(who.sides(0).provenance().controller(), "bydel-grorud");
  EXPECT_EQ(who.sides(0).facts().given_name(), "Skrevet");
  EXPECT_FALSE(who.sides(0).etag().empty()) << "to be changed like any other name";
}

TEST_F(ReferralServiceTest, AnUnconfirmedTieSeesOfTheOfferingSideAloneWhileTheGroundHolds) {
  const std::string for_tor = Register(tor_, "amina");
  const client::Client eva = server_.As("eva");
  TieUnconfirmed(eva);
  const std::string ground_id = RecordGround("oslo-vo");
  Must(kari_, &Referrals::Refer, Offer(id_, "vo-helsfyr"));
  ASSERT_THAT(List(eva).referrals(), SizeIs(1));
  const v1::Referral offered = List(eva).referrals(0);
  const auto units = [&] {
    std::vector<std::string> found;
    const auto who = Must(eva, &Participants::Get, On<v1::GetParticipantRequest>(for_tor));
    for (const v1::Tie& tie : who.ties()) found.push_back(tie.unit());
    return found;
  };
  EXPECT_THAT(units(), UnorderedElementsAre("nav-grorud-statlig", "vo-helsfyr"))
      << "and not that the other unit of its own side has the person";
  auto end = On<v1::EndLegalBasisRequest>(id_);
  end.set_ground_id(ground_id);
  Must(kari_, &v1::ConsentService::Stub::EndLegalBasis, end);
  EXPECT_THAT(List(eva).referrals(), IsEmpty());
  EXPECT_THAT(units(), UnorderedElementsAre("vo-helsfyr"));
  EXPECT_EQ(
      eva.Call(&Referrals::Accept, Answer<v1::AcceptReferralRequest>(offered)).status().code(),
      absl::StatusCode::kNotFound);
  EXPECT_EQ(OwnTie(eva).identity_confirmation(), v1::IDENTITY_CONFIRMATION_UNSPECIFIED);
}

TEST_F(ReferralServiceTest, AnotherOfferBringsNoDeclinedOneBackToAnUnconfirmedTie) {
  TieUnconfirmed(per_);
  auto decline = Answer<v1::DeclineReferralRequest>(OfferToPer());
  decline.set_reason(v1::REFERRAL_DECLINE_REASON_NO_CAPACITY);
  Must(per_, &Referrals::Decline, decline);
  EXPECT_THAT(List(per_).referrals(), IsEmpty());
  const v1::Referral again = OfferToPer();
  ASSERT_THAT(List(per_).referrals(), SizeIs(1));
  EXPECT_EQ(List(per_).referrals(0).referral_id(), again.referral_id());
}

TEST_F(ReferralServiceTest, AnOfferOfTheWrongPersonIsTakenBackWithTheTie) {
  OfferToPer();
  auto end = On<v1::EndTieRequest>(id_);
  end.set_reason(v1::TIE_END_REASON_WRONG_PERSON);
  Must(kari_, &Participants::EndTie, end);
  EXPECT_THAT(List(per_).referrals(), IsEmpty());
}

TEST_F(ReferralServiceTest, TheListIsReadInPagesThatTellNothingOfWhatIsHidden) {
  OfferToPer();
  const std::string yusuf = Register(kari_, "yusuf");
  Must(kari_, &Referrals::Refer, Offer(yusuf, "nav-stovner-statlig"));
  const std::string shielded = Register(server_.As("sara"), "signe");
  Must(server_.As("sara"), &Referrals::Refer, Offer(shielded, "nav-stovner-statlig"));
  v1::ListReferralsRequest request;
  request.set_page_size(1);
  v1::ListReferralsResponse page = Must(per_, &Referrals::List, request);
  ASSERT_THAT(page.referrals(), SizeIs(1));
  EXPECT_EQ(page.referrals(0).participant_id(), yusuf) << "newest first, without the shielded one";
  request.set_page_token(page.next_page_token());
  page = Must(per_, &Referrals::List, request);
  ASSERT_THAT(page.referrals(), SizeIs(1));
  EXPECT_EQ(page.referrals(0).participant_id(), id_);
  EXPECT_TRUE(page.next_page_token().empty());
}

TEST_F(ReferralServiceTest, WhatTheOtherUnitSawStandsInTheLogAsAReferral) {
  OfferToPer();
  List(per_);
  const auto log = Must(server_.As("amina"), &v1::AccessLogService::Stub::ListAccess,
                        On<v1::ListAccessRequest>("me"));
  EXPECT_EQ(log.acts(0).relation(), v1::RELATION_REFERRAL);
  EXPECT_EQ(log.acts(0).unit(), "nav-stovner-statlig");
}

}  // namespace
}  // namespace navo::support
