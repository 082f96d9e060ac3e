#include "services/domain/calendar.h"

#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

namespace navo::domain {
namespace {

google::type::Date MakeDate(int year, int month, int day) {
  google::type::Date date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return date;
}

std::int32_t Day(std::string_view text) {
  const auto day = ParseDay(text);
  EXPECT_TRUE(day.has_value()) << text;
  return day.value_or(0);
}

TEST(DayOfTest, DaysAreCountedFrom1970) {
  EXPECT_EQ(DayOf(MakeDate(1970, 1, 1)), 0);
  EXPECT_EQ(DayOf(MakeDate(1969, 12, 31)), -1);
  EXPECT_EQ(DayOf(MakeDate(2026, 11, 22)), 20'779);
}

TEST(DayOfTest, EveryDayNavoTakesComesBackAsItself) {
  const std::int32_t first = Day("1900-01-01");
  const std::int32_t last = Day("2100-12-31");
  for (std::int32_t day = first; day <= last; ++day) {
    ASSERT_EQ(DayOf(DateOf(day)), day);
    ASSERT_EQ(ParseDay(FormatDay(day)), day);
  }
  EXPECT_EQ(last - first + 1, 73'414);  // 201 years, 49 of them leap years
}

TEST(DayOfTest, RefusesWhatIsNoDayOrOutOfRange) {
  const std::vector<google::type::Date> cases = {
      MakeDate(2026, 2, 29), MakeDate(2026, 2, 30),  MakeDate(2026, 4, 31),
      MakeDate(2026, 13, 1), MakeDate(2026, 0, 1),   MakeDate(2026, 1, 0),
      MakeDate(0, 5, 17),    MakeDate(2026, -1, 1),  MakeDate(2026, 1, -1),
      MakeDate(2026, 1, 32), MakeDate(1899, 12, 31), MakeDate(2101, 1, 1),
      MakeDate(1900, 2, 29), MakeDate(2100, 2, 29),  MakeDate(2147483647, 1, 1)};
  for (const auto& date : cases) {
    Violations violations;
    EXPECT_EQ(CheckDate("from", date, violations), std::nullopt) << date.ShortDebugString();
    ASSERT_EQ(violations.items().size(), 1u);
    EXPECT_EQ(violations.items()[0].field, "from");
  }
  Violations none;
  EXPECT_EQ(CheckDate("from", MakeDate(2000, 2, 29), none), Day("2000-02-29"));
  EXPECT_TRUE(none.empty());
}

TEST(ParseDayTest, TakesIsoAndNorwegian) {
  EXPECT_EQ(Day("2024-02-29"), Day("29.02.2024"));
  EXPECT_EQ(FormatDay(Day("17.05.2026")), "2026-05-17");
}

TEST(ParseDayTest, RefusesEverythingElse) {
  for (const std::string text : {"",
                                 "2024",
                                 "2024-2-29",
                                 "29.2.2024",
                                 "29.02.24",
                                 "2023-02-29",
                                 "31.04.2026",
                                 "2026/05/17",
                                 "17-05-2026",
                                 " 2026-05-17",
                                 "2026-05-17 ",
                                 "2026-05-17T10:00",
                                 "17.05.2026.",
                                 "1899-12-31",
                                 "2101-01-01",
                                 "20260517",
                                 "２０２６-05-17",
                                 "-026-05-17",
                                 "+026-05-17",
                                 "05.17.2026"}) {
    EXPECT_EQ(ParseDay(text), std::nullopt) << text;
  }
}

TEST(ParseInstantTest, LocalTimeIsOslo) {
  const std::vector<std::pair<std::string, std::string>> same = {
      {"2026-01-15T12:00:00", "2026-01-15T11:00:00Z"},  // winter
      {"2026-07-15T12:00:00", "2026-07-15T10:00:00Z"},  // summer
      {"2026-07-15T12:00", "2026-07-15T10:00:00.000000000Z"},
      {"2026-07-15T12:00:00+02:00", "2026-07-15T10:00:00Z"},
      {"2026-07-15T12:00:00+0200", "2026-07-15T10:00:00Z"},
      {"2026-07-15T12:00:00+02", "2026-07-15T10:00:00Z"},
      {"2026-07-15T02:30:00-07:30", "2026-07-15T10:00:00Z"},
      {"2026-07-15T00:30:00", "2026-07-14T22:30:00Z"},
      {"2026-03-29T02:30:00", "2026-03-29T01:00:00Z"},  // does not occur: the change
      {"2026-10-25T02:30:00", "2026-10-25T00:30:00Z"},  // occurs twice: the first
      {"2026-10-25T03:00:00", "2026-10-25T02:00:00Z"}};
  for (const auto& [text, utc] : same) {
    ASSERT_TRUE(ParseInstant(utc).has_value()) << utc;
    EXPECT_EQ(ParseInstant(text), ParseInstant(utc)) << text;
  }
  EXPECT_EQ(ParseInstant("1970-01-01T00:00:00Z"), 0);
  EXPECT_EQ(ParseInstant("1969-12-31T23:59:59.999999Z"), -1);
}

TEST(ParseInstantTest, ZeroToNineDecimals) {
  const std::string base = "1970-01-01T00:00:00";
  const std::vector<std::pair<std::string, std::int64_t>> cases = {{"", 0},
                                                                   {".1", 100'000},
                                                                   {".12", 120'000},
                                                                   {".000001", 1},
                                                                   {".1234567", 123'456},
                                                                   {".123456789", 123'456},
                                                                   {".999999999", 999'999}};
  for (const auto& [decimals, microseconds] : cases) {
    EXPECT_EQ(ParseInstant(base + decimals + "Z"), microseconds) << decimals;
  }
}

TEST(ParseInstantTest, RefusesEverythingElse) {
  for (const std::string text : {"",
                                 "2026-07-15",
                                 "2026-07-15T",
                                 "2026-07-15T12",
                                 "2026-07-15T24:00",
                                 "2026-07-15T12:60",
                                 "2026-07-15T12:00:60",
                                 "2026-07-15T12:00:00.",
                                 "2026-07-15T12:00:00.1234567890",
                                 "2026-07-15T12:00.5",
                                 "2026-07-15 12:00:00",
                                 "2026-07-15T12:00:00z",
                                 "2026-02-30T12:00:00",
                                 "2026-07-15T12:00:00+2",
                                 "2026-07-15T12:00:00+19:00",
                                 "2026-07-15T12:00:00+02:60",
                                 "2026-07-15T12:00:00+02:0",
                                 "2026-07-15T12:00:00Z ",
                                 "1899-07-15T12:00:00",
                                 "2026-07-15T12:00:00Z[Europe/Oslo]"}) {
    EXPECT_EQ(ParseInstant(text), std::nullopt) << text;
  }
}

TEST(OsloTest, TheDayChangesAtMidnightInOsloNotInUtc) {
  EXPECT_TRUE(CheckOsloZone().ok());
  EXPECT_EQ(DayInOslo(*ParseInstant("2026-07-14T21:59:59.999999Z")), Day("2026-07-14"));
  EXPECT_EQ(DayInOslo(*ParseInstant("2026-07-14T22:00:00Z")), Day("2026-07-15"));
  EXPECT_EQ(DayInOslo(*ParseInstant("2026-01-14T22:59:59Z")), Day("2026-01-14"));
  EXPECT_EQ(DayInOslo(absl::FromUnixSeconds(0)), 0);
  EXPECT_EQ(StartOfDayUs(Day("2026-07-15")), *ParseInstant("2026-07-14T22:00:00Z"));
  EXPECT_EQ(DayInOslo(StartOfDayUs(Day("2026-03-29")) - 1), Day("2026-03-28"));
}

TEST(CoversTest, BothEndsBelong) {
  EXPECT_TRUE(Covers(10, 10, 10));
  EXPECT_TRUE(Covers(10, 20, 20));
  EXPECT_FALSE(Covers(10, 20, 21));
  EXPECT_FALSE(Covers(10, 20, 9));
  EXPECT_TRUE(Covers(std::nullopt, 20, -50'000));
  EXPECT_TRUE(Covers(10, std::nullopt, 50'000));
  EXPECT_TRUE(Covers(std::nullopt, std::nullopt, 0));
  EXPECT_FALSE(Covers(20, 10, 15));
}

TEST(CheckPeriodTest, OnlyBackwardsIsWrong) {
  Violations violations;
  CheckPeriod("to", 10, 10, violations);
  CheckPeriod("to", 10, std::nullopt, violations);
  CheckPeriod("to", std::nullopt, 10, violations);
  EXPECT_TRUE(violations.empty());
  CheckPeriod("valid_to", 10, 9, violations);
  ASSERT_EQ(violations.items().size(), 1u);
  EXPECT_EQ(violations.items()[0].field, "valid_to");
}

TEST(AddMonthsTest, KeepsTheDayOrTakesTheLastOfTheMonth) {
  EXPECT_EQ(FormatDay(AddMonths(Day("2026-01-15"), 12)), "2027-01-15");
  EXPECT_EQ(FormatDay(AddMonths(Day("2026-01-31"), 1)), "2026-02-28");
  EXPECT_EQ(FormatDay(AddMonths(Day("2024-02-29"), 12)), "2025-02-28");
  EXPECT_EQ(FormatDay(AddMonths(Day("2026-11-30"), 3)), "2027-02-28");
  EXPECT_EQ(FormatDay(AddMonths(Day("2026-03-31"), -1)), "2026-02-28");
  EXPECT_EQ(FormatDay(AddMonths(Day("2026-01-15"), -1)), "2025-12-15");
}

}  // namespace
}  // namespace navo::domain
