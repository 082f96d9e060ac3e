#include "clients/cli/fields.h"

#include <gtest/gtest.h>

#include "clients/cli/formats.h"
#include "navo/v1/follow_up.pb.h"
#include "navo/v1/kartlegging.pb.h"
#include "navo/v1/language.pb.h"
#include "navo/v1/plan.pb.h"

namespace navo::cli {
namespace {

TEST(Fields, EveryTypeIsTyped) {
  v1::AddStepRequest request;
  ASSERT_TRUE(SetField(&request, "step.title", "Norsk, nivå 2").ok());
  ASSERT_TRUE(SetField(&request, "step.type", "norskopplæring").ok());
  ASSERT_TRUE(SetField(&request, "step.weekly_hours", "12").ok());
  ASSERT_TRUE(SetField(&request, "step.start_date", "2026-12-01").ok());
  ASSERT_TRUE(SetField(&request, "step.prerequisite_step_ids", "a").ok());
  ASSERT_TRUE(SetField(&request, "step.prerequisite_step_ids", "b").ok());
  EXPECT_EQ(request.step().title(), "Norsk, nivå 2");
  EXPECT_EQ(request.step().type(), v1::STEP_TYPE_NORSKOPPLAERING);
  EXPECT_EQ(request.step().weekly_hours(), 12);
  EXPECT_EQ(DateText(request.step().start_date()), "2026-12-01");
  EXPECT_EQ(request.step().prerequisite_step_ids_size(), 2);
}

TEST(Fields, HoursAreTypedWithAPointOrAComma) {
  v1::WeekHours hours;
  ASSERT_TRUE(SetFields(&hours, "week=2026-W34,course=N1,kind=norsk,planned=20").ok());
  ASSERT_TRUE(SetField(&hours, "attended_hours", "17.25").ok());
  ASSERT_TRUE(SetFields(&hours, "documented=1,5,undocumented=0").ok());
  EXPECT_EQ(hours.week(), "2026-W34");
  EXPECT_EQ(hours.course_id(), "N1");
  EXPECT_EQ(hours.kind(), v1::HOURS_KIND_NORSK);
  EXPECT_EQ(hours.planned_hours(), 20);
  EXPECT_EQ(hours.attended_hours(), 17.25);
  EXPECT_EQ(hours.documented_absence_hours(), 1.5);
  EXPECT_TRUE(hours.has_undocumented_absence_hours());
  for (const char* text : {"", "x", "7,2,5", "1e3", "nan", "inf", "7.5 "}) {
    EXPECT_EQ(SetField(&hours, "attended_hours", text).message(),
              "attended_hours must be a number, 7.25")
        << text;
  }
}

TEST(Fields, WhatIsWrongSaysWhatWouldBeRight) {
  v1::AddStepRequest request;
  EXPECT_EQ(SetField(&request, "step.weekly_hours", "12h").message(),
            "weekly_hours must be a whole number");
  EXPECT_EQ(SetField(&request, "step.start_date", "2026-02-30").message(),
            "start_date must be a day, 2026-11-22");
  EXPECT_FALSE(SetField(&request, "step.start_date", "01.12.2026").ok());
  EXPECT_NE(std::string(SetField(&request, "step.status", "ferdig").message()).find("foreslaatt"),
            std::string::npos);
}

TEST(Fields, AMessageIsTypedByItsFieldNames) {
  v1::EducationItem item;
  ASSERT_TRUE(
      SetFields(&item, "nus2000=7,country=SY,title=Nurse, general,end=2012,completed=ja").ok());
  EXPECT_EQ(item.nus2000(), "7");
  EXPECT_EQ(item.title(), "Nurse, general");
  EXPECT_EQ(item.end_year(), 2012);
  EXPECT_EQ(item.completed(), v1::ANSWER_JA);
  EXPECT_FALSE(SetFields(&item, "c=SY").ok()) << "fits country and completed";
  EXPECT_FALSE(SetFields(&item, "Nurse").ok());
  EXPECT_FALSE(SetFields(&item, "degree=x").ok());
}

TEST(Fields, AMonthIsYearAndMonth) {
  v1::WorkExperienceItem item;
  ASSERT_TRUE(SetFields(&item, "occupation=5321,from=2010-03").ok());
  EXPECT_EQ(item.from().year(), 2010);
  EXPECT_EQ(item.from().month(), 3);
  EXPECT_EQ(SetFields(&item, "to=2010-13").message(), "to must be a month, 2026-11");
  EXPECT_FALSE(SetFields(&item, "to=2010-03-01").ok());
}

TEST(Fields, TimesAreNorwegian) {
  v1::RecordFollowUpRequest request;
  ASSERT_TRUE(SetField(&request, "follow_up.occurred_at", "2026-11-22 10:30").ok());
  EXPECT_EQ(request.follow_up().occurred_at().seconds(), 1795339800);  // 09:30 UTC
  EXPECT_EQ(InstantText(request.follow_up().occurred_at()), "2026-11-22 10:30");
  ASSERT_TRUE(SetField(&request, "follow_up.occurred_at", "2026-07-01T10:00:00Z").ok());
  EXPECT_EQ(InstantText(request.follow_up().occurred_at()), "2026-07-01 12:00");
  EXPECT_FALSE(SetField(&request, "follow_up.occurred_at", "yesterday").ok());
}

TEST(Formats, AgesAreShort) {
  const absl::CivilDay today(2026, 11, 22);
  const auto age = [&](const char* day) { return AgeText(*ParseInstant(day), today); };
  EXPECT_EQ(age("2026-11-22"), "today");
  EXPECT_EQ(age("2026-11-10"), "12 d");
  EXPECT_EQ(age("2026-05-22"), "6 mo");
  EXPECT_EQ(age("2023-05-22"), "3 y");
}

}  // namespace
}  // namespace navo::cli
