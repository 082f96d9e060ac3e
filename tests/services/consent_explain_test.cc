// What people are told of grounds: why something is open, what they keep on paper, and what ends
// soon, over a real socket.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "clients/cpp/status.h"
#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "services/domain/calendar.h"
#include "tests/support/rich_case.h"
#include "tests/support/test_server.h"

namespace navo {
namespace {

using Stub = v1::ConsentService::Stub;
using support::Must;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class ConsentTellsTest : public testing::Test {
 protected:
  int32_t Today() { return domain::DayInOslo(server_.clock().Now()); }

  v1::GiveConsentRequest PlanConsent(int32_t from_day, int32_t to_day) {
    v1::GiveConsentRequest request = support::NewConsent(
        for_kari_, support::OneRelease("nav-statlig", "oslo-vo", v1::CATEGORY_PLAN));
    *request.mutable_valid_from() = domain::DateOf(from_day);
    *request.mutable_valid_to() = domain::DateOf(to_day);
    return request;
  }
  v1::ExplainAccessResponse Explain(const client::Client& caller, const std::string& id) {
    v1::ExplainAccessRequest request;
    request.set_participant_id(id);
    v1::ExplainAccessResponse response = Must(caller, &Stub::ExplainAccess, request);
    response.clear_revision();
    return response;
  }
  // Why the category is open or not in that direction; UNSPECIFIED where nothing is said of it.
  v1::AccessReason Why(const client::Client& caller, const std::string& id, const std::string& from,
                       const std::string& to, v1::Category category) {
    const v1::ExplainAccessResponse explained = Explain(caller, id);
    for (const v1::SideAccess& side : explained.sides()) {
      if (side.from_controller() != from || side.to_controller() != to) continue;
      for (const v1::CategoryAccess& access : side.access()) {
        for (const int one : access.categories()) {
          if (one != category) continue;
          EXPECT_EQ(access.open(), access.reason() == v1::ACCESS_REASON_GROUND);
          EXPECT_FALSE(access.explanation_nb().empty() || access.explanation_en().empty());
          return access.reason();
        }
      }
    }
    return v1::ACCESS_REASON_UNSPECIFIED;
  }
  v1::AccessReason WhyPlan(const client::Client& caller, const std::string& id) {
    return Why(caller, id, "nav-statlig", "oslo-vo", v1::CATEGORY_PLAN);
  }
  std::string Receipt(const client::Client& caller, const std::string& id,
                      const std::string& language, v1::ReceiptFormat format) {
    v1::GetReceiptRequest request;
    request.set_participant_id(id);
    request.set_language(language);
    request.set_format(format);
    return Must(caller, &Stub::GetReceipt, request).receipt();
  }
  // The last days of the grounds the caller is reminded of.
  std::vector<int32_t> Reminded(const client::Client& caller, int within_days) {
    v1::ListExpiringGroundsRequest request;
    request.set_within_days(within_days);
    request.set_page_size(1);
    std::vector<int32_t> days;
    while (true) {
      const auto page = Must(caller, &Stub::ListExpiring, request);
      for (const v1::ExpiringGround& one : page.grounds()) {
        EXPECT_FALSE(one.participant_id().empty());
        days.push_back(domain::DayOf(one.ground().valid_to()).value_or(0) - Today());
      }
      if (page.next_page_token().empty()) return days;
      request.set_page_token(page.next_page_token());
    }
  }

  support::TestServer server_;
  const client::Client kari_ = server_.As("kari");
  const client::Client tor_ = server_.As("tor");
  const client::Client amina_ = server_.As("amina");
  const client::Client dag_ = server_.As("dag");  // PERSONVERN of NAV
  const std::string for_kari_ = support::Register(kari_, "amina");
};

TEST_F(ConsentTellsTest, TheParticipantIsToldWhyByGroundPeriodAndTie) {
  EXPECT_THAT(Explain(amina_, "me").sides(), IsEmpty()) << "nobody else has to do with her";
  Must(kari_, &Stub::GiveConsent, PlanConsent(Today() + 1, Today() + 2));
  EXPECT_EQ(WhyPlan(amina_, "me"), v1::ACCESS_REASON_NOT_BEGUN);
  server_.clock().Advance(absl::Hours(24));
  EXPECT_EQ(WhyPlan(amina_, "me"), v1::ACCESS_REASON_NO_TIE);
  const auto unsure = support::TryRegister(tor_, support::NumberOf("amina"), false);
  ASSERT_TRUE(unsure.ok()) << unsure.status();
  EXPECT_EQ(WhyPlan(amina_, "me"), v1::ACCESS_REASON_IDENTITY_NOT_CONFIRMED);
  support::Register(tor_, "amina");
  EXPECT_EQ(WhyPlan(amina_, "me"), v1::ACCESS_REASON_GROUND);
  const auto why = [&](v1::Category category) {
    return Why(amina_, "me", "nav-statlig", "oslo-vo", category);
  };
  EXPECT_EQ(why(v1::CATEGORY_LANGUAGE), v1::ACCESS_REASON_NO_GROUND);
  EXPECT_EQ(why(v1::CATEGORY_FOLLOWUP_NOTE), v1::ACCESS_REASON_UNSPECIFIED);
  EXPECT_EQ(Why(amina_, "me", "oslo-vo", "nav-statlig", v1::CATEGORY_HEALTH),
            v1::ACCESS_REASON_NEVER_SHARED);
  server_.clock().Advance(absl::Hours(48));
  EXPECT_EQ(WhyPlan(amina_, "me"), v1::ACCESS_REASON_EXPIRED);
  Must(tor_, &Stub::GiveConsent,
       support::NewConsent(*unsure,
                           support::OneRelease("nav-statlig", "oslo-vo", v1::CATEGORY_PLAN)));
  EXPECT_EQ(WhyPlan(amina_, "me"), v1::ACCESS_REASON_PENDING);
  Must(kari_, &Stub::WithdrawConsent, support::NewWithdrawal(for_kari_));
  EXPECT_EQ(WhyPlan(amina_, "me"), v1::ACCESS_REASON_ENDED);
}

// PERSONVERN answers for its own controller's data, and does not learn whether the other side knows
// the person.
TEST_F(ConsentTellsTest, PersonvernIsToldOfItsOwnControllersDataAlone) {
  Must(kari_, &Stub::GiveConsent, PlanConsent(Today(), Today() + 9));
  const v1::ExplainAccessResponse before = Explain(dag_, for_kari_);
  EXPECT_EQ(WhyPlan(dag_, for_kari_), v1::ACCESS_REASON_GROUND);
  const std::string for_tor = support::Register(tor_, "amina");
  Must(tor_, &Stub::GiveConsent,
       support::NewConsent(for_tor,
                           support::OneRelease("oslo-vo", "nav-statlig", v1::CATEGORY_PLAN)));
  EXPECT_EQ(Explain(dag_, for_kari_).SerializeAsString(), before.SerializeAsString());
  EXPECT_EQ(Why(dag_, for_kari_, "oslo-vo", "nav-statlig", v1::CATEGORY_PLAN),
            v1::ACCESS_REASON_UNSPECIFIED);
  EXPECT_EQ(Why(server_.As("vera"), for_tor, "oslo-vo", "nav-statlig", v1::CATEGORY_PLAN),
            v1::ACCESS_REASON_GROUND);
}

TEST_F(ConsentTellsTest, StaffAreToldNoMoreThanTheThreeSteps) {
  const std::string for_tor = support::Register(tor_, "amina");
  const std::string closed = Explain(tor_, for_tor).SerializeAsString();
  Must(tor_, &Stub::GiveConsent,
       support::NewConsent(for_tor,
                           support::OneRelease("nav-statlig", "oslo-vo", v1::CATEGORY_PLAN)));
  EXPECT_EQ(Explain(tor_, for_tor).SerializeAsString(), closed) << "waits for NAV";
  Must(kari_, &Stub::GiveConsent, PlanConsent(Today(), Today()));
  EXPECT_EQ(WhyPlan(tor_, for_tor), v1::ACCESS_REASON_GROUND);
  EXPECT_EQ(Why(tor_, for_tor, "nav-statlig", "oslo-vo", v1::CATEGORY_LANGUAGE),
            v1::ACCESS_REASON_NO_GROUND);
  Must(kari_, &Stub::WithdrawConsent, support::NewWithdrawal(for_kari_));
  EXPECT_EQ(Explain(tor_, for_tor).SerializeAsString(), closed) << "withdrawn";
  const v1::ExplainAccessResponse opened = Explain(tor_, for_tor);
  for (const v1::SideAccess& side : opened.sides()) {
    ASSERT_EQ(side.access_size(), 1);
    EXPECT_EQ(side.access(0).reason(), v1::ACCESS_REASON_SHARING_NOT_OPEN);
    EXPECT_EQ(side.from_controller(), "");
  }
}

TEST_F(ConsentTellsTest, AReceiptSaysWhatInTheParticipantsLanguageAndBokmaal) {
  EXPECT_THAT(Receipt(amina_, "me", "", v1::RECEIPT_FORMAT_TEXT),
              HasSubstr("Du har ikke gitt noe samtykke."));
  Must(kari_, &Stub::GiveConsent, PlanConsent(Today(), Today() + 9));
  const std::string given = Receipt(amina_, "me", "so", v1::RECEIPT_FORMAT_TEXT);
  EXPECT_THAT(given, AllOf(HasSubstr("Rasiidka oggolaanshaha / Kvittering for samtykke"),
                           HasSubstr("NAV, statlig linje"), HasSubstr("Oslo voksenopplæring"),
                           HasSubstr("qorshaha"), HasSubstr("planen"),
                           HasSubstr(domain::FormatDay(Today() + 9)),
                           HasSubstr("Å si nei eller trekke samtykket har ingen følger"),
                           HasSubstr("Du kan trekke samtykket når som helst")));
  EXPECT_THAT(given, Not(HasSubstr("Trukket tilbake")));
  Must(kari_, &Stub::WithdrawConsent, support::NewWithdrawal(for_kari_));
  EXPECT_THAT(Receipt(amina_, "me", "so", v1::RECEIPT_FORMAT_TEXT), HasSubstr("Trukket tilbake"));
  const std::string html = Receipt(amina_, "me", "ar", v1::RECEIPT_FORMAT_HTML);
  EXPECT_TRUE(absl::StartsWith(html, "<!DOCTYPE html>"));
  EXPECT_THAT(html, AllOf(HasSubstr("lang=\"ar\" dir=\"rtl\""), HasSubstr("lang=\"nb\""),
                          Not(HasSubstr("<script")), Not(HasSubstr("http"))));
  // Each side gives the part that it may know of; here the receiver knows of nothing any more.
  const std::string for_tor = support::Register(tor_, "amina");
  EXPECT_THAT(Receipt(tor_, for_tor, "", v1::RECEIPT_FORMAT_TEXT),
              HasSubstr("Du har ikke gitt noe samtykke."));
}

TEST_F(ConsentTellsTest, AReceiptInALanguageThatIsNotThereSaysWhichAre) {
  v1::GetReceiptRequest request;
  request.set_participant_id("me");
  request.set_language("vi");
  const absl::Status status = amina_.Call(&Stub::GetReceipt, request).status();
  EXPECT_EQ(support::ReasonOf(status), "TEXT_NOT_KNOWN");
  EXPECT_THAT(client::ReasonMetadata(status, "languages"), HasSubstr("ti"));
}

TEST_F(ConsentTellsTest, BothSidesAreRemindedOfWhatEndsAndOfNothingElse) {
  Must(kari_, &Stub::GiveConsent, PlanConsent(Today(), Today() + 20));
  Must(kari_, &Stub::GiveConsent, PlanConsent(Today() + 1, Today() + 10));
  EXPECT_THAT(Reminded(kari_, 9), IsEmpty());
  EXPECT_THAT(Reminded(kari_, 60), ElementsAre(20)) << "the other one is outlasted";
  EXPECT_THAT(Reminded(tor_, 60), IsEmpty()) << "no case of his";
  support::Register(tor_, "amina");
  EXPECT_THAT(Reminded(tor_, 60), ElementsAre(20));
  EXPECT_THAT(Reminded(server_.As("eva"), 60), IsEmpty());
  EXPECT_THAT(Reminded(server_.As("mona"), 60), IsEmpty());
  // A renewal that begins later is known to its giver alone.
  Must(kari_, &Stub::GiveConsent, PlanConsent(Today() + 21, Today() + 300));
  EXPECT_THAT(Reminded(kari_, 60), IsEmpty());
  EXPECT_THAT(Reminded(tor_, 60), ElementsAre(20));
  Must(kari_, &Stub::WithdrawConsent, support::NewWithdrawal(for_kari_));
  EXPECT_THAT(Reminded(tor_, 60), IsEmpty());
}

TEST_F(ConsentTellsTest, ALongListOfRemindersComesInPages) {
  for (int i = 1; i <= 5; ++i) {
    v1::GiveConsentRequest request = PlanConsent(Today(), Today() + i);
    request.mutable_releases(0)->set_categories(0, static_cast<v1::Category>(3 + i));
    Must(kari_, &Stub::GiveConsent, request);
  }
  EXPECT_THAT(Reminded(kari_, 60), ElementsAre(1, 2, 3, 4, 5));
  v1::ListExpiringGroundsRequest request;
  request.set_within_days(366);
  EXPECT_EQ(support::ReasonOf(kari_.Call(&Stub::ListExpiring, request).status()), "INVALID_FIELDS");
}

}  // namespace
}  // namespace navo
