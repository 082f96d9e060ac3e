#include "clients/load/case_writer.h"

#include <nlohmann/json.hpp>
#include <set>

#include "clients/load/case_content.h"
#include "gtest/gtest.h"

namespace navo::load {
namespace {

TEST(CaseWriterTest, TheSameSeedDrawsTheSameCase) {
  const CaseContent one = DrawCase(7, 3, {});
  const CaseContent again = DrawCase(7, 3, {});
  EXPECT_EQ(one.nav.alias, again.nav.alias);
  ASSERT_EQ(one.follow_ups.size(), static_cast<size_t>(CaseShape().follow_ups));
  for (size_t i = 0; i < one.follow_ups.size(); ++i) {
    EXPECT_EQ(one.follow_ups[i].SerializeAsString(), again.follow_ups[i].SerializeAsString());
  }
  EXPECT_NE(DrawCase(8, 3, {}).nav.alias, one.nav.alias);
  EXPECT_NE(DrawCase(7, 4, {}).nav.alias, one.nav.alias);
}

TEST(CaseWriterTest, AClientFindsACaseByItsNumber) {
  const CaseContent content = DrawCase(1, 12'345, {});
  EXPECT_EQ(IdsOf(1, 12'345).nav, content.nav.alias);
  EXPECT_EQ(IdsOf(1, 12'345).vo, content.vo.alias);
}

TEST(PopulationTest, EveryCaseHasItsPeopleInTheSeedFile) {
  const Population city(1'001);
  EXPECT_EQ(city.veilederes(), 13);
  EXPECT_EQ(city.CasesOf(12), 41);
  EXPECT_EQ(city.VeilederOf(1'000), 12);
  const auto seed = nlohmann::json::parse(city.SeedFile());
  EXPECT_EQ(seed["staff"].size(), static_cast<size_t>(city.veilederes() + city.teachers()));
  EXPECT_EQ(seed["units"].size(), static_cast<size_t>(city.nav_units() + city.vo_units()));
}

TEST(PopulationTest, SyntheticNumbersAreDifferentAndElevenDigits) {
  std::set<std::string> numbers;
  for (int i = 0; i < 200'000; i += 7) {
    const std::string number = SyntheticNumber(i);
    ASSERT_EQ(number.size(), 11u);
    ASSERT_TRUE(numbers.insert(number).second) << "number " << i << " came before";
  }
}

}  // namespace
}  // namespace navo::load
