#include "services/domain/language_check.h"

#include <optional>
#include <set>
#include <string>

#include "services/domain/calendar.h"

namespace navo::domain {
namespace {

using navo::v1::CefrLevel;
using navo::v1::Skill;
using navo::v1::TestBand;

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

// Of a part that is not known only that there is such a band.
void CheckBand(const std::string& field, Skill part, TestBand band, Violations& violations) {
  const bool given = band != navo::v1::TEST_BAND_UNSPECIFIED;
  if (!navo::v1::TestBand_IsValid(band) || (HasBand(part) && !given)) {
    violations.Add(field, "must be the band the candidate registered for: A1_A2, A2_B1 or B1_B2");
  } else if (IsSkill(part) && !HasBand(part) && given) {
    violations.Add(field, "must be left out: LYTTE and LESE have no band");
  }
}

}  // namespace

void CheckAssessment(std::string_view path, const navo::v1::Assessment& assessment,
                     std::int32_t today, Violations& violations) {
  const std::string prefix = std::string(path) + ".";
  CheckPastDate(prefix + "date", assessment.date(), today, violations);
  if (assessment.levels().empty() || assessment.levels_size() > 4) {
    violations.Add(prefix + "levels", "must hold one to four skills");
    return;
  }
  std::set<Skill> seen;
  for (int i = 0; i < assessment.levels_size(); ++i) {
    const navo::v1::SkillLevel& item = assessment.levels(i);
    const std::string item_prefix = prefix + "levels[" + std::to_string(i) + "].";
    if (!IsSkill(item.skill())) {
      violations.Add(item_prefix + "skill", "must be LYTTE, LESE, SKRIFTLIG or MUNTLIG");
    } else if (!seen.insert(item.skill()).second) {
      violations.Add(item_prefix + "skill", "must not stand twice");
    }
    if (!IsLevelUpTo(item.level(), navo::v1::CEFR_LEVEL_C1)) {
      violations.Add(item_prefix + "level", "must be UNDER_A1 to C1");
    }
  }
}

void CheckTestResult(std::string_view path, const navo::v1::TestResult& result, std::int32_t today,
                     Violations& violations) {
  const std::string prefix = std::string(path) + ".";
  CheckPastDate(prefix + "date", result.date(), today, violations);
  if (!IsSkill(result.delproeve())) {
    violations.Add(prefix + "delproeve", "must be LYTTE, LESE, SKRIFTLIG or MUNTLIG");
  }
  CheckBand(prefix + "band", result.delproeve(), result.band(), violations);
  if (result.outcome() == navo::v1::TEST_OUTCOME_UNSPECIFIED ||
      !navo::v1::TestOutcome_IsValid(result.outcome())) {
    violations.Add(prefix + "outcome", "must be LEVEL, IKKE_BESTAATT or IKKE_MOETT");
    if (!navo::v1::CefrLevel_IsValid(result.level())) {
      violations.Add(prefix + "level", "must be UNDER_A1 to B2");
    }
    return;
  }
  if (result.outcome() != navo::v1::TEST_OUTCOME_LEVEL) {
    if (result.level() != navo::v1::CEFR_LEVEL_UNSPECIFIED) {
      violations.Add(prefix + "level", "must be left out unless the outcome is LEVEL");
    }
  } else if (!IsLevelUpTo(result.level(), navo::v1::CEFR_LEVEL_B2)) {
    violations.Add(prefix + "level", "must be UNDER_A1 to B2");
  } else if (result.delproeve() == navo::v1::SKILL_SKRIFTLIG &&
             result.level() > HighestOf(result.band())) {
    violations.Add(prefix + "level",
                   "must not be above the band: a written result cannot exceed it");
  }
}

}  // namespace navo::domain
