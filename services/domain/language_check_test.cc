#include "services/domain/language_check.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "services/domain/calendar.h"

namespace navo::domain {
namespace {

using navo::v1::Assessment;
using navo::v1::TestResult;

const std::int32_t kToday = *ParseDay("2026-11-22");

std::vector<std::string> Fields(const Violations& violations) {
  std::vector<std::string> fields;
  for (const auto& item : violations.items()) fields.push_back(item.field);
  return fields;
}

std::vector<std::string> WrongIn(const Assessment& assessment) {
  Violations violations;
  CheckAssessment("assessment", assessment, kToday, violations);
  return Fields(violations);
}

std::vector<std::string> WrongIn(const TestResult& result) {
  Violations violations;
  CheckTestResult("test_result", result, kToday, violations);
  return Fields(violations);
}

Assessment Judgement(std::string_view day,
                     const std::vector<std::pair<navo::v1::Skill, navo::v1::CefrLevel>>& levels) {
  Assessment assessment;
  *assessment.mutable_date() = DateOf(*ParseDay(day));
  for (const auto& [skill, level] : levels) {
    assessment.add_levels()->set_skill(skill);
    assessment.mutable_levels()->rbegin()->set_level(level);
  }
  return assessment;
}

TestResult Attempt(navo::v1::Skill part, navo::v1::TestBand band, navo::v1::TestOutcome outcome,
                   navo::v1::CefrLevel level) {
  TestResult result;
  *result.mutable_date() = DateOf(kToday);
  result.set_delproeve(part);
  result.set_band(band);
  result.set_outcome(outcome);
  result.set_level(level);
  return result;
}

TEST(CheckAssessmentTest, TakesUpToFourSkillsUpToC1) {
  EXPECT_TRUE(
      WrongIn(Judgement("2026-11-22", {{navo::v1::SKILL_LYTTE, navo::v1::CEFR_LEVEL_UNDER_A1},
                                       {navo::v1::SKILL_LESE, navo::v1::CEFR_LEVEL_A2},
                                       {navo::v1::SKILL_SKRIFTLIG, navo::v1::CEFR_LEVEL_B2},
                                       {navo::v1::SKILL_MUNTLIG, navo::v1::CEFR_LEVEL_C1}}))
          .empty());
}

TEST(CheckAssessmentTest, NamesEveryWrongField) {
  using Wrong = std::vector<std::string>;
  EXPECT_EQ(WrongIn(Assessment()), Wrong({"assessment.date", "assessment.levels"}));
  EXPECT_EQ(WrongIn(Judgement("2026-11-23", {{navo::v1::SKILL_LESE, navo::v1::CEFR_LEVEL_A2}})),
            Wrong({"assessment.date"}));
  EXPECT_EQ(WrongIn(Judgement("2026-11-01",
                              {{navo::v1::SKILL_LESE, navo::v1::CEFR_LEVEL_A2},
                               {navo::v1::SKILL_LESE, navo::v1::CEFR_LEVEL_C2},
                               {navo::v1::SKILL_UNSPECIFIED, navo::v1::CEFR_LEVEL_UNSPECIFIED}})),
            Wrong({"assessment.levels[1].skill", "assessment.levels[1].level",
                   "assessment.levels[2].skill", "assessment.levels[2].level"}));
  Assessment five = Judgement("2026-11-01", {});
  for (int i = 0; i < 5; ++i) five.add_levels();
  EXPECT_EQ(WrongIn(five), Wrong({"assessment.levels"}));
}

TEST(CheckTestResultTest, ResultAndBandMustFit) {
  using Wrong = std::vector<std::string>;
  const auto level = navo::v1::TEST_OUTCOME_LEVEL;
  const auto failed = navo::v1::TEST_OUTCOME_IKKE_BESTAATT;
  const auto absent = navo::v1::TEST_OUTCOME_IKKE_MOETT;
  const auto no_band = navo::v1::TEST_BAND_UNSPECIFIED;
  const auto no_level = navo::v1::CEFR_LEVEL_UNSPECIFIED;
  struct Case {
    TestResult result;
    Wrong wrong;
  };
  const std::vector<Case> cases = {
      {Attempt(navo::v1::SKILL_LYTTE, no_band, level, navo::v1::CEFR_LEVEL_B2), {}},
      {Attempt(navo::v1::SKILL_LESE, no_band, level, navo::v1::CEFR_LEVEL_UNDER_A1), {}},
      {Attempt(navo::v1::SKILL_LESE, no_band, absent, no_level), {}},
      {Attempt(navo::v1::SKILL_SKRIFTLIG, navo::v1::TEST_BAND_A1_A2, level,
               navo::v1::CEFR_LEVEL_A2),
       {}},
      {Attempt(navo::v1::SKILL_SKRIFTLIG, navo::v1::TEST_BAND_B1_B2, failed, no_level), {}},
      {Attempt(navo::v1::SKILL_MUNTLIG, navo::v1::TEST_BAND_A1_A2, level, navo::v1::CEFR_LEVEL_B1),
       {}},  // speaking may exceed the band
      {Attempt(navo::v1::SKILL_SKRIFTLIG, navo::v1::TEST_BAND_A1_A2, level,
               navo::v1::CEFR_LEVEL_B1),
       {"test_result.level"}},
      {Attempt(navo::v1::SKILL_SKRIFTLIG, navo::v1::TEST_BAND_A2_B1, level,
               navo::v1::CEFR_LEVEL_B2),
       {"test_result.level"}},
      {Attempt(navo::v1::SKILL_SKRIFTLIG, no_band, level, navo::v1::CEFR_LEVEL_A1),
       {"test_result.band"}},
      {Attempt(navo::v1::SKILL_MUNTLIG, static_cast<navo::v1::TestBand>(9), level,
               navo::v1::CEFR_LEVEL_A1),
       {"test_result.band"}},
      {Attempt(navo::v1::SKILL_LYTTE, navo::v1::TEST_BAND_A1_A2, level, navo::v1::CEFR_LEVEL_A1),
       {"test_result.band"}},
      {Attempt(navo::v1::SKILL_LESE, no_band, level, navo::v1::CEFR_LEVEL_C1),
       {"test_result.level"}},
      {Attempt(navo::v1::SKILL_LESE, no_band, level, no_level), {"test_result.level"}},
      {Attempt(navo::v1::SKILL_LESE, no_band, absent, navo::v1::CEFR_LEVEL_A1),
       {"test_result.level"}},
      {Attempt(navo::v1::SKILL_UNSPECIFIED, no_band, navo::v1::TEST_OUTCOME_UNSPECIFIED, no_level),
       {"test_result.delproeve", "test_result.outcome"}},
  };
  for (const Case& c : cases) EXPECT_EQ(WrongIn(c.result), c.wrong) << c.result.ShortDebugString();
}

TEST(CheckTestResultTest, TheTestIsOver) {
  TestResult result = Attempt(navo::v1::SKILL_LESE, navo::v1::TEST_BAND_UNSPECIFIED,
                              navo::v1::TEST_OUTCOME_LEVEL, navo::v1::CEFR_LEVEL_A1);
  *result.mutable_date() = DateOf(kToday + 1);
  EXPECT_EQ(WrongIn(result), std::vector<std::string>({"test_result.date"}));
}

}  // namespace
}  // namespace navo::domain
