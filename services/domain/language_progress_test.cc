#include "services/domain/language_progress.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "services/domain/calendar.h"

namespace navo::domain {
namespace {

using navo::v1::Assessment;
using navo::v1::CefrLevel;
using navo::v1::Skill;
using navo::v1::SkillProgress;
using navo::v1::TestResult;

Assessment Judged(std::string_view day, Skill skill, CefrLevel level, std::int64_t recorded_s = 0) {
  Assessment assessment;
  assessment.set_assessment_id("judged-" + std::string(day));
  *assessment.mutable_date() = DateOf(*ParseDay(day));
  assessment.add_levels()->set_skill(skill);
  assessment.mutable_levels(0)->set_level(level);
  assessment.mutable_provenance()->mutable_time()->set_seconds(recorded_s);
  assessment.mutable_provenance()->set_unit("vo-rosenhof");
  return assessment;
}

TestResult Tested(std::string_view day, Skill part, CefrLevel level) {
  TestResult result;
  result.set_test_result_id("tested-" + std::string(day));
  *result.mutable_date() = DateOf(*ParseDay(day));
  result.set_delproeve(part);
  result.set_outcome(level == navo::v1::CEFR_LEVEL_UNSPECIFIED ? navo::v1::TEST_OUTCOME_IKKE_MOETT
                                                               : navo::v1::TEST_OUTCOME_LEVEL);
  result.set_level(level);
  return result;
}

// "A1 A2 | A2 -" is two judgements, then two attempts.
std::string Story(const SkillProgress& progress) {
  const auto name = [](CefrLevel level) {
    return level == navo::v1::CEFR_LEVEL_UNSPECIFIED ? std::string("-")
                                                     : navo::v1::CefrLevel_Name(level).substr(11);
  };
  std::string story;
  for (const auto& point : progress.assessments()) story += name(point.level()) + " ";
  story += "|";
  for (const auto& result : progress.test_results()) story += " " + name(result.level());
  return story + ", best " + name(progress.best_tested());
}

TEST(LanguageProgressTest, NothingRecordedGivesFourEmptySkills) {
  const std::vector<SkillProgress> skills = ProgressOf({}, {});
  ASSERT_EQ(skills.size(), 4u);
  EXPECT_EQ(skills[0].skill(), navo::v1::SKILL_LYTTE);
  EXPECT_EQ(skills[1].skill(), navo::v1::SKILL_LESE);
  EXPECT_EQ(skills[2].skill(), navo::v1::SKILL_SKRIFTLIG);
  EXPECT_EQ(skills[3].skill(), navo::v1::SKILL_MUNTLIG);
  for (const SkillProgress& progress : skills) EXPECT_EQ(Story(progress), "|, best -");
}

TEST(LanguageProgressTest, JudgementsAndTestsStayApartOldestFirst) {
  std::vector<Assessment> judged = {
      Judged("2026-10-01", navo::v1::SKILL_LESE, navo::v1::CEFR_LEVEL_B1),
      Judged("2025-10-01", navo::v1::SKILL_LESE, navo::v1::CEFR_LEVEL_A1),
      Judged("2026-02-01", navo::v1::SKILL_LESE, navo::v1::CEFR_LEVEL_A2)};
  judged[0].add_levels()->set_skill(navo::v1::SKILL_MUNTLIG);
  judged[0].mutable_levels(1)->set_level(navo::v1::CEFR_LEVEL_C1);
  const std::vector<TestResult> tested = {
      Tested("2026-06-10", navo::v1::SKILL_LESE, navo::v1::CEFR_LEVEL_UNSPECIFIED),
      Tested("2026-03-10", navo::v1::SKILL_LESE, navo::v1::CEFR_LEVEL_A2),
      Tested("2026-09-10", navo::v1::SKILL_LESE, navo::v1::CEFR_LEVEL_A1)};

  const std::vector<SkillProgress> skills = ProgressOf(judged, tested);
  EXPECT_EQ(Story(skills[0]), "|, best -");
  EXPECT_EQ(Story(skills[1]), "A1 A2 B1 | A2 - A1, best A2");
  EXPECT_EQ(Story(skills[2]), "|, best -");
  EXPECT_EQ(Story(skills[3]), "C1 |, best -");  // a judgement is never the best test result
  EXPECT_EQ(skills[1].assessments(0).provenance().unit(), "vo-rosenhof");
}

TEST(LanguageProgressTest, OnOneDayTheOneRecordedFirstComesFirst) {
  std::vector<Assessment> judged = {
      Judged("2026-10-01", navo::v1::SKILL_LYTTE, navo::v1::CEFR_LEVEL_A2, 200),
      Judged("2026-10-01", navo::v1::SKILL_LYTTE, navo::v1::CEFR_LEVEL_A1, 100)};
  EXPECT_EQ(Story(ProgressOf(judged, {})[0]), "A1 A2 |, best -");
  std::reverse(judged.begin(), judged.end());
  EXPECT_EQ(Story(ProgressOf(judged, {})[0]), "A1 A2 |, best -");
}

TEST(BestTestedTest, CountsOnlyLevelsOfThatPart) {
  std::vector<TestResult> tested = {
      Tested("2026-03-10", navo::v1::SKILL_LYTTE, navo::v1::CEFR_LEVEL_UNDER_A1),
      Tested("2026-03-11", navo::v1::SKILL_LESE, navo::v1::CEFR_LEVEL_B1)};
  EXPECT_EQ(BestTested(tested, navo::v1::SKILL_LYTTE, false), navo::v1::CEFR_LEVEL_UNDER_A1);
  EXPECT_EQ(BestTested(tested, navo::v1::SKILL_MUNTLIG, false), navo::v1::CEFR_LEVEL_UNSPECIFIED);
  tested[1].set_outcome(navo::v1::TEST_OUTCOME_IKKE_BESTAATT);  // a level without LEVEL is none
  EXPECT_EQ(BestTested(tested, navo::v1::SKILL_LESE, false), navo::v1::CEFR_LEVEL_UNSPECIFIED);
}

TEST(BestTestedTest, SignLanguageIsNeverMixedWithWhatIsSpoken) {
  std::vector<TestResult> tested = {
      Tested("2026-03-10", navo::v1::SKILL_MUNTLIG, navo::v1::CEFR_LEVEL_A1),
      Tested("2026-03-11", navo::v1::SKILL_MUNTLIG, navo::v1::CEFR_LEVEL_B2)};
  tested[1].set_sign_language(true);
  std::vector<Assessment> judged = {
      Judged("2026-10-01", navo::v1::SKILL_MUNTLIG, navo::v1::CEFR_LEVEL_B1)};
  judged[0].mutable_levels(0)->set_sign_language(true);
  const SkillProgress speaking = ProgressOf(judged, tested)[3];
  EXPECT_EQ(speaking.best_tested(), navo::v1::CEFR_LEVEL_A1);
  EXPECT_EQ(speaking.best_tested_sign_language(), navo::v1::CEFR_LEVEL_B2);
  EXPECT_FALSE(speaking.test_results(0).sign_language());
  EXPECT_TRUE(speaking.test_results(1).sign_language());
  EXPECT_TRUE(speaking.assessments(0).sign_language());
}

}  // namespace
}  // namespace navo::domain
