// What the feed tells of changes, page by page; what it says of access is in feed_access_test.cc.
#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "navo/v1/access_log.grpc.pb.h"
#include "navo/v1/follow_up.grpc.pb.h"
#include "navo/v1/kartlegging.grpc.pb.h"
#include "navo/v1/participant.grpc.pb.h"
#include "navo/v1/plan.grpc.pb.h"
#include "tests/services/feed_fixture.h"

namespace navo::support {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// A rich case has one of each kind.
constexpr size_t kSections = v1::SectionKind_MAX;

TEST_F(FeedTest, BeginsNowWithoutACursor) {
  MakeRichCase(kari_, kari_id_, "hos oss", true);
  const auto first = ListChanges(kari_, "");
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->changes_size(), 0);
  EXPECT_FALSE(first->has_more());
  const auto next = ListChanges(kari_, first->next_cursor());
  ASSERT_TRUE(next.ok()) << next.status();
  EXPECT_EQ(next->changes_size(), 0);
}

TEST_F(FeedTest, TellsTheOwnChangesInTheirOrder) {
  Follower kari(kari_);
  MakeRichCase(kari_, kari_id_, "hos oss", true);
  const std::vector<v1::Change> changes = kari.Next();
  std::vector<std::string> told;
  for (const v1::Change& change : changes) {
    const bool event = change.subject() == v1::CHANGE_SUBJECT_FOLLOW_UP;
    if (!event) told.push_back(Follower::TextOf(change));
  }
  EXPECT_GE(changes.size(), told.size() + 2) << "and follow-up events";
  std::vector<std::string> expected = {"CONTACT_FACTS CHANGED", "TEAM CREATED"};
  expected.insert(expected.end(), kSections, "SECTION CREATED");
  for (const char* text : {"PLAN_PART CREATED", "PLAN_STEP CREATED", "PLAN_STEP CREATED",
                           "ASSESSMENT CREATED", "TEST_RESULT CREATED", "NORSKMAAL CREATED",
                           "HOURS CREATED", "HOURS CREATED", "HOURS CREATED", "HOURS CREATED"}) {
    expected.emplace_back(text);
  }
  for (std::string& text : expected) text += " nav-statlig";
  EXPECT_EQ(told, expected);
  for (const v1::Change& change : changes) {
    EXPECT_EQ(change.participant_id(), kari_id_);
    EXPECT_EQ(change.owner_unit(), "nav-grorud-statlig");
    EXPECT_EQ(change.owner_kind(), v1::CONTROLLER_KIND_NAV_STAT);
    EXPECT_GE(change.version(), 1);
    EXPECT_EQ(change.time().seconds(), absl::ToUnixSeconds(server_.clock().Now()));
    EXPECT_NE(change.category(), v1::CATEGORY_UNSPECIFIED);
  }
  EXPECT_EQ(changes[2].category(), v1::CATEGORY_LANGUAGE) << "by the section's kind";
  EXPECT_EQ(changes[1 + kSections].category(), v1::CATEGORY_COMPETENCE);
  EXPECT_THAT(kari.Told(), IsEmpty());
}

TEST_F(FeedTest, TellsAnotherUnitNothingThatStaysWithTheOwn) {
  const client::Client per = server_.As("per");
  Register(per, "amina");
  Follower follower(per);
  Follower colleague(server_.As("sara"));
  MakeRichCase(kari_, kari_id_, "hos oss", true);
  std::set<v1::Category> stays;
  for (const v1::Change& change : colleague.Next(200)) stays.insert(change.category());
  for (const v1::Change& change : follower.Next(200)) stays.erase(change.category());
  EXPECT_EQ(stays, (std::set<v1::Category>{v1::CATEGORY_FOLLOWUP_NOTE, v1::CATEGORY_NEEDS_BARRIERS,
                                           v1::CATEGORY_HEALTH, v1::CATEGORY_BENEFIT_TYPE_PERIOD}));
}

