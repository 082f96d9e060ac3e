#include "services/domain/language_hours.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

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
