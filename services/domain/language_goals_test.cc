#include "services/domain/language_goals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "services/domain/calendar.h"

namespace navo::domain {
namespace {

using navo::v1::CefrLevel;
using navo::v1::Norskmaal;
using navo::v1::NorskmaalLevel;
using navo::v1::Skill;
using navo::v1::TestResult;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::int32_t kToday = ParseDay("2026-11-22").value();

void AddGoal(Skill skill, NorskmaalLevel level, Norskmaal* norskmaal) {
  norskmaal->add_goals()->set_skill(skill);
  norskmaal->mutable_goals()->rbegin()->set_level(level);
}

Norskmaal Whole() {
  Norskmaal norskmaal;
  AddGoal(navo::v1::SKILL_LYTTE, navo::v1::NORSKMAAL_LEVEL_B1, &norskmaal);
  AddGoal(navo::v1::SKILL_LESE, navo::v1::NORSKMAAL_LEVEL_A2, &norskmaal);
  AddGoal(navo::v1::SKILL_SKRIFTLIG, navo::v1::NORSKMAAL_LEVEL_KARAKTER_2_VGS, &norskmaal);
  AddGoal(navo::v1::SKILL_MUNTLIG, navo::v1::NORSKMAAL_LEVEL_C1, &norskmaal);
  norskmaal.set_scheme(navo::v1::TRAINING_SCHEME_INTEGRERINGSLOVEN_3_AAR);
  norskmaal.set_granted_norsk_hours(550);
  norskmaal.set_granted_samfunnskunnskap_hours(75);
  *norskmaal.mutable_start_date() = DateOf(kToday - 30);
  *norskmaal.mutable_deadline() = DateOf(kToday + 1000);
  *norskmaal.mutable_decision_date() = DateOf(kToday);
  norskmaal.set_decision_reference("2026/1234");
  return norskmaal;
}

std::vector<std::string> Wrong(Norskmaal norskmaal) {
  Violations violations;
  CheckNorskmaal("norskmaal", &norskmaal, kToday, violations);
  std::vector<std::string> fields;
  for (const auto& item : violations.items()) fields.push_back(item.field);
  return fields;
}

TEST(CheckNorskmaalTest, AWholeOneIsTakenAndWhatTheServerSetsIsCleared) {
  Norskmaal norskmaal = Whole();
  norskmaal.set_etag("etag");
  norskmaal.mutable_provenance()->set_unit("vo-rosenhof");
  Violations violations;
  CheckNorskmaal("norskmaal", &norskmaal, kToday, violations);
  EXPECT_TRUE(violations.empty());
  EXPECT_EQ(norskmaal.SerializeAsString(), Whole().SerializeAsString());
}

TEST(CheckNorskmaalTest, OneGoalAndAFrameAreEnough) {
  Norskmaal norskmaal;
  AddGoal(navo::v1::SKILL_MUNTLIG, navo::v1::NORSKMAAL_LEVEL_A1, &norskmaal);
  norskmaal.set_scheme(navo::v1::TRAINING_SCHEME_UTEN_LOVFESTET_RETT);
  EXPECT_THAT(Wrong(norskmaal), IsEmpty());
  // Hours of none are an answer too.
  norskmaal.set_granted_samfunnskunnskap_hours(0);
  EXPECT_THAT(Wrong(norskmaal), IsEmpty());
}

TEST(CheckNorskmaalTest, TheOlderSchemeHasNoNorskmaal) {
  Norskmaal norskmaal = Whole();
  norskmaal.set_scheme(navo::v1::TRAINING_SCHEME_INTRODUKSJONSLOVEN_550_TIMER);
  EXPECT_THAT(Wrong(norskmaal), ElementsAre("norskmaal.goals"));
  norskmaal.clear_goals();
  EXPECT_THAT(Wrong(norskmaal), IsEmpty());
}

TEST(CheckNorskmaalTest, EverythingWrongIsSaidAtOnceInMessageOrder) {
  EXPECT_THAT(Wrong(Norskmaal()), ElementsAre("norskmaal.goals", "norskmaal.scheme"));
  Norskmaal norskmaal = Whole();
  norskmaal.mutable_goals(1)->set_skill(navo::v1::SKILL_LYTTE);
  norskmaal.mutable_goals(2)->set_skill(static_cast<Skill>(9));
  norskmaal.mutable_goals(2)->set_level(navo::v1::NORSKMAAL_LEVEL_UNSPECIFIED);
  norskmaal.mutable_goals(3)->set_level(static_cast<NorskmaalLevel>(9));
  norskmaal.set_scheme(static_cast<navo::v1::TrainingScheme>(9));
  norskmaal.set_granted_norsk_hours(-1);
  norskmaal.set_granted_samfunnskunnskap_hours(5'001);
  norskmaal.mutable_start_date()->set_month(13);
  *norskmaal.mutable_deadline() = DateOf(kToday - 31);  // with no start to be before
  *norskmaal.mutable_decision_date() = DateOf(kToday + 1);
  norskmaal.set_decision_reference(std::string(101, '1'));
  EXPECT_THAT(Wrong(norskmaal),
              ElementsAre("norskmaal.goals[1].skill", "norskmaal.goals[2].skill",
                          "norskmaal.goals[2].level", "norskmaal.goals[3].level",
                          "norskmaal.scheme", "norskmaal.granted_norsk_hours",
                          "norskmaal.granted_samfunnskunnskap_hours", "norskmaal.start_date",
                          "norskmaal.decision_date", "norskmaal.decision_reference"));
  norskmaal = Whole();
  *norskmaal.mutable_deadline() = DateOf(kToday - 31);
  AddGoal(navo::v1::SKILL_MUNTLIG, navo::v1::NORSKMAAL_LEVEL_A1, &norskmaal);
  EXPECT_THAT(Wrong(norskmaal), ElementsAre("norskmaal.goals", "norskmaal.deadline"));
}

TestResult Tested(int day, Skill part, CefrLevel level, bool sign_language = false) {
  TestResult result;
  *result.mutable_date() = DateOf(kToday + day);
  result.set_delproeve(part);
  result.set_outcome(navo::v1::TEST_OUTCOME_LEVEL);
  result.set_level(level);
  result.set_sign_language(sign_language);
  return result;
}

// "LYTTE not shown", "LESE by test 2026-11-02".
std::vector<std::string> Reached(const Norskmaal& norskmaal,
                                 const std::vector<TestResult>& results) {
  std::vector<std::string> texts;
  for (const auto& goal : GoalsReached(norskmaal, results)) {
    std::string text = navo::v1::Skill_Name(goal.skill()).substr(6) + " " +
                       navo::v1::GoalReached_Name(goal.reached()).substr(13);
    if (goal.has_reached_date()) text += " " + FormatDay(*DayOf(goal.reached_date()));
    texts.push_back(text);
  }
  return texts;
}

TEST(GoalsReachedTest, ByTheFirstTestOfThatSkillAtThatLevelOrAbove) {
  EXPECT_THAT(Reached(Whole(), {}), ElementsAre("LYTTE NOT_SHOWN", "LESE NOT_SHOWN",
                                                "SKRIFTLIG NOT_TESTED", "MUNTLIG NOT_SHOWN"));
  TestResult failed = Tested(-50, navo::v1::SKILL_LESE, navo::v1::CEFR_LEVEL_B2);
  failed.set_outcome(navo::v1::TEST_OUTCOME_IKKE_BESTAATT);
  EXPECT_THAT(Reached(Whole(), {Tested(-20, navo::v1::SKILL_LYTTE, navo::v1::CEFR_LEVEL_A2),
                                Tested(-5, navo::v1::SKILL_LESE, navo::v1::CEFR_LEVEL_A2), failed,
                                Tested(-20, navo::v1::SKILL_LESE, navo::v1::CEFR_LEVEL_B1),
                                Tested(-20, navo::v1::SKILL_SKRIFTLIG, navo::v1::CEFR_LEVEL_B2),
                                Tested(-20, navo::v1::SKILL_MUNTLIG, navo::v1::CEFR_LEVEL_B2)}),
              ElementsAre("LYTTE NOT_SHOWN", "LESE BY_TEST 2026-11-02", "SKRIFTLIG NOT_TESTED",
                          "MUNTLIG NOT_SHOWN"));
  EXPECT_THAT(Reached(Whole(), {Tested(0, navo::v1::SKILL_LYTTE, navo::v1::CEFR_LEVEL_B1),
                                Tested(0, navo::v1::SKILL_MUNTLIG, navo::v1::CEFR_LEVEL_C1)}),
              ElementsAre("LYTTE BY_TEST 2026-11-22", "LESE NOT_SHOWN", "SKRIFTLIG NOT_TESTED",
                          "MUNTLIG BY_TEST 2026-11-22"));
}

TEST(GoalsReachedTest, EveryLevelAgainstEveryGoal) {
  for (int goal = navo::v1::NORSKMAAL_LEVEL_A1; goal <= navo::v1::NORSKMAAL_LEVEL_C1; ++goal) {
    Norskmaal norskmaal;
    AddGoal(navo::v1::SKILL_LESE, static_cast<NorskmaalLevel>(goal), &norskmaal);
    for (int level = navo::v1::CEFR_LEVEL_UNDER_A1; level <= navo::v1::CEFR_LEVEL_C1; ++level) {
      const auto reached =
          GoalsReached(norskmaal, {Tested(0, navo::v1::SKILL_LESE, static_cast<CefrLevel>(level))});
      // A1 is the first goal and the second level.
      EXPECT_EQ(reached[0].reached() == navo::v1::GOAL_REACHED_BY_TEST, level > goal)
          << goal << " " << level;
    }
  }
}

TEST(GoalsReachedTest, ATestInSignLanguageCountsForTheSkillItReplaces) {
  EXPECT_THAT(Reached(Whole(), {Tested(-9, navo::v1::SKILL_LYTTE, navo::v1::CEFR_LEVEL_B1, true)}),
              ElementsAre("LYTTE BY_TEST 2026-11-13", "LESE NOT_SHOWN", "SKRIFTLIG NOT_TESTED",
                          "MUNTLIG NOT_SHOWN"));
}

TEST(GoalsReachedTest, NoGoalsNothingReached) {
  EXPECT_THAT(GoalsReached(Norskmaal(), {Tested(0, navo::v1::SKILL_LESE, navo::v1::CEFR_LEVEL_B1)}),
              IsEmpty());
}

}  // namespace
}  // namespace navo::domain