TEST_F(FeedTest, TellsNothingOfTheOtherSideAndNotByTheShapeOfPagesEither) {
  Follower kari(kari_);
  MakeRichCase(tor_, tor_id_, "hos dem", true);
  Follower later(kari_);
  AddStep(tor_, tor_id_);
  OpenPlan(kari_, kari_id_);
  const auto page = ListChanges(kari_, kari.cursor(), 1);
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_EQ(page->changes_size(), 1) << "filled from what follows";
  EXPECT_EQ(page->next_cursor().size(), kari.cursor().size());
  EXPECT_THAT(kari.Told(), ElementsAre("PLAN_PART CREATED nav-statlig"));
  EXPECT_THAT(later.Told(), ElementsAre("PLAN_PART CREATED nav-statlig"));
}

TEST_F(FeedTest, TellsOfTheOtherSideWhatIsOpenAndNoVersion) {
  Open({v1::CATEGORY_PLAN});
  Follower kari(kari_);
  const RichCase other = MakeRichCase(tor_, tor_id_, "hos dem", true);
  const std::vector<v1::Change> changes = kari.Next();
  ASSERT_THAT(changes, SizeIs(4)) << "team, plan part and two steps";
  EXPECT_EQ(Follower::TextOf(changes[0]), "TEAM CREATED oslo-vo");
  EXPECT_EQ(Follower::TextOf(changes[1]), "PLAN_PART CREATED oslo-vo");
  EXPECT_EQ(Follower::TextOf(changes[2]), "PLAN_STEP CREATED oslo-vo");
  EXPECT_EQ(changes[2].record_id(), other.step_id);
  EXPECT_EQ(changes[2].participant_id(), kari_id_) << "the caller's own id";
  for (const v1::Change& change : changes) EXPECT_EQ(change.version(), 0);
}

TEST_F(FeedTest, TellsOfAnAmendmentButOfTheNoteToTheOwnUnitAlone) {
  using FollowUps = v1::FollowUpService::Stub;
  Open({v1::CATEGORY_FOLLOWUP_SUMMARY});
  v1::RecordFollowUpRequest event = NewEvent(tor_id_);
  event.mutable_follow_up()->set_agreement("Mandag");
  const auto recorded = Must(tor_, &FollowUps::Record, event);
  Follower kari(kari_);
  Follower tor(tor_);
  v1::AmendFollowUpRequest amend;
  amend.set_participant_id(tor_id_);
  amend.set_follow_up_id(recorded.follow_up_id());
  amend.set_etag(recorded.etag());
  amend.set_reason(v1::AMEND_REASON_AGREEMENT_CHANGED);
  amend.mutable_follow_up()->set_note("Bare vårt");
  amend.mutable_update_mask()->add_paths("note");
  amend.set_etag(Must(tor_, &FollowUps::Amend, amend).etag());
  EXPECT_THAT(kari.Told(), IsEmpty());
  EXPECT_THAT(tor.Told(), ElementsAre("FOLLOW_UP CHANGED oslo-vo"));

  amend.mutable_follow_up()->set_agreement("Tirsdag");
  amend.mutable_update_mask()->set_paths(0, "agreement");
  Must(tor_, &FollowUps::Amend, amend);
  const std::vector<v1::Change> changes = kari.Next();
  ASSERT_THAT(changes, SizeIs(1));
  EXPECT_EQ(Follower::TextOf(changes[0]), "FOLLOW_UP CHANGED oslo-vo");
  EXPECT_EQ(changes[0].record_id(), recorded.follow_up_id());
  EXPECT_EQ(changes[0].category(), v1::CATEGORY_FOLLOWUP_SUMMARY);
  EXPECT_EQ(changes[0].version(), 0);
  EXPECT_THAT(tor.Told(), ElementsAre("FOLLOW_UP CHANGED oslo-vo"));
}

