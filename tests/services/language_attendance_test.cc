#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>

#include "tests/services/training_fixture.h"

// Who sees planned hours, attendance and what follows from them.
namespace navo::support {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// What is derived comes from what the caller sees and from nothing else.
TEST_F(TrainingTest, AGoalIsNotReachedByATestThatIsWithheld) {
  Must(kari_, &Language::SetNorskmaal, Goal(kari_id_, v1::NORSKMAAL_LEVEL_A2));
  Must(tor_, &Language::RecordTestResult, Speaking(tor_id_, v1::CEFR_LEVEL_B1, false));
  Must(tor_, &Language::RecordHours,
       Hours(tor_id_, {Attended(NewWeek("2026-W42", 20), 17.5, 1.5, 1)}));
  const v1::GetProgressResponse alone = Progress(kari_, kari_id_);
  EXPECT_EQ(alone.norskmaal(0).goals(0).reached(), v1::GOAL_REACHED_NOT_SHOWN);
  EXPECT_EQ(alone.norskmaal(0).granted(0).used_hours(), 0);
  EXPECT_THAT(alone.sums(), IsEmpty());
  ShareWithAttendance();
  const v1::GetProgressResponse shared = Progress(kari_, kari_id_);
  EXPECT_EQ(shared.norskmaal(0).goals(0).reached(), v1::GOAL_REACHED_BY_TEST);
  EXPECT_EQ(shared.norskmaal(0).granted(0).kind(), v1::HOURS_KIND_NORSK);
  EXPECT_EQ(shared.norskmaal(0).granted(0).granted_hours(), 550);
  EXPECT_EQ(shared.norskmaal(0).granted(0).used_hours(), 17.5);
  EXPECT_EQ(shared.norskmaal(0).granted(1).used_hours(), 0);
  EXPECT_THAT(WeekTexts(shared), ElementsAre("2026-W42 20 17.5 1.5 1"));
  EXPECT_EQ(shared.hours(0).attendance_provenance().recorded_by(), "");
  EXPECT_EQ(shared.sums(0).undocumented_absence_hours(), 1);
}

TEST_F(TrainingTest, WithoutAGroundForAttendanceOnlyWhatWasPlannedIsShown) {
  Must(tor_, &Language::SetNorskmaal, Goal(tor_id_, v1::NORSKMAAL_LEVEL_A2));
  v1::WeekHours attended_only = Attended(NewWeek("2026-W40", 0), 5, 0, 0);
  attended_only.clear_planned_hours();
  Must(tor_, &Language::RecordHours,
       Hours(tor_id_, {attended_only, NewWeek("2026-W41", 20),
                       Attended(NewWeek("2026-W42", 20), 17.5, 1.5, 1)}));
  ShareWithoutAttendance();
  const v1::GetProgressResponse progress = Progress(kari_, kari_id_);
  EXPECT_THAT(WeekTexts(progress), ElementsAre("2026-W42 20 - - -", "2026-W41 20 - - -"));
  for (const v1::WeekHours& week : progress.hours()) {
    EXPECT_EQ(week.attendance_withheld().category(), v1::CATEGORY_ATTENDANCE);
    EXPECT_EQ(week.attendance_withheld().owner_controller(), "oslo-vo");
    EXPECT_EQ(week.attendance_withheld().reason(), v1::WITHHELD_REASON_NO_GROUND);
    EXPECT_FALSE(week.has_attendance_provenance());
    EXPECT_EQ(week.attendance_version(), 0);
  }
  ASSERT_THAT(progress.sums(), SizeIs(1));
  EXPECT_EQ(progress.sums(0).planned_hours(), 40);
  EXPECT_FALSE(progress.sums(0).has_attended_hours());
  EXPECT_FALSE(progress.sums(0).has_documented_absence_hours());
  EXPECT_FALSE(progress.sums(0).has_undocumented_absence_hours());
  EXPECT_EQ(progress.sums(0).attendance_withheld().reason(), v1::WITHHELD_REASON_NO_GROUND);
  EXPECT_EQ(progress.norskmaal(0).granted(0).granted_hours(), 550);
  EXPECT_FALSE(progress.norskmaal(0).granted(0).has_used_hours());
  bool marked = false;
  for (const v1::Withheld& one : progress.withheld()) {
    marked = marked || (one.category() == v1::CATEGORY_ATTENDANCE &&
                        one.reason() == v1::WITHHELD_REASON_NO_GROUND);
  }
  EXPECT_TRUE(marked);
}

// The whole point of keeping the two parts apart: with LANGUAGE and without ATTENDANCE nothing
// changes whatever is recorded of who was there.
TEST_F(TrainingTest, AttendanceChangesNotOneByteForWhoMayNotSeeIt) {
  const v1::WeekHours planned = NewWeek("2026-W42", 20);
  Must(tor_, &Language::RecordHours, Hours(tor_id_, {NewWeek("2026-W41", 20), planned}));
  ShareWithoutAttendance();
  const auto pages = [&] {
    std::string text;
    v1::GetProgressRequest request;
    request.set_participant_id(kari_id_);
    request.set_page_size(1);
    for (int page = 0; page < 10; ++page) {
      const auto answer = kari_.Call(&Language::GetProgress, request);
      text += NeutralText(answer);
      if (!answer.ok() || answer->next_page_token().empty()) break;
      request.set_page_token(answer->next_page_token());
    }
    return text + NeutralText(Progress(kari_, kari_id_));
  };
  const std::string before = pages();
  server_.clock().Advance(absl::Hours(24));
  v1::WeekHours alone = Attended(NewWeek("2026-W40", 0), 5, 0, 3);
  alone.clear_planned_hours();
  Must(tor_, &Language::RecordHours,
       Hours(tor_id_,
             {Attended(planned, 12, 4, 4), Attended(NewWeek("2026-W41", 20), 20, 0, 0), alone}));
  EXPECT_EQ(pages(), before);
  Must(tor_, &Language::RecordHours, Hours(tor_id_, {Attended(planned, 20, 0, 0)}));
  EXPECT_EQ(pages(), before);
  // A change of the plan does show.
  Must(tor_, &Language::RecordHours, Hours(tor_id_, {NewWeek("2026-W42", 25)}));
  EXPECT_NE(pages(), before);
}

TEST_F(TrainingTest, WithAttendanceAloneThePlanIsNotShown) {
  Must(tor_, &Language::RecordHours,
       Hours(tor_id_, {NewWeek("2026-W41", 20), Attended(NewWeek("2026-W42", 20), 12, 4, 4)}));
  v1::Release release;
  release.set_from_controller("oslo-vo");
  release.set_to_controller("nav-statlig");
  release.add_categories(v1::CATEGORY_EXISTENCE);
  release.add_categories(v1::CATEGORY_ATTENDANCE);
  Release(tor_, tor_id_, release);
  const v1::GetProgressResponse progress = Progress(kari_, kari_id_);
  EXPECT_THAT(WeekTexts(progress), ElementsAre("2026-W42 - 12 4 4"));
  EXPECT_FALSE(progress.hours(0).has_provenance());
  EXPECT_EQ(progress.hours(0).attendance_provenance().unit(), "vo-rosenhof");
  ASSERT_THAT(progress.sums(), SizeIs(1));
  EXPECT_FALSE(progress.sums(0).has_planned_hours());
  EXPECT_EQ(progress.sums(0).attended_hours(), 12);
}

TEST_F(TrainingTest, UnitsAndSidesKeepTheirOwnHoursOfTheSameWeek) {
  Must(tor_, &Language::RecordHours, Hours(tor_id_, {NewWeek("2026-W42", 20)}));
  const auto own = Must(kari_, &Language::RecordHours, Hours(kari_id_, {NewWeek("2026-W42", 7)}));
  EXPECT_EQ(own.weeks(0).change(), v1::HOURS_CHANGE_ADDED);
  EXPECT_THAT(WeekTexts(Progress(kari_, kari_id_)), ElementsAre("2026-W42 7 - - -"));
  ShareWithAttendance();
  const v1::GetProgressResponse both = Progress(kari_, kari_id_);
  EXPECT_THAT(both.hours(), SizeIs(2));
  ASSERT_THAT(both.sums(), SizeIs(2));
  EXPECT_EQ(both.sums(0).controller(), "nav-statlig");
  EXPECT_EQ(both.sums(0).planned_hours(), 7);
  EXPECT_EQ(both.sums(1).planned_hours(), 20);
}

TEST_F(TrainingTest, TheParticipantSeesEverything) {
  Must(tor_, &Language::SetNorskmaal, Goal(tor_id_, v1::NORSKMAAL_LEVEL_B1));
  Must(kari_, &Language::SetNorskmaal, Goal(kari_id_, v1::NORSKMAAL_LEVEL_A2));
  Must(tor_, &Language::RecordHours,
       Hours(tor_id_, {Attended(NewWeek("2026-W42", 20), 17.5, 1.5, 1)}));
  const v1::GetProgressResponse progress = Progress(server_.As("amina"), "me");
  EXPECT_EQ(progress.norskmaal_size(), 2);
  EXPECT_THAT(WeekTexts(progress), ElementsAre("2026-W42 20 17.5 1.5 1"));
  EXPECT_EQ(progress.norskmaal(0).granted(0).used_hours(), 17.5);
  EXPECT_THAT(progress.withheld(), IsEmpty());
  // What she may not do is write.
  EXPECT_EQ(ReasonOf(server_.As("amina")
                         .Call(&Language::RecordHours, Hours("me", {NewWeek("2026-W42", 1)}))
                         .status()),
            "ROLE_NOT_ALLOWED");
}

// Of a grant nobody is told a part as if it were the whole.
TEST_F(TrainingTest, WhatIsUsedIsNotSaidWhileASideHidesAttendanceEvenWithNoHours) {
  Must(kari_, &Language::SetNorskmaal, Goal(kari_id_, v1::NORSKMAAL_LEVEL_A2));
  Must(kari_, &Language::RecordHours,
       Hours(kari_id_, {Attended(NewWeek("2026-W42", 20), 17.5, 1.5, 1)}));
  EXPECT_EQ(Progress(kari_, kari_id_).norskmaal(0).granted(0).used_hours(), 17.5);
  ShareWithoutAttendance();
  EXPECT_FALSE(Progress(kari_, kari_id_).norskmaal(0).granted(0).has_used_hours());
}

TEST_F(TrainingTest, WhoLookedAtAbsenceIsInTheLog) {
  Must(tor_, &Language::RecordHours,
       Hours(tor_id_, {Attended(NewWeek("2026-W42", 20), 17.5, 1.5, 1)}));
  ShareWithAttendance();
  Progress(kari_, kari_id_);
  v1::ListAccessRequest request;
  request.set_participant_id("me");
  const auto listed = Must(server_.As("amina"), &v1::AccessLogService::Stub::ListAccess, request);
  EXPECT_NE(listed.acts(0).line_en().find("your absence"), std::string::npos)
      << listed.acts(0).line_en();
  EXPECT_NE(listed.acts(0).line_en().find("your language skills"), std::string::npos);
}

}  // namespace
}  // namespace navo::support
