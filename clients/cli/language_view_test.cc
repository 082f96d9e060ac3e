#include "clients/cli/language_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>

#include "absl/strings/str_format.h"

namespace navo::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

v1::WeekHours* AddWeek(int week, double planned, v1::GetProgressResponse* progress,
                       int year = 2026) {
  v1::WeekHours* hours = progress->add_hours();
  hours->set_week(absl::StrFormat("%d-W%02d", year, week));
  hours->set_course_id("N1");
  hours->set_kind(v1::HOURS_KIND_NORSK);
  hours->set_planned_hours(planned);
  hours->mutable_provenance()->set_unit("vo-rosenhof");
  return hours;
}

std::string Printed(const v1::GetProgressResponse& progress) {
  std::ostringstream out;
  HoursTable(progress.hours()).Print(out, 100);
  return out.str();
}

int Lines(const std::string& text) {
  return static_cast<int>(std::count(text.begin(), text.end(), '\n'));
}

TEST(LanguageViewTest, HoursAreShortAndExact) {
  EXPECT_EQ(HoursText(0), "0");
  EXPECT_EQ(HoursText(20), "20");
  EXPECT_EQ(HoursText(100), "100");
  EXPECT_EQ(HoursText(17.5), "17.5");
  EXPECT_EQ(HoursText(12345.75), "12345.75");
}

TEST(LanguageViewTest, SixtyWeeksAreReadAtAGlance) {
  v1::GetProgressResponse progress;
  for (int week = 53; week > 40; --week) AddWeek(week, 20, &progress);
  v1::WeekHours* attended = AddWeek(40, 20, &progress);
  attended->set_attended_hours(17.5);
  attended->set_documented_absence_hours(1.5);
  attended->set_undocumented_absence_hours(1);
  for (int week = 39; week > 0; --week) AddWeek(week, 15, &progress)->set_attended_hours(15);
  const std::string text = Printed(progress);
  EXPECT_EQ(Lines(text), 4) << text;
  EXPECT_THAT(text, HasSubstr("2026-W41–W53 (13 weeks)"));
  EXPECT_THAT(text, HasSubstr("2026-W01–W39 (39 weeks)"));
  EXPECT_THAT(text, HasSubstr("17.5"));
}

TEST(LanguageViewTest, AWeekThatIsMissingIsNotInsideALine) {
  v1::GetProgressResponse progress;
  for (const int week : {53, 35, 34}) AddWeek(week, 20, &progress);
  const std::string text = Printed(progress);
  EXPECT_EQ(Lines(text), 3) << text;
  EXPECT_THAT(text, HasSubstr("2026-W53 "));
  EXPECT_THAT(text, HasSubstr("2026-W34–W35 (2 weeks)"));
}

TEST(LanguageViewTest, WeeksFollowEachOtherOverTheTurnOfTheYear) {
  v1::GetProgressResponse after_53;  // 2026 has 53 weeks
  AddWeek(1, 20, &after_53, 2027);
  AddWeek(53, 20, &after_53, 2026);
  EXPECT_THAT(Printed(after_53), HasSubstr("2026-W53–2027-W01 (2 weeks)"));
  v1::GetProgressResponse after_52;  // and 2025 has 52
  AddWeek(1, 20, &after_52, 2026);
  AddWeek(52, 20, &after_52, 2025);
  EXPECT_THAT(Printed(after_52), HasSubstr("2025-W52–2026-W01 (2 weeks)"));
  v1::GetProgressResponse without_53;
  AddWeek(1, 20, &without_53, 2027);
  AddWeek(52, 20, &without_53, 2026);
  EXPECT_EQ(Lines(Printed(without_53)), 3) << Printed(without_53);
}

TEST(LanguageViewTest, WithheldAttendanceIsSaidAndNotShownAsNone) {
  v1::GetProgressResponse progress;
  AddWeek(42, 20, &progress)->mutable_attendance_withheld()->set_category(v1::CATEGORY_ATTENDANCE);
  EXPECT_THAT(Printed(progress), HasSubstr("withheld"));
  v1::HoursSum sum;
  sum.set_controller("oslo-vo");
  sum.set_kind(v1::HOURS_KIND_NORSK);
  sum.set_planned_hours(40);
  EXPECT_EQ(SumText(sum), "oslo-vo norsk: planned 40 h; attendance withheld");
  sum.set_planned_ahead_hours(20);
  sum.set_attended_hours(17.5);
  sum.set_documented_absence_hours(1.5);
  sum.set_undocumented_absence_hours(1);
  EXPECT_EQ(SumText(sum),
            "oslo-vo norsk: planned 40 h and 20 h ahead; attended 17.5 h; absent 1.5 h documented, "
            "1 h undocumented");
}

TEST(LanguageViewTest, NorskmaalSaysWhatIsReachedAndUsed) {
  v1::NorskmaalProgress side;
  side.mutable_norskmaal()->mutable_provenance()->set_unit("vo-rosenhof");
  side.mutable_norskmaal()->set_scheme(v1::TRAINING_SCHEME_INTEGRERINGSLOVEN_3_AAR);
  side.mutable_norskmaal()->set_decision_reference("2026/4711");
  v1::GoalProgress* goal = side.add_goals();
  goal->set_skill(v1::SKILL_MUNTLIG);
  goal->set_level(v1::NORSKMAAL_LEVEL_B1);
  goal->set_reached(v1::GOAL_REACHED_BY_TEST);
  goal->mutable_reached_date()->set_year(2026);
  goal->mutable_reached_date()->set_month(10);
  goal->mutable_reached_date()->set_day(2);
  goal = side.add_goals();
  goal->set_skill(v1::SKILL_LESE);
  goal->set_level(v1::NORSKMAAL_LEVEL_KARAKTER_2_VGS);
  goal->set_reached(v1::GOAL_REACHED_NOT_TESTED);
  v1::GrantedProgress* granted = side.add_granted();
  granted->set_kind(v1::HOURS_KIND_NORSK);
  granted->set_granted_hours(550);
  EXPECT_THAT(NorskmaalText(side), HasSubstr("550 h norsk granted"));
  granted->set_used_hours(17.5);
  EXPECT_EQ(NorskmaalText(side),
            "vo-rosenhof: muntlig B1 (reached by test 2026-10-02), lese karakter 2 VGS; "
            "integreringsloven 3 år; 17.5 of 550 h norsk used; decision 2026/4711");
}

TEST(LanguageViewTest, SignLanguageAndC1AreMarked) {
  v1::SkillProgress skill;
  v1::TestResult* result = skill.add_test_results();
  result->set_outcome(v1::TEST_OUTCOME_IKKE_BESTAATT);
  result->set_band(v1::TEST_BAND_C1);
  result = skill.add_test_results();
  result->set_outcome(v1::TEST_OUTCOME_LEVEL);
  result->set_level(v1::CEFR_LEVEL_B1);
  result->set_sign_language(true);
  EXPECT_THAT(TestedText(skill, 9), HasSubstr("ikke bestått (C1)"));
  EXPECT_THAT(TestedText(skill, 9), HasSubstr("B1 (sign language)"));
  result->set_sign_language(false);
  EXPECT_THAT(TestedText(skill, 9), Not(HasSubstr("sign language")));
}

}  // namespace
}  // namespace navo::cli