TEST_F(FeedTest, AnEventAmendedOutOfSightIsGoneForWhoMayNotSeeItAnyMore) {
  using FollowUps = v1::FollowUpService::Stub;
  Open({v1::CATEGORY_FOLLOWUP_SUMMARY});
  const auto recorded = Must(tor_, &FollowUps::Record, NewEvent(tor_id_));
  std::string etag = recorded.etag();
  Follower kari(kari_);
  Follower tor(tor_);
  const std::string before = kari.cursor();
  const auto amend = [&](const std::string& agreement) {
    v1::AmendFollowUpRequest request;
    request.set_participant_id(tor_id_);
    request.set_follow_up_id(recorded.follow_up_id());
    request.set_etag(etag);
    request.set_reason(v1::AMEND_REASON_WRONG);
    request.mutable_follow_up()->set_type(v1::FOLLOW_UP_TYPE_FRAVAERSOPPFOELGING);
    request.mutable_follow_up()->set_agreement(agreement);
    request.mutable_update_mask()->add_paths("type");
    request.mutable_update_mask()->add_paths("agreement");
    etag = Must(tor_, &FollowUps::Amend, request).etag();
  };
  amend("Ringer tirsdag");
  const std::vector<v1::Change> gone = kari.Next();
  ASSERT_THAT(gone, SizeIs(1));
  EXPECT_EQ(Follower::TextOf(gone[0]), "FOLLOW_UP DELETED oslo-vo");
  EXPECT_EQ(gone[0].record_id(), recorded.follow_up_id());
  EXPECT_EQ(gone[0].category(), v1::CATEGORY_FOLLOWUP_SUMMARY) << "not what it is now";
  EXPECT_THAT(tor.Told(), ElementsAre("FOLLOW_UP CHANGED oslo-vo"));

  amend("Ringer onsdag");  // of which there is nothing to learn
  EXPECT_THAT(kari.Told(), IsEmpty());

  // Whoever may see both categories by now reads the event again: it is not gone for them.
  Open({v1::CATEGORY_FOLLOWUP_SUMMARY, v1::CATEGORY_ATTENDANCE});
  kari.SetCursor(before);
  std::vector<std::string> told = kari.Told();
  std::erase_if(told, [](const std::string& one) { return one.find("ACCESS") == 0; });
  EXPECT_THAT(told, IsEmpty());
}

TEST_F(FeedTest, TellsNamesUnderIdentityWhenContactIsClosed) {
  Open({v1::CATEGORY_IDENTITY});
  Follower kari(kari_);
  MakeRichCase(tor_, tor_id_, "hos dem", true);
  const std::vector<v1::Change> changes = kari.Next();
  ASSERT_THAT(changes, SizeIs(2));
  EXPECT_EQ(Follower::TextOf(changes[0]), "CONTACT_FACTS CHANGED oslo-vo");
  EXPECT_EQ(changes[0].category(), v1::CATEGORY_IDENTITY);
}

// A statement about a section that is hidden now is hidden with it.
TEST_F(FeedTest, TellsOfAConfirmationOnlyWithItsSection) {
  const v1::Ground ground = Open();
  const RichCase other = MakeRichCase(tor_, tor_id_, "hos dem", true);
  Follower kari(kari_);
  v1::ConfirmSectionRequest confirm;
  confirm.set_participant_id(kari_id_);
  confirm.set_section_id(other.section_id);
  Must(kari_, &v1::KartleggingService::Stub::ConfirmSection, confirm);
  Follower early = kari;
  EXPECT_THAT(early.Told(), ElementsAre("SECTION_CONFIRMATION CONFIRMED nav-statlig"));
  Close(ground);
  const std::vector<v1::Change> changes = kari.Next();
  ASSERT_THAT(changes, SizeIs(1));
  EXPECT_EQ(changes[0].act(), v1::CHANGE_ACT_ACCESS_CLOSED);
}

TEST_F(FeedTest, TellsAGroundToItsGiverAlone) {
  Follower kari(kari_);
  Follower tor(tor_);
  Close(Open());
  EXPECT_THAT(tor.Told(), ElementsAre("GROUND CREATED oslo-vo", "GROUND ENDED oslo-vo"));
  EXPECT_THAT(kari.Told(), IsEmpty());
}

