#include "services/domain/language_check.h"

#include <optional>
#include <set>
#include <string>
#include <utility>

#include "services/domain/calendar.h"

namespace navo::domain {
namespace {

using navo::v1::CefrLevel;
using navo::v1::Skill;
using navo::v1::TestBand;

// Four skills, and two of them in sign language too.
constexpr int kMostJudgements = 6;

bool IsSkill(Skill skill) {
  return skill != navo::v1::SKILL_UNSPECIFIED && navo::v1::Skill_IsValid(skill);
}

bool IsLevelUpTo(CefrLevel level, CefrLevel highest) {
  return level >= navo::v1::CEFR_LEVEL_UNDER_A1 && level <= highest;
}

void CheckPastDate(const std::string& field, const google::type::Date& date, std::int32_t today,
                   Violations& violations) {
  const std::optional<std::int32_t> day = CheckDate(field, date, violations);
  if (day.has_value() && *day > today) violations.Add(field, "must not be in the future");
}

CefrLevel HighestOf(TestBand band) {
  switch (band) {
    case navo::v1::TEST_BAND_A1_A2:
      return navo::v1::CEFR_LEVEL_A2;
    case navo::v1::TEST_BAND_A2_B1:
      return navo::v1::CEFR_LEVEL_B1;
    default:
      return navo::v1::CEFR_LEVEL_B2;
  }
}

bool HasBand(Skill part) {
  return part == navo::v1::SKILL_SKRIFTLIG || part == navo::v1::SKILL_MUNTLIG;
}

bool HasSignLanguage(Skill part) {
  return part == navo::v1::SKILL_LYTTE || part == navo::v1::SKILL_MUNTLIG;
}

// Of a part that is not known only that there is such a band.
void CheckBand(const std::string& field, const navo::v1::TestResult& result,
               Violations& violations) {
  const Skill part = result.delproeve();
  const TestBand band = result.band();
  const bool given = band != navo::v1::TEST_BAND_UNSPECIFIED;
  const bool needed = HasBand(part) && !(result.sign_language() && part == navo::v1::SKILL_MUNTLIG);
  if (!navo::v1::TestBand_IsValid(band) || (needed && !given)) {
    violations.Add(field,
                   "must be the band the candidate registered for: A1_A2, A2_B1, B1_B2 or C1");
  } else if (IsSkill(part) && !HasBand(part) && given && band != navo::v1::TEST_BAND_C1) {
    violations.Add(field, "must be left out or C1: LYTTE and LESE have no other band");
  }
}

void CheckSignLanguage(const std::string& field, Skill part, bool sign_language,
                       Violations& violations) {
  if (!sign_language || !IsSkill(part) || HasSignLanguage(part)) return;
  violations.Add(field, "must be left out: only LYTTE and MUNTLIG are tested in sign language");
}

// With the outcome LEVEL.
void CheckLevelReached(const std::string& field, const navo::v1::TestResult& result,
                       Violations& violations) {
  if (result.band() == navo::v1::TEST_BAND_C1) {
    if (result.level() != navo::v1::CEFR_LEVEL_C1) {
      violations.Add(field, "must be C1 in the C1 test, or the outcome IKKE_BESTAATT");
    }
  } else if (!IsLevelUpTo(result.level(), navo::v1::CEFR_LEVEL_B2)) {
    violations.Add(field, "must be UNDER_A1 to B2, or C1 with the band C1");
  } else if (result.delproeve() == navo::v1::SKILL_SKRIFTLIG &&
             result.level() > HighestOf(result.band())) {
    violations.Add(field, "must not be above the band: a written result cannot exceed it");
  }
}

}  // namespace

void CheckAssessment(std::string_view path, const navo::v1::Assessment& assessment,
                     std::int32_t today, Violations& violations) {
  const std::string prefix = std::string(path) + ".";
  CheckPastDate(prefix + "date", assessment.date(), today, violations);
  if (assessment.levels().empty() || assessment.levels_size() > kMostJudgements) {
    violations.Add(prefix + "levels", "must hold one to six judgements, each skill once");
    return;
  }
  std::set<std::pair<Skill, bool>> seen;
  for (int i = 0; i < assessment.levels_size(); ++i) {
    const navo::v1::SkillLevel& item = assessment.levels(i);
    const std::string item_prefix = prefix + "levels[" + std::to_string(i) + "].";
    if (!IsSkill(item.skill())) {
      violations.Add(item_prefix + "skill", "must be LYTTE, LESE, SKRIFTLIG or MUNTLIG");
    } else if (!seen.emplace(item.skill(), item.sign_language()).second) {
      violations.Add(item_prefix + "skill", "must not stand twice");
    }
    if (!IsLevelUpTo(item.level(), navo::v1::CEFR_LEVEL_C1)) {
      violations.Add(item_prefix + "level", "must be UNDER_A1 to C1");
    }
    CheckSignLanguage(item_prefix + "sign_language", item.skill(), item.sign_language(),
                      violations);
  }
}

void CheckTestResult(std::string_view path, const navo::v1::TestResult& result, std::int32_t today,
                     Violations& violations) {
  const std::string prefix = std::string(path) + ".";
  CheckPastDate(prefix + "date", result.date(), today, violations);
  if (!IsSkill(result.delproeve())) {
    violations.Add(prefix + "delproeve", "must be LYTTE, LESE, SKRIFTLIG or MUNTLIG");
  }
  CheckBand(prefix + "band", result, violations);
  if (result.outcome() == navo::v1::TEST_OUTCOME_UNSPECIFIED ||
      !navo::v1::TestOutcome_IsValid(result.outcome())) {
    violations.Add(prefix + "outcome", "must be LEVEL, IKKE_BESTAATT or IKKE_MOETT");
    if (!navo::v1::CefrLevel_IsValid(result.level())) {
      violations.Add(prefix + "level", "must be UNDER_A1 to B2, or C1 with the band C1");
    }
  } else if (result.outcome() == navo::v1::TEST_OUTCOME_LEVEL) {
    CheckLevelReached(prefix + "level", result, violations);
  } else if (result.level() != navo::v1::CEFR_LEVEL_UNSPECIFIED) {
    violations.Add(prefix + "level", "must be left out unless the outcome is LEVEL");
  }
  CheckSignLanguage(prefix + "sign_language", result.delproeve(), result.sign_language(),
                    violations);
}

}  // namespace navo::domain
