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
  Assessment seven = Judgement("2026-11-01", {});
  for (int i = 0; i < 7; ++i) seven.add_levels();
  EXPECT_EQ(WrongIn(seven), Wrong({"assessment.levels"}));
}

TEST(CheckAssessmentTest, SignLanguageIsJudgedBesideSpokenListeningAndSpeaking) {
  Assessment assessment =
      Judgement("2026-11-01", {{navo::v1::SKILL_LYTTE, navo::v1::CEFR_LEVEL_A1},
                               {navo::v1::SKILL_LYTTE, navo::v1::CEFR_LEVEL_B2},
                               {navo::v1::SKILL_LESE, navo::v1::CEFR_LEVEL_A2},
                               {navo::v1::SKILL_SKRIFTLIG, navo::v1::CEFR_LEVEL_A2},
                               {navo::v1::SKILL_MUNTLIG, navo::v1::CEFR_LEVEL_A1},
                               {navo::v1::SKILL_MUNTLIG, navo::v1::CEFR_LEVEL_B2}});
  assessment.mutable_levels(1)->set_sign_language(true);
  assessment.mutable_levels(5)->set_sign_language(true);
  EXPECT_TRUE(WrongIn(assessment).empty());
  assessment.mutable_levels(0)->set_sign_language(true);
  assessment.mutable_levels(2)->set_sign_language(true);
  assessment.mutable_levels(3)->set_sign_language(true);
  EXPECT_EQ(WrongIn(assessment), std::vector<std::string>({"assessment.levels[1].skill",
                                                           "assessment.levels[2].sign_language",
                                                           "assessment.levels[3].sign_language"}));
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

// C1 is reached or it is not; every part of that test has the band.
TEST(CheckTestResultTest, C1IsATestOfItsOwn) {
  using Wrong = std::vector<std::string>;
  const auto level = navo::v1::TEST_OUTCOME_LEVEL;
  const auto c1 = navo::v1::TEST_BAND_C1;
  for (const auto part : {navo::v1::SKILL_LYTTE, navo::v1::SKILL_LESE, navo::v1::SKILL_SKRIFTLIG,
                          navo::v1::SKILL_MUNTLIG}) {
    SCOPED_TRACE(part);
    EXPECT_EQ(WrongIn(Attempt(part, c1, level, navo::v1::CEFR_LEVEL_C1)), Wrong());
    for (const auto outcome :
         {navo::v1::TEST_OUTCOME_IKKE_BESTAATT, navo::v1::TEST_OUTCOME_IKKE_MOETT}) {
      EXPECT_EQ(WrongIn(Attempt(part, c1, outcome, navo::v1::CEFR_LEVEL_UNSPECIFIED)), Wrong());
      EXPECT_EQ(WrongIn(Attempt(part, c1, outcome, navo::v1::CEFR_LEVEL_C1)),
                Wrong({"test_result.level"}));
    }
    for (const auto other : {navo::v1::CEFR_LEVEL_UNSPECIFIED, navo::v1::CEFR_LEVEL_UNDER_A1,
                             navo::v1::CEFR_LEVEL_B2, navo::v1::CEFR_LEVEL_C2}) {
      EXPECT_EQ(WrongIn(Attempt(part, c1, level, other)), Wrong({"test_result.level"}));
    }
  }
  for (const auto band : {navo::v1::TEST_BAND_A1_A2, navo::v1::TEST_BAND_B1_B2}) {
    for (const auto part : {navo::v1::SKILL_SKRIFTLIG, navo::v1::SKILL_MUNTLIG}) {
      EXPECT_EQ(WrongIn(Attempt(part, band, level, navo::v1::CEFR_LEVEL_C1)),
                Wrong({"test_result.level"}));
    }
  }
}

TEST(CheckTestResultTest, EveryBandAndLevelOfWritingAndSpeaking) {
  using navo::v1::CefrLevel;
  const std::vector<std::pair<navo::v1::TestBand, CefrLevel>> bands = {
      {navo::v1::TEST_BAND_A1_A2, navo::v1::CEFR_LEVEL_A2},
      {navo::v1::TEST_BAND_A2_B1, navo::v1::CEFR_LEVEL_B1},
      {navo::v1::TEST_BAND_B1_B2, navo::v1::CEFR_LEVEL_B2}};
  for (const auto& [band, top] : bands) {
    for (int number = navo::v1::CEFR_LEVEL_UNDER_A1; number <= navo::v1::CEFR_LEVEL_C2; ++number) {
      const auto level = static_cast<CefrLevel>(number);
      SCOPED_TRACE(testing::Message() << band << " " << level);
      const auto taken = [&, band = band](navo::v1::Skill part) {
        return WrongIn(Attempt(part, band, navo::v1::TEST_OUTCOME_LEVEL, level)).empty();
      };
      EXPECT_EQ(taken(navo::v1::SKILL_SKRIFTLIG), level <= top);
      EXPECT_EQ(taken(navo::v1::SKILL_MUNTLIG), level <= navo::v1::CEFR_LEVEL_B2);
    }
  }
}

TEST(CheckTestResultTest, SignLanguageReplacesListeningAndSpeakingAlone) {
  using Wrong = std::vector<std::string>;
  const auto wrong_of = [](navo::v1::Skill part, navo::v1::TestBand band,
                           navo::v1::CefrLevel level) {
    TestResult result = Attempt(part, band, navo::v1::TEST_OUTCOME_LEVEL, level);
    result.set_sign_language(true);
    return WrongIn(result);
  };
  const auto no_band = navo::v1::TEST_BAND_UNSPECIFIED;
  const auto b1 = navo::v1::CEFR_LEVEL_B1;
  EXPECT_EQ(wrong_of(navo::v1::SKILL_LYTTE, no_band, b1), Wrong());
  EXPECT_EQ(wrong_of(navo::v1::SKILL_MUNTLIG, no_band, b1), Wrong());
  EXPECT_EQ(wrong_of(navo::v1::SKILL_MUNTLIG, navo::v1::TEST_BAND_A2_B1, b1), Wrong());
  EXPECT_EQ(wrong_of(navo::v1::SKILL_MUNTLIG, navo::v1::TEST_BAND_C1, navo::v1::CEFR_LEVEL_C1),
            Wrong());
  EXPECT_EQ(wrong_of(navo::v1::SKILL_LYTTE, navo::v1::TEST_BAND_A2_B1, b1),
            Wrong({"test_result.band"}));
  EXPECT_EQ(wrong_of(navo::v1::SKILL_MUNTLIG, no_band, navo::v1::CEFR_LEVEL_C1),
            Wrong({"test_result.level"}));
  EXPECT_EQ(wrong_of(navo::v1::SKILL_LESE, no_band, b1), Wrong({"test_result.sign_language"}));
  EXPECT_EQ(wrong_of(navo::v1::SKILL_SKRIFTLIG, no_band, b1),
            Wrong({"test_result.band", "test_result.sign_language"}));
}

TEST(CheckTestResultTest, TheTestIsOver) {
  TestResult result = Attempt(navo::v1::SKILL_LESE, navo::v1::TEST_BAND_UNSPECIFIED,
                              navo::v1::TEST_OUTCOME_LEVEL, navo::v1::CEFR_LEVEL_A1);
  *result.mutable_date() = DateOf(kToday + 1);
  EXPECT_EQ(WrongIn(result), std::vector<std::string>({"test_result.date"}));
}

}  // namespace
}  // namespace navo::domain
