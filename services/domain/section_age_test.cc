#include "services/domain/section_age.h"

#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "services/domain/calendar.h"

namespace navo::domain {
namespace {

TEST(SectionAgeTest, FreshThroughTheDayTwelveMonthsLater) {
  struct Case {
    std::string_view confirmed;
    std::string_view today;
    SectionAge age;
  };
  const std::vector<Case> cases = {
      {"2026-03-10", "2026-03-10", SectionAge::kFresh},
      {"2026-03-10", "2027-03-10", SectionAge::kFresh},
      {"2026-03-10", "2027-03-11", SectionAge::kStale},
      {"2024-02-29", "2025-02-28", SectionAge::kFresh},
      {"2024-02-29", "2025-03-01", SectionAge::kStale},
      {"2026-03-10", "2026-03-09", SectionAge::kFresh},  // a clock that runs ahead
      {"1999-01-01", "2026-01-01", SectionAge::kStale},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(AgeOf(ParseDay(c.confirmed), *ParseDay(c.today)), c.age)
        << c.confirmed << " seen on " << c.today;
  }
}

TEST(SectionAgeTest, NothingRecordedIsMissing) {
  EXPECT_EQ(AgeOf(std::nullopt, 20'000), SectionAge::kMissing);
}

TEST(SectionAgeTest, AKindMayHaveALimitOfItsOwn) {
  EXPECT_EQ(AgeOf(ParseDay("2026-08-31"), *ParseDay("2027-02-28"), 6), SectionAge::kFresh);
  EXPECT_EQ(AgeOf(ParseDay("2026-08-31"), *ParseDay("2027-03-01"), 6), SectionAge::kStale);
}

}  // namespace
}  // namespace navo::domain
