#include "services/domain/language_hours.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/domain/calendar.h"

namespace navo::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::int32_t kToday = ParseDay("2026-11-22").value();  // the Sunday of W47

navo::v1::WeekHours Whole() {
  navo::v1::WeekHours hours;
  hours.set_week("2026-W47");
  hours.set_course_id("N1");
  hours.set_kind(navo::v1::HOURS_KIND_NORSK);
  hours.set_planned_hours(20);
  hours.set_attended_hours(16.25);
  hours.set_documented_absence_hours(2);
  hours.set_undocumented_absence_hours(1.75);
  return hours;
}

std::vector<std::string> Wrong(navo::v1::WeekHours hours) {
  Violations violations;
  CheckWeekHours("hours[2]", &hours, kToday, violations);
  std::vector<std::string> fields;
  for (const auto& item : violations.items()) fields.push_back(item.field);
  return fields;
}

TEST(LanguageHoursTest, AWholeWeekIsTaken) {
  navo::v1::WeekHours hours = Whole();
  Violations violations;
  EXPECT_EQ(CheckWeekHours("hours[0]", &hours, kToday, violations), ParseDay("2026-11-16"));
  EXPECT_TRUE(violations.empty());
  EXPECT_EQ(hours.SerializeAsString(), Whole().SerializeAsString());
}

TEST(LanguageHoursTest, OnePartIsEnoughAndNoneIsNot) {
  navo::v1::WeekHours hours = Whole();
  hours.clear_planned_hours();
  EXPECT_THAT(Wrong(hours), IsEmpty());
  hours.clear_attended_hours();
  hours.clear_documented_absence_hours();
  EXPECT_THAT(Wrong(hours), IsEmpty());
  hours.clear_undocumented_absence_hours();
  EXPECT_THAT(Wrong(hours), ElementsAre("hours[2].planned_hours"));
  hours.set_planned_hours(0);
  EXPECT_THAT(Wrong(hours), IsEmpty());
}

TEST(LanguageHoursTest, OnlyQuartersFromNoneToSixty) {
  const auto planned = [](double value) {
    navo::v1::WeekHours hours = Whole();
    hours.set_documented_absence_hours(0);
    hours.set_undocumented_absence_hours(0);
    hours.set_planned_hours(value);
    return Wrong(hours);
  };
  for (const double value : {0.0, 0.25, 7.5, 59.75, 60.0}) EXPECT_THAT(planned(value), IsEmpty());
  for (const double value :
       {-0.25, -0.0, 60.25, 7.2, 0.1, 1e300, -1e300, std::nan(""),
        std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()}) {
    EXPECT_THAT(planned(value), ElementsAre("hours[2].planned_hours")) << value;
  }
}

TEST(LanguageHoursTest, OnlyPlansAreAhead) {
  navo::v1::WeekHours hours = Whole();
  hours.set_week("2026-W48");
  EXPECT_THAT(Wrong(hours),
              ElementsAre("hours[2].attended_hours", "hours[2].documented_absence_hours",
                          "hours[2].undocumented_absence_hours"));
  hours.clear_attended_hours();
  hours.clear_documented_absence_hours();
  hours.clear_undocumented_absence_hours();
  EXPECT_THAT(Wrong(hours), IsEmpty());
}

TEST(LanguageHoursTest, NobodyIsAwayFromMoreThanWasPlanned) {
  navo::v1::WeekHours hours = Whole();
  hours.set_planned_hours(3.75);
  EXPECT_THAT(Wrong(hours), IsEmpty());
  hours.set_planned_hours(3.5);
  EXPECT_THAT(Wrong(hours), ElementsAre("hours[2].undocumented_absence_hours"));
  hours.clear_undocumented_absence_hours();
  EXPECT_THAT(Wrong(hours), IsEmpty());
  hours.set_planned_hours(1.75);
  EXPECT_THAT(Wrong(hours), ElementsAre("hours[2].documented_absence_hours"));
  hours.clear_planned_hours();
  EXPECT_THAT(Wrong(hours), IsEmpty());
}

TEST(LanguageHoursTest, EverythingWrongIsSaidAtOnceInMessageOrder) {
  navo::v1::WeekHours hours;
  hours.set_week("2025-W53");
  hours.set_course_id(std::string(51, 'x'));
  hours.set_kind(static_cast<navo::v1::HoursKind>(9));
  hours.set_planned_hours(61);
  hours.set_attended_hours(0.3);
  hours.set_documented_absence_hours(-1);
  hours.set_undocumented_absence_hours(70);
  EXPECT_THAT(Wrong(hours), ElementsAre("hours[2].week", "hours[2].course_id", "hours[2].kind",
                                        "hours[2].planned_hours", "hours[2].attended_hours",
                                        "hours[2].documented_absence_hours",
                                        "hours[2].undocumented_absence_hours"));
}

