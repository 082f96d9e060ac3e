#include "services/domain/language_goals.h"

#include <optional>
#include <set>
#include <string>

#include "services/domain/calendar.h"
#include "services/domain/text.h"

namespace navo::domain {
namespace {

using google::type::Date;
using navo::v1::CefrLevel;
using navo::v1::GoalProgress;
using navo::v1::Norskmaal;
using navo::v1::NorskmaalLevel;
using navo::v1::TestResult;

constexpr int kMostGrantedHours = 5'000;
constexpr TextRule kReferenceText{.max_characters = 100};

void CheckGoals(const std::string& prefix, const Norskmaal& norskmaal, Violations& violations) {
  const bool without = norskmaal.scheme() == navo::v1::TRAINING_SCHEME_INTRODUKSJONSLOVEN_550_TIMER;
  if (without && !norskmaal.goals().empty()) {
    violations.Add(prefix + "goals", "must be left out: this scheme has no norskmaal");
  } else if (!without && (norskmaal.goals().empty() || norskmaal.goals_size() > 4)) {
    violations.Add(prefix + "goals", "must hold one to four goals, each skill once");
    return;
  }
  std::set<navo::v1::Skill> seen;
  for (int i = 0; i < norskmaal.goals_size() && i < 4; ++i) {
    const navo::v1::SkillGoal& goal = norskmaal.goals(i);
    const std::string item = prefix + "goals[" + std::to_string(i) + "].";
    if (goal.skill() == navo::v1::SKILL_UNSPECIFIED || !navo::v1::Skill_IsValid(goal.skill())) {
      violations.Add(item + "skill", "must be LYTTE, LESE, SKRIFTLIG or MUNTLIG");
    } else if (!seen.insert(goal.skill()).second) {
      violations.Add(item + "skill", "must not stand twice");
    }
    if (goal.level() == navo::v1::NORSKMAAL_LEVEL_UNSPECIFIED ||
        !navo::v1::NorskmaalLevel_IsValid(goal.level())) {
      violations.Add(item + "level", "must be A1 to C1 or KARAKTER_2_VGS");
    }
  }
}

void CheckGranted(const std::string& field, bool given, int hours, Violations& violations) {
  if (!given || (0 <= hours && hours <= kMostGrantedHours)) return;
  violations.Add(field, "must be 0 to 5000 hours, or left out");
}

std::optional<std::int32_t> CheckOptionalDate(const std::string& field, bool given,
                                              const Date& date, Violations& violations) {
  return given ? CheckDate(field, date, violations) : std::nullopt;
}

void CheckDates(const std::string& prefix, const Norskmaal& norskmaal, std::int32_t today,
                Violations& violations) {
  const auto start = CheckOptionalDate(prefix + "start_date", norskmaal.has_start_date(),
                                       norskmaal.start_date(), violations);
  const auto deadline = CheckOptionalDate(prefix + "deadline", norskmaal.has_deadline(),
                                          norskmaal.deadline(), violations);
  CheckPeriod(prefix + "deadline", start, deadline, violations);
  const auto decided = CheckOptionalDate(prefix + "decision_date", norskmaal.has_decision_date(),
                                         norskmaal.decision_date(), violations);
  if (decided.has_value() && *decided > today) {
    violations.Add(prefix + "decision_date", "must not be in the future");
  }
}

// UNSPECIFIED for a grade, which is no level.
CefrLevel LevelOf(NorskmaalLevel goal) {
  switch (goal) {
    case navo::v1::NORSKMAAL_LEVEL_A1:
      return navo::v1::CEFR_LEVEL_A1;
    case navo::v1::NORSKMAAL_LEVEL_A2:
      return navo::v1::CEFR_LEVEL_A2;
    case navo::v1::NORSKMAAL_LEVEL_B1:
      return navo::v1::CEFR_LEVEL_B1;
    case navo::v1::NORSKMAAL_LEVEL_B2:
      return navo::v1::CEFR_LEVEL_B2;
    case navo::v1::NORSKMAAL_LEVEL_C1:
      return navo::v1::CEFR_LEVEL_C1;
    default:
      return navo::v1::CEFR_LEVEL_UNSPECIFIED;
  }
}

bool Shows(const TestResult& result, navo::v1::Skill skill, CefrLevel level) {
  return result.delproeve() == skill && result.outcome() == navo::v1::TEST_OUTCOME_LEVEL &&
         result.level() >= level;
}

}  // namespace

void CheckNorskmaal(std::string_view path, Norskmaal* norskmaal, std::int32_t today,
                    Violations& violations) {
  const std::string prefix = std::string(path) + ".";
  norskmaal->clear_provenance();
  norskmaal->clear_etag();
  CheckGoals(prefix, *norskmaal, violations);
  if (norskmaal->scheme() == navo::v1::TRAINING_SCHEME_UNSPECIFIED ||
      !navo::v1::TrainingScheme_IsValid(norskmaal->scheme())) {
    violations.Add(prefix + "scheme", "must be one of the documented schemes");
  }
  CheckGranted(prefix + "granted_norsk_hours", norskmaal->has_granted_norsk_hours(),
               norskmaal->granted_norsk_hours(), violations);
  CheckGranted(prefix + "granted_samfunnskunnskap_hours",
               norskmaal->has_granted_samfunnskunnskap_hours(),
               norskmaal->granted_samfunnskunnskap_hours(), violations);
  CheckDates(prefix, *norskmaal, today, violations);
  CheckText(prefix + "decision_reference", norskmaal->mutable_decision_reference(), kReferenceText,
            violations);
}

std::vector<GoalProgress> GoalsReached(const Norskmaal& norskmaal,
                                       const std::vector<TestResult>& test_results) {
  std::vector<GoalProgress> reached;
  for (const navo::v1::SkillGoal& goal : norskmaal.goals()) {
    GoalProgress& progress = reached.emplace_back();
    progress.set_skill(goal.skill());
    progress.set_level(goal.level());
    const CefrLevel level = LevelOf(goal.level());
    if (level == navo::v1::CEFR_LEVEL_UNSPECIFIED) {
      progress.set_reached(navo::v1::GOAL_REACHED_NOT_TESTED);
      continue;
    }
    std::optional<std::int32_t> first;
    for (const TestResult& result : test_results) {
      const std::optional<std::int32_t> day = DayOf(result.date());
      if (!Shows(result, goal.skill(), level) || !day.has_value()) continue;
      if (!first.has_value() || *day < *first) first = day;
    }
    progress.set_reached(first.has_value() ? navo::v1::GOAL_REACHED_BY_TEST
                                           : navo::v1::GOAL_REACHED_NOT_SHOWN);
    if (first.has_value()) *progress.mutable_reached_date() = DateOf(*first);
  }
  return reached;
}

}  // namespace navo::domain
