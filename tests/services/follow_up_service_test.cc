#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "clients/cpp/status.h"
#include "navo/v1/consent.grpc.pb.h"
#include "navo/v1/follow_up.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"
#include "tests/services/follow_up_fixture.h"
#include "tests/support/test_server.h"

// Follow-up over a real server: notes that stay, steps and pages that do not tell, replays.
namespace navo {
namespace {

using client::Client;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

using support::FollowUps;

using FollowUpServiceTest = support::FollowUpFixture;

TEST_F(FollowUpServiceTest, TheNoteStaysWithTheUnitThatWroteIt) {
  Consent();
  v1::RecordFollowUpRequest with_note = Event(kari_id_, "send the application", 2);
  with_note.mutable_follow_up()->set_note("worried about the rent");
  with_note.mutable_follow_up()->mutable_agreement_due()->set_year(2026);
  with_note.mutable_follow_up()->mutable_agreement_due()->set_month(11);
  with_note.mutable_follow_up()->mutable_agreement_due()->set_day(9);
  const std::string id = Record(kari_, with_note);
  Record(kari_, Event(kari_id_, "no note here", 1));

  const v1::ListFollowUpsResponse own = List(kari_, kari_id_);
  ASSERT_THAT(Agreements(own), ElementsAre("no note here", "send the application"));
  EXPECT_EQ(own.follow_ups(1).note(), "worried about the rent");
  EXPECT_FALSE(own.follow_ups(1).has_note_withheld());
  EXPECT_EQ(own.follow_ups(1).provenance().recorded_by(), "Kari Nordby");

  const v1::ListFollowUpsResponse seen = List(tor_, tor_id_);
  ASSERT_THAT(Agreements(seen), ElementsAre("no note here", "send the application"));
  const v1::FollowUp& event = seen.follow_ups(1);
  EXPECT_EQ(event.follow_up_id(), id);
  EXPECT_EQ(event.type(), v1::FOLLOW_UP_TYPE_SAMTALE);
  EXPECT_EQ(event.agreement_due().day(), 9);
  EXPECT_EQ(event.provenance().unit(), "nav-grorud-statlig");
  EXPECT_EQ(event.provenance().role(), v1::ROLE_VEILEDER);
  EXPECT_EQ(event.provenance().recorded_by(), "");
  EXPECT_EQ(event.note(), "");
  EXPECT_EQ(event.note_withheld().category(), v1::CATEGORY_FOLLOWUP_NOTE);
  EXPECT_EQ(event.note_withheld().reason(), v1::WITHHELD_REASON_OWN_UNIT_ONLY);
  EXPECT_EQ(event.note_withheld().owner_controller(), "nav-statlig");
  EXPECT_EQ(event.note_withheld().owner_kind(), v1::CONTROLLER_KIND_NAV_STAT);
  // An event without a note looks the same.
  EXPECT_EQ(seen.follow_ups(0).note_withheld().SerializeAsString(),
            event.note_withheld().SerializeAsString());

  const v1::ListFollowUpsResponse me = List(server_.As("amina"), "me");
  ASSERT_EQ(me.follow_ups_size(), 2);
  EXPECT_EQ(me.follow_ups(1).note(), "worried about the rent");
}

TEST_F(FollowUpServiceTest, AnotherUnitOfTheSameControllerSeesNoNoteEither) {
  const Client per = server_.As("per");
  const std::string per_id = support::Register(per, "amina");
  v1::RecordFollowUpRequest with_note = Event(kari_id_, "call again", 1);
  with_note.mutable_follow_up()->set_note("for our own eyes");
  Record(kari_, with_note);
  const v1::ListFollowUpsResponse seen = List(per, per_id);
  ASSERT_THAT(Agreements(seen), ElementsAre("call again"));
  EXPECT_EQ(seen.follow_ups(0).note(), "");
  EXPECT_EQ(seen.follow_ups(0).note_withheld().reason(), v1::WITHHELD_REASON_OWN_UNIT_ONLY);
  EXPECT_EQ(List(server_.As("sara"), kari_id_).follow_ups(0).note(), "for our own eyes");
}

TEST_F(FollowUpServiceTest, EveryWrongFieldIsNamedInOrder) {
  v1::RecordFollowUpRequest request;
  request.set_participant_id(kari_id_);
  v1::FollowUp* event = request.mutable_follow_up();
  event->set_type(static_cast<v1::FollowUpType>(77));
  event->mutable_occurred_at()->set_seconds(
      absl::ToUnixSeconds(server_.clock().Now() + absl::Hours(24)) + 1);
  event->set_agreement(std::string(501, 'a'));
  event->mutable_agreement_due()->set_year(2026);
  event->set_note("bell\a");
  event->set_step_id("the first one");
  const auto refused = kari_.Call(&FollowUps::Record, request);
  EXPECT_EQ(support::ReasonOf(refused.status()), "INVALID_FIELDS");
  std::vector<std::string> fields;
  const google::rpc::BadRequest wrong = client::GetBadRequest(refused.status());
  for (const auto& violation : wrong.field_violations()) {
    fields.push_back(violation.field());
  }
  EXPECT_THAT(fields,
              ElementsAre("follow_up.type", "follow_up.occurred_at", "follow_up.agreement",
                          "follow_up.agreement_due", "follow_up.note", "follow_up.step_id"));
  EXPECT_EQ(List(kari_, kari_id_).follow_ups_size(), 0);
}

TEST_F(FollowUpServiceTest, TimesAreTakenFrom1900ToOneDayAhead) {
  const int64_t now = absl::ToUnixSeconds(server_.clock().Now());
  const auto try_at = [&](int64_t seconds, int32_t nanos) {
    v1::RecordFollowUpRequest request = Event(kari_id_, "", 0);
    request.mutable_follow_up()->mutable_occurred_at()->set_seconds(seconds);
    request.mutable_follow_up()->mutable_occurred_at()->set_nanos(nanos);
    return kari_.Call(&FollowUps::Record, request).ok();
  };
  constexpr int64_t kYear1900 = -2'208'988'800;
  EXPECT_TRUE(try_at(now + 86'400, 0));
  EXPECT_FALSE(try_at(now + 86'400, 1'000));
  EXPECT_TRUE(try_at(kYear1900, 0));
  EXPECT_FALSE(try_at(kYear1900 - 1, 999'999'999));
  EXPECT_FALSE(try_at(now, -1));
  EXPECT_FALSE(try_at(INT64_MAX, 0));
  EXPECT_FALSE(try_at(INT64_MIN, 0));
  v1::RecordFollowUpRequest without = Event(kari_id_, "", 0);
  without.mutable_follow_up()->clear_occurred_at();
  EXPECT_FALSE(kari_.Call(&FollowUps::Record, without).ok());
}

TEST_F(FollowUpServiceTest, AStepTheCallerMayNotSeeIsNotFoundAndLaterLeftOut) {
  const std::string step = TeachersStep();
  v1::RecordFollowUpRequest about = Event(kari_id_, "about the course", 1);
  about.mutable_follow_up()->set_step_id(step);
  const auto hidden = kari_.Call(&FollowUps::Record, about);
  v1::RecordFollowUpRequest about_nothing = about;
  about_nothing.mutable_follow_up()->set_step_id("00000000-0000-4000-8000-000000000000");
  const auto missing = kari_.Call(&FollowUps::Record, about_nothing);
  EXPECT_EQ(hidden.status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(hidden.status(), missing.status());

  Consent();
  Record(kari_, about);
  EXPECT_EQ(List(kari_, kari_id_).follow_ups(0).step_id(), step);
  Withdraw();
  const v1::ListFollowUpsResponse alone = List(kari_, kari_id_);
  ASSERT_THAT(Agreements(alone), ElementsAre("about the course"));
  EXPECT_EQ(alone.follow_ups(0).step_id(), "");
  EXPECT_EQ(List(server_.As("amina"), "me").follow_ups(0).step_id(), step);
}

TEST_F(FollowUpServiceTest, PagesOverHiddenEventsAreThoseOfACaseWithoutThem) {
  // Between the veileder's five events stand the teacher's, also first and last.
  for (int i = 0; i < 5; ++i) {
    Record(tor_, Event(tor_id_, "t" + std::to_string(2 * i), 30 - 6 * i));
    Record(tor_, Event(tor_id_, "t" + std::to_string(2 * i + 1), 29 - 6 * i));
    Record(kari_, Event(kari_id_, "k" + std::to_string(i), 27 - 6 * i));
  }
  Record(tor_, Event(tor_id_, "newest", 0));
  const v1::ListFollowUpsResponse first = List(kari_, kari_id_, 2);
  EXPECT_THAT(Agreements(first), ElementsAre("k4", "k3"));
  const v1::ListFollowUpsResponse second = List(kari_, kari_id_, 2, first.next_page_token());
  EXPECT_THAT(Agreements(second), ElementsAre("k2", "k1"));
  ASSERT_NE(second.next_page_token(), "");
  const v1::ListFollowUpsResponse third = List(kari_, kari_id_, 2, second.next_page_token());
  EXPECT_THAT(Agreements(third), ElementsAre("k0"));
  EXPECT_EQ(third.next_page_token(), "");
  // The oldest of all are hidden: a page that ends with the last visible event is the last one.
  EXPECT_EQ(List(kari_, kari_id_, 5).next_page_token(), "");
  Consent();
  EXPECT_THAT(Agreements(List(kari_, kari_id_, 4)), ElementsAre("newest", "k4", "t9", "t8"));
}

TEST_F(FollowUpServiceTest, PageTokensAndSizesOfOthersAreRefused) {
  Record(kari_, Event(kari_id_, "one", 2));
  Record(kari_, Event(kari_id_, "two", 1));
  v1::ListFollowUpsRequest request;
  request.set_participant_id(kari_id_);
  request.set_page_token(List(kari_, kari_id_, 1).next_page_token());
  ASSERT_NE(request.page_token(), "");
  EXPECT_TRUE(kari_.Call(&FollowUps::List, request).ok());
  EXPECT_EQ(support::ReasonOf(server_.As("sara").Call(&FollowUps::List, request).status()),
            "PAGE_TOKEN_INVALID");
  request.clear_page_token();
  for (const int size : {-1, 201}) {
    request.set_page_size(size);
    EXPECT_EQ(support::ReasonOf(kari_.Call(&FollowUps::List, request).status()), "INVALID_FIELDS");
  }
}

TEST_F(FollowUpServiceTest, TheSameRequestTwiceIsOneEvent) {
  v1::RecordFollowUpRequest request = Event(kari_id_, "once", 1);
  request.set_request_id("6f1c1f5e-3f43-4c1e-9d0a-0a1b2c3d4e5f");
  const std::string first = Record(kari_, request);
  EXPECT_EQ(Record(kari_, request), first);
  EXPECT_THAT(Agreements(List(kari_, kari_id_)), ElementsAre("once"));
  request.mutable_follow_up()->set_agreement("twice");
  EXPECT_EQ(support::ReasonOf(kari_.Call(&FollowUps::Record, request).status()),
            "REQUEST_ID_REUSED");
}

TEST_F(FollowUpServiceTest, WithoutAGroundTheOtherSideSeesNothingOfIt) {
  const v1::ListFollowUpsResponse before = List(tor_, tor_id_);
  Record(kari_, Event(kari_id_, "secret until shared", 1));
  v1::ListFollowUpsResponse after = List(tor_, tor_id_);
  EXPECT_THAT(after.follow_ups(), IsEmpty());
  after.set_revision(before.revision());
  EXPECT_EQ(after.SerializeAsString(), before.SerializeAsString());
}

}  // namespace
}  // namespace navo