// "oslo-vo NORSK 20+5 16.25 2 1.75": planned and ahead, attended, absence documented and not.
std::vector<std::string> Told(const HoursSums& sums) {
  std::vector<std::string> texts;
  for (const auto& sum : sums.Sums()) {
    std::string text = absl::StrCat(
        sum.controller(), " ",
        std::string(navo::v1::HoursKind_Name(sum.kind())).substr(std::string("HOURS_KIND_").size()),
        " ", sum.has_planned_hours() ? absl::StrCat(sum.planned_hours()) : "?", "+",
        sum.has_planned_ahead_hours() ? absl::StrCat(sum.planned_ahead_hours()) : "?");
    if (sum.has_attended_hours()) {
      absl::StrAppend(&text, " ", sum.attended_hours(), " ", sum.documented_absence_hours(), " ",
                      sum.undocumented_absence_hours());
    }
    texts.push_back(text);
  }
  return texts;
}

TEST(HoursSumsTest, OneForEachSideAndKind) {
  HoursSums sums(kToday);
  const HoursSums::Side vo{"oslo-vo", navo::v1::CONTROLLER_KIND_VO, true, true};
  const HoursSums::Side nav{"nav-statlig", navo::v1::CONTROLLER_KIND_NAV_STAT, true, true};
  EXPECT_THAT(Told(sums), IsEmpty());
  sums.Add(vo, kToday - 6, Whole());
  sums.Add(vo, kToday, Whole());
  navo::v1::WeekHours ahead;
  ahead.set_kind(navo::v1::HOURS_KIND_NORSK);
  ahead.set_planned_hours(5);
  sums.Add(vo, kToday + 1, ahead);
  navo::v1::WeekHours social = Whole();
  social.set_kind(navo::v1::HOURS_KIND_SAMFUNNSKUNNSKAP);
  sums.Add(nav, kToday - 6, social);
  sums.Add(nav, kToday - 13, Whole());
  EXPECT_THAT(Told(sums), ElementsAre("nav-statlig NORSK 20+0 16.25 2 1.75",
                                      "nav-statlig SAMFUNNSKUNNSKAP 20+0 16.25 2 1.75",
                                      "oslo-vo NORSK 40+5 32.5 4 3.5"));
  EXPECT_EQ(sums.Sums()[0].controller_kind(), navo::v1::CONTROLLER_KIND_NAV_STAT);
  EXPECT_EQ(sums.AttendedHours(navo::v1::HOURS_KIND_NORSK), 48.75);
  EXPECT_EQ(sums.AttendedHours(navo::v1::HOURS_KIND_ANNET), 0);
}

TEST(HoursSumsTest, OfASideThatHidesAttendanceOnlyPlannedHoursCount) {
  HoursSums sums(kToday);
  sums.Add({"oslo-vo", navo::v1::CONTROLLER_KIND_VO, true, false}, kToday, Whole());
  EXPECT_THAT(Told(sums), ElementsAre("oslo-vo NORSK 20+0"));
  EXPECT_EQ(sums.AttendedHours(navo::v1::HOURS_KIND_NORSK), 0);
  sums.Add({"nav-statlig", navo::v1::CONTROLLER_KIND_NAV_STAT, false, true}, kToday, Whole());
  EXPECT_THAT(Told(sums), ElementsAre("nav-statlig NORSK ?+? 16.25 2 1.75", "oslo-vo NORSK 20+0"));
}

TEST(HoursSumsTest, UsedOfEachKindThatIsGranted) {
  HoursSums sums(kToday);
  sums.Add({"oslo-vo", navo::v1::CONTROLLER_KIND_VO, true, true}, kToday, Whole());
  navo::v1::Norskmaal norskmaal;
  EXPECT_THAT(GrantedUsed(norskmaal, sums, true), IsEmpty());
  norskmaal.set_granted_norsk_hours(550);
  norskmaal.set_granted_samfunnskunnskap_hours(75);
  const auto used = GrantedUsed(norskmaal, sums, true);
  ASSERT_EQ(used.size(), 2u);
  EXPECT_EQ(used[0].kind(), navo::v1::HOURS_KIND_NORSK);
  EXPECT_EQ(used[0].granted_hours(), 550);
  EXPECT_EQ(used[0].used_hours(), 16.25);
  EXPECT_EQ(used[1].kind(), navo::v1::HOURS_KIND_SAMFUNNSKUNNSKAP);
  EXPECT_EQ(used[1].granted_hours(), 75);
  EXPECT_TRUE(used[1].has_used_hours());
  EXPECT_EQ(used[1].used_hours(), 0);
  // A part would look like the whole.
  for (const auto& one : GrantedUsed(norskmaal, sums, false)) EXPECT_FALSE(one.has_used_hours());
}

TEST(LanguageHoursTest, WhatTheServerSetsIsCleared) {
  navo::v1::WeekHours hours = Whole();
  hours.mutable_provenance()->set_unit("vo-rosenhof");
  hours.mutable_attendance_provenance()->set_unit("vo-rosenhof");
  hours.set_version(7);
  hours.set_attendance_version(7);
  hours.mutable_attendance_withheld();
  Violations violations;
  CheckWeekHours("hours[0]", &hours, kToday, violations);
  EXPECT_EQ(hours.SerializeAsString(), Whole().SerializeAsString());
}

}  // namespace
}  // namespace navo::domain