// A step, a section, whatever: every page of every size, and a server that was stopped in between.
TEST_F(FeedTest, LosesNothingAndRepeatsNothingOverPagesAndARestart) {
  const std::string second = Register(kari_, "olena");
  Follower whole(kari_);
  Follower single = whole;
  Follower interrupted = whole;
  MakeRichCase(kari_, kari_id_, "hos oss", true);
  server_.clock().Advance(absl::Minutes(1));
  MakeRichCase(kari_, second, "hos oss", true);
  server_.clock().Advance(absl::Minutes(1));
  const std::string third = Register(kari_, "yusuf");
  OpenPlan(kari_, third);

  const std::vector<v1::Change> expected = whole.Next(200);
  ASSERT_GE(expected.size(), 1 + 2 * (14 + kSections) + 3) << "access, cases, tie and plan";
  EXPECT_EQ(Follower::TextOf(expected[0]), "ACCESS_OPENED nav-statlig");
  for (size_t i = 2; i < expected.size(); ++i) {
    EXPECT_LE(expected[i - 1].time().seconds(), expected[i].time().seconds());
  }
  const auto same = [&expected](const std::vector<v1::Change>& changes) {
    ASSERT_EQ(changes.size(), expected.size());
    for (size_t i = 0; i < changes.size(); ++i) {
      EXPECT_EQ(changes[i].SerializeAsString(), expected[i].SerializeAsString()) << i;
    }
  };
  same(single.Next(1));

  std::vector<v1::Change> halves;
  const auto page = ListChanges(kari_, interrupted.cursor(), 7);
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_TRUE(page->has_more());
  halves.assign(page->changes().begin(), page->changes().end());
  interrupted.SetCursor(page->next_cursor());
  server_.Restart();
  interrupted.SetCaller(server_.As("kari"));
  for (const v1::Change& change : interrupted.Next(3)) halves.push_back(change);
  same(halves);
}

TEST_F(FeedTest, GivesTheSameAgainForTheSameCursor) {
  Follower kari(kari_);
  MakeRichCase(kari_, kari_id_, "hos oss", true);
  Follower again = kari;
  EXPECT_EQ(kari.Told(), again.Told());
}

TEST_F(FeedTest, RefusesACursorThatIsNotItsOwn) {
  const std::string cursor = Follower(kari_).cursor();
  const auto refused = [](const client::Client& caller, const std::string& sent) {
    const auto answer = ListChanges(caller, sent);
    return std::make_pair(answer.status().code(), ReasonOf(answer.status()));
  };
  const std::pair invalid(absl::StatusCode::kInvalidArgument, std::string("CURSOR_INVALID"));
  const std::pair foreign(absl::StatusCode::kFailedPrecondition, std::string("CURSOR_FOREIGN"));
  EXPECT_EQ(refused(server_.As("sara"), cursor), invalid) << "a colleague's";
  EXPECT_EQ(refused(tor_, cursor), invalid);
  EXPECT_EQ(refused(kari_, "noe annet"), invalid);
  EXPECT_EQ(refused(kari_, cursor.substr(1)), invalid);
  for (size_t i = 0; i < cursor.size(); i += 31) {
    std::string damaged = cursor;
    damaged[i] = damaged[i] == 'A' ? 'B' : 'A';
    EXPECT_EQ(refused(kari_, damaged), invalid) << i;
  }
  TestServer other;
  EXPECT_EQ(refused(kari_, Follower(other.As("kari")).cursor()), foreign);
  const auto wrong_page = ListChanges(kari_, cursor, 201);
  EXPECT_EQ(ReasonOf(wrong_page.status()), "INVALID_FIELDS");
}

TEST_F(FeedTest, IsForUnitsOnly) {
  for (const char* who : {"amina", "dag"}) {
    const auto answer = ListChanges(server_.As(who), "");
    EXPECT_EQ(answer.status().code(), absl::StatusCode::kPermissionDenied) << who;
  }
}

