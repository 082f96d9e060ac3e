#include "services/domain/iso_week.h"

#include <gtest/gtest.h>

#include "services/domain/calendar.h"

namespace navo::domain {
namespace {

std::int32_t Day(const char* text) { return ParseDay(text).value(); }

TEST(IsoWeekTest, AWeekIsItsMonday) {
  EXPECT_EQ(ParseIsoWeek("2026-W34"), Day("2026-08-17"));
  EXPECT_EQ(ParseIsoWeek("2026-W01"), Day("2025-12-29"));
  EXPECT_EQ(ParseIsoWeek("2021-W01"), Day("2021-01-04"));
  EXPECT_EQ(ParseIsoWeek("1970-W01"), Day("1969-12-29"));
  EXPECT_EQ(ParseIsoWeek("1900-W01"), Day("1900-01-01"));
}

TEST(IsoWeekTest, OnlyLongYearsHaveAWeek53) {
  EXPECT_EQ(ParseIsoWeek("2026-W53"), Day("2026-12-28"));
  EXPECT_EQ(ParseIsoWeek("2020-W53"), Day("2020-12-28"));
  EXPECT_EQ(ParseIsoWeek("2025-W53"), std::nullopt);
  EXPECT_EQ(ParseIsoWeek("2021-W53"), std::nullopt);
  EXPECT_EQ(ParseIsoWeek("2025-W52"), Day("2025-12-22"));
}

TEST(IsoWeekTest, NothingElseIsAWeek) {
  for (const char* text :
       {"",         "2026",     "2026-34",  "2026W34",   "2026-w34",   "2026-W34 ", " 2026-W34",
        "2026-W00", "2026-W54", "2026-W3",  "2026-W3a",  "2026-Wa3",   "2x26-W34",  "-026-W34",
        "2026-W-1", "1899-W52", "2101-W01", "2026-W345", "2026-W34-1", "２026-W3"}) {
    EXPECT_EQ(ParseIsoWeek(text), std::nullopt) << text;
  }
}

TEST(IsoWeekTest, EveryDayBelongsToOneWeekAndItsTextReadsBack) {
  std::int32_t monday = Day("1901-12-30");
  for (std::int32_t day = monday; day < Day("2100-12-31"); ++day) {
    if (day == monday + 7) monday = day;
    ASSERT_EQ(MondayOf(day), monday);
    ASSERT_EQ(ParseIsoWeek(FormatIsoWeek(day)), monday) << FormatDay(day);
  }
  EXPECT_EQ(FormatIsoWeek(Day("2027-01-03")), "2026-W53");
  EXPECT_EQ(FormatIsoWeek(Day("2027-01-04")), "2027-W01");
  EXPECT_EQ(FormatIsoWeek(Day("2024-12-30")), "2025-W01");
}

}  // namespace
}  // namespace navo::domain
