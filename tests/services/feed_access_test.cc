// ACCESS_OPENED and ACCESS_CLOSED: what a reader is told of grounds, ties and protection, and what
// nobody is told afterwards.
#include <gmock/gmock.h>

#include <fstream>

#include "navo/v1/admin.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"
#include "tests/services/feed_fixture.h"
#include "tests/support/temp_folder.h"

namespace navo::support {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kOpened[] = "ACCESS_OPENED oslo-vo";
constexpr char kClosed[] = "ACCESS_CLOSED oslo-vo";

TEST_F(FeedTest, WhatWasWrittenBeforeItOpenedIsNotReplayed) {
  Follower kari(kari_);
  MakeRichCase(tor_, tor_id_, "hos dem", true);
  const v1::Ground ground = Open({v1::CATEGORY_PLAN, v1::CATEGORY_LANGUAGE});
  AddStep(tor_, tor_id_);
  const std::vector<v1::Change> changes = kari.Next();
  ASSERT_THAT(changes, SizeIs(2));
  EXPECT_EQ(Follower::TextOf(changes[0]), kOpened);
  EXPECT_EQ(changes[0].participant_id(), kari_id_);
  EXPECT_EQ(changes[0].owner_kind(), v1::CONTROLLER_KIND_VO);
  EXPECT_THAT(changes[0].categories(),
              ElementsAre(v1::CATEGORY_EXISTENCE, v1::CATEGORY_LANGUAGE, v1::CATEGORY_PLAN));
  EXPECT_FALSE(changes[0].has_time()) << "when it opened is not told";
  EXPECT_EQ(Follower::TextOf(changes[1]), "PLAN_STEP CREATED oslo-vo");
  AddStep(tor_, tor_id_);
  Close(ground);
  AddStep(tor_, tor_id_);
  EXPECT_THAT(kari.Told(), ElementsAre(kClosed)) << "and nothing that is hidden by now";
  EXPECT_THAT(kari.Told(), IsEmpty());
}

TEST_F(FeedTest, WhatOpenedAndClosedInBetweenLeavesNoTrace) {
  OpenPlans();
  Follower kari(kari_);
  Follower untouched(kari_);
  const v1::Ground ground = Open();
  AddStep(tor_, tor_id_);
  Close(ground);
  EXPECT_THAT(kari.Told(), IsEmpty());

  // The same when the reader was in the middle of many pages.
  for (int i = 0; i < 3; ++i) AddStep(kari_, kari_id_);
  const auto page = ListChanges(kari_, kari.cursor(), 1);
  ASSERT_TRUE(page.ok()) << page.status();
  Close(Open());
  kari.SetCursor(page->next_cursor());
  EXPECT_THAT(kari.Told(1),
              ElementsAre("PLAN_STEP CREATED nav-statlig", "PLAN_STEP CREATED nav-statlig"));
  EXPECT_THAT(untouched.Told(1), SizeIs(3));
}

// Whoever was told that it opened is told that it closed, however its pages fell.
TEST_F(FeedTest, ClosingIsToldToWhoWasToldOfOpening) {
  OpenPlans();
  for (const int page_size : {1, 2, 200}) {
    SCOPED_TRACE(page_size);
    Follower kari(kari_);
    for (int i = 0; i < 3; ++i) AddStep(kari_, kari_id_);
    const v1::Ground ground = Open();
    AddStep(tor_, tor_id_);
    const auto page = ListChanges(kari_, kari.cursor(), page_size);
    ASSERT_TRUE(page.ok()) << page.status();
    EXPECT_EQ(Follower::TextOf(page->changes(0)), kOpened);
    Close(ground);
    kari.SetCursor(page->next_cursor());
    const std::vector<std::string> told = kari.Told(page_size);
    ASSERT_FALSE(told.empty());
    EXPECT_EQ(told[0], kClosed);
    for (size_t i = 1; i < told.size(); ++i) EXPECT_EQ(told[i], "PLAN_STEP CREATED nav-statlig");
  }
}

TEST_F(FeedTest, DatesPassWithoutAnybodyWritingThemDown) {
  Follower kari(kari_);
  v1::RecordLegalBasisRequest request =
      NewLegalBasis(tor_id_, LawRelease("oslo-vo", "nav-statlig"));
  *request.mutable_valid_from() = DateOf(2026, 11, 4);
  *request.mutable_valid_to() = DateOf(2026, 11, 5);
  Must(tor_, &v1::ConsentService::Stub::RecordLegalBasis, request);
  Follower sleeper = kari;
  EXPECT_THAT(kari.Told(), IsEmpty()) << "2 November";
  server_.clock().Advance(absl::Hours(24));
  EXPECT_THAT(kari.Told(), IsEmpty()) << "3 November";
  server_.clock().Advance(absl::Hours(24));
  EXPECT_THAT(kari.Told(), ElementsAre(kOpened)) << "4 November";
  EXPECT_THAT(kari.Told(), IsEmpty());
  server_.clock().Advance(absl::Hours(24));
  EXPECT_THAT(kari.Told(), IsEmpty()) << "5 November";
  server_.clock().Advance(absl::Hours(24));
  EXPECT_THAT(kari.Told(), ElementsAre(kClosed)) << "6 November";
  EXPECT_THAT(kari.Told(), IsEmpty());
  EXPECT_THAT(sleeper.Told(), IsEmpty()) << "slept through it";
}

// What was written on a day on which nothing was open is not replayed when the day comes.
TEST_F(FeedTest, WhatWasWrittenBeforeTheDayIsNotReplayed) {
  OpenPlan(tor_, tor_id_);
  Follower kari(kari_);
  v1::RecordLegalBasisRequest request =
      NewLegalBasis(tor_id_, LawRelease("oslo-vo", "nav-statlig"));
  *request.mutable_valid_from() = DateOf(2026, 11, 3);
  Must(tor_, &v1::ConsentService::Stub::RecordLegalBasis, request);
  AddStep(tor_, tor_id_);
  server_.clock().Advance(absl::Hours(24));
  AddStep(tor_, tor_id_);
  EXPECT_THAT(kari.Told(), ElementsAre(kOpened, "PLAN_STEP CREATED oslo-vo"));
}

TEST_F(FeedTest, APendingGroundTellsNothingUntilItIsConfirmed) {
  Follower kari(kari_);
  Follower tor(tor_);
  const v1::GiveConsentResponse given =
      Must(kari_, &v1::ConsentService::Stub::GiveConsent,
           NewConsent(kari_id_, FullRelease("oslo-vo", "nav-statlig")));
  EXPECT_THAT(kari.Told(), IsEmpty());
  EXPECT_THAT(tor.Told(), ElementsAre("GROUND CREATED oslo-vo"));
  v1::ConfirmGroundRequest confirm;
  confirm.set_participant_id(tor_id_);
  confirm.set_ground_id(given.grounds(0).ground_id());
  confirm.set_given_by(v1::CONSENT_GIVEN_BY_IN_PERSON);
  Follower before = kari;
  Must(tor_, &v1::ConsentService::Stub::ConfirmGround, confirm);
  EXPECT_THAT(kari.Told(), ElementsAre(kOpened));
  Must(tor_, &v1::ConsentService::Stub::WithdrawConsent, NewWithdrawal(tor_id_));
  EXPECT_THAT(kari.Told(), ElementsAre(kClosed));
  EXPECT_THAT(before.Told(), IsEmpty());
}

TEST_F(FeedTest, NarrowingNamesWhatIsNoLongerOpen) {
  Open({v1::CATEGORY_PLAN});
  const v1::Ground wider = Open({v1::CATEGORY_PLAN, v1::CATEGORY_LANGUAGE});
  Follower kari(kari_);
  Close(wider);
  const std::vector<v1::Change> changes = kari.Next();
  ASSERT_THAT(changes, SizeIs(1));
  EXPECT_EQ(Follower::TextOf(changes[0]), kClosed);
  EXPECT_THAT(changes[0].categories(), ElementsAre(v1::CATEGORY_LANGUAGE));
}

TEST_F(FeedTest, AGroundToAnotherUnitTellsNothingHere) {
  Follower kari(kari_);
  v1::Release release = LawRelease("oslo-vo", "nav-statlig");
  release.set_to_unit("nav-stovner-statlig");
  Must(tor_, &v1::ConsentService::Stub::RecordLegalBasis, NewLegalBasis(tor_id_, release));
  EXPECT_THAT(kari.Told(), IsEmpty());
}

TEST_F(FeedTest, ATieThatEndsTakesTheParticipantWithIt) {
  Open();
  Follower sara(server_.As("sara"));
  v1::EndTieRequest end;
  end.set_participant_id(kari_id_);
  end.set_reason(v1::TIE_END_REASON_SERVICE_ENDED);
  Must(kari_, &v1::ParticipantService::Stub::EndTie, end);
  const std::vector<v1::Change> gone = sara.Next();
  ASSERT_THAT(gone, SizeIs(1));
  EXPECT_EQ(Follower::TextOf(gone[0]), "ACCESS_CLOSED");
  EXPECT_EQ(gone[0].participant_id(), kari_id_);
  OpenPlan(tor_, tor_id_);
  EXPECT_THAT(sara.Told(), IsEmpty());
  Register(kari_, "amina");
  EXPECT_THAT(sara.Told(),
              ElementsAre("ACCESS_OPENED nav-statlig", kOpened, "TIE CREATED nav-statlig"));
}

TEST_F(FeedTest, AnUnconfirmedTieOpensTheOwnUnitsDataOnly) {
  Follower kari(kari_);
  const auto id = TryRegister(kari_, NumberOf("olena"), false);
  ASSERT_TRUE(id.ok()) << id.status();
  EXPECT_THAT(kari.Told(), ElementsAre("ACCESS_OPENED nav-statlig", "TIE CREATED nav-statlig"));
  v1::ConfirmIdentityRequest confirm;
  confirm.set_participant_id(*id);
  confirm.set_confirmation(v1::IDENTITY_CONFIRMATION_ID_DOCUMENT);
  Must(kari_, &v1::ParticipantService::Stub::ConfirmIdentity, confirm);
  const std::vector<std::string> told = kari.Told();
  ASSERT_FALSE(told.empty());
  EXPECT_EQ(told[0], "ACCESS_OPENED nav-statlig");
}

// A seed file that the test writes anew.
class FeedSeed {
 public:
  FeedSeed() : file_(folder_.File("seed.json")) {
    std::ifstream in(NAVO_SOURCE_DIR "/docs/examples/seed.json");
    text_.assign(std::istreambuf_iterator<char>(in), {});
    Write(text_);
  }
  void Replace(const std::string& from, const std::string& to) {
    const size_t at = text_.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    Write(text_.replace(at, from.size(), to));
  }
  const std::string& file() const { return file_; }