TEST_F(FeedTest, LogsOneLineForEachParticipantOfAPage) {
  Open();
  const std::string second = Register(kari_, "olena");
  Follower kari(kari_);
  MakeRichCase(kari_, kari_id_, "hos oss", true);
  MakeRichCase(tor_, tor_id_, "hos dem", true);
  v1::ListAccessRequest request;
  request.set_participant_id("me");
  request.set_page_size(200);
  const auto acts = [&](const std::string& person) {
    return Must(server_.As(person), &v1::AccessLogService::Stub::ListAccess, request).acts_size();
  };
  const int before = acts("amina");
  const int others = acts("olena");
  kari.SetCaller(kari_.WithAct(""));
  ASSERT_FALSE(kari.Next(200).empty());
  // Their own look at the log is in it too.
  EXPECT_EQ(acts("amina"), before + 1 + 1);
  EXPECT_EQ(acts("olena"), others + 1) << "nothing was told of her";
}

// More of one person than is looked at in one go must not be told after what came later.
TEST_F(FeedTest, TellsByTimeHoweverMuchThereIsOfOnePerson) {
  const std::string second = Register(kari_, "olena");
  OpenPlan(kari_, kari_id_);
  OpenPlan(kari_, second);
  Follower kari(kari_);
  for (int i = 0; i < 100; ++i) {
    server_.clock().Advance(absl::Seconds(1));
    AddStep(kari_, kari_id_);
  }
  server_.clock().Advance(absl::Seconds(1));
  AddStep(kari_, second);
  const std::vector<v1::Change> changes = kari.Next(200);
  ASSERT_THAT(changes, SizeIs(101));
  EXPECT_EQ(changes.back().participant_id(), second);
}

// The next section gets the key of one that is gone, and with it must not say what that one was.
TEST_F(FeedTest, TellsNothingOfASectionThatIsGone) {
  const client::Client per = server_.As("per");
  Register(per, "amina");
  const std::string right = Register(kari_, "olena");
  const auto record = [&](const std::string& id, v1::SectionKind kind) {
    Must(kari_, &v1::KartleggingService::Stub::RecordSection, NewSection(id, ContentOf(kind, "x")));
  };
  record(right, v1::SECTION_KIND_HEALTH_WORK_ABILITY);
  Follower colleague(per);
  record(kari_id_, v1::SECTION_KIND_HEALTH_WORK_ABILITY);
  v1::EndTieRequest end;
  end.set_participant_id(kari_id_);
  end.set_reason(v1::TIE_END_REASON_WRONG_PERSON);
  end.set_right_participant_id(right);
  Must(kari_, &v1::ParticipantService::Stub::EndTie, end);
  record(right, v1::SECTION_KIND_WORK_EXPERIENCE);
  for (const std::string& told : colleague.Told()) {
    EXPECT_EQ(told.find("SECTION"), std::string::npos) << told;
  }
}

// vo-system follows PLAN and LANGUAGE, komet nothing (docs/examples/seed.json).
TEST_F(FeedTest, TellsASystemWhatItsScopeNames) {
  Follower vo(server_.As("vo-system"));
  Follower komet(server_.As("komet"));
  MakeRichCase(tor_, tor_id_, "hos dem", true);
  MakeRichCase(kari_, kari_id_, "hos oss", true);
  std::set<v1::Category> categories;
  for (const v1::Change& change : vo.Next()) {
    EXPECT_EQ(change.participant_id(), tor_id_);
    EXPECT_EQ(change.owner_controller(), "oslo-vo");
    categories.insert(change.category());
  }
  EXPECT_EQ(categories, (std::set<v1::Category>{v1::CATEGORY_EXISTENCE, v1::CATEGORY_LANGUAGE,
                                                v1::CATEGORY_PLAN}));
  EXPECT_THAT(komet.Told(), ElementsAre("TEAM CREATED nav-statlig"));
}

}  // namespace
}  // namespace navo::support