 private:
  void Write(const std::string& text) { std::ofstream(file_, std::ios::trunc) << text; }

  TempFolder folder_;
  std::string file_;
  std::string text_;
};

class SeededFeedTest : public FeedSeed, public FeedTest {
 protected:
  SeededFeedTest() : FeedTest({.seed = FeedSeed::file()}) {}
  void Restart() {
    server_.Restart();
    kari_ = server_.As("kari");
    tor_ = server_.As("tor");
  }
};

TEST_F(SeededFeedTest, ProtectionTakesTheParticipantAway) {
  Follower kari(kari_);
  Replace("\"protection\": [", "\"protection\": [{\"national_identity_number\": \"" +
                                   NumberOf("amina") + "\", \"grading\": \"FORTROLIG\"},");
  Restart();
  kari.SetCaller(kari_);
  const std::vector<v1::Change> gone = kari.Next();
  ASSERT_THAT(gone, SizeIs(1));
  EXPECT_EQ(Follower::TextOf(gone[0]), "ACCESS_CLOSED") << "as an ended tie";
  EXPECT_EQ(gone[0].participant_id(), kari_id_);
  EXPECT_THAT(kari.Told(), IsEmpty());
}

// In force with the answer: no restart, and with a token that was used before.
TEST_F(FeedTest, ACursorOfAnotherScopeIsTooOld) {
  using Admin = v1::AdminService::Stub;
  const std::string cursor = Follower(server_.As("vo-system")).cursor();
  const client::Client dina = server_.As("dina");
  const auto listed = Must(dina, &Admin::ListPrincipals, v1::ListPrincipalsRequest());
  v1::UpdatePrincipalRequest update;
  for (const v1::Principal& one : listed.principals()) {
    if (one.subject() != "vo-system") continue;
    update.set_principal_id(one.principal_id());
    update.set_etag(one.etag());
    update.set_name(one.name());
    *update.mutable_imports() = one.imports();
    *update.mutable_follows() = one.follows();
    update.add_follows(v1::CATEGORY_GOALS);
  }
  Must(dina, &Admin::UpdatePrincipal, update);
  const auto answer = ListChanges(server_.As("vo-system"), cursor);
  EXPECT_EQ(answer.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(answer.status()), "CURSOR_TOO_OLD");
}

}  // namespace
}  // namespace navo::support
