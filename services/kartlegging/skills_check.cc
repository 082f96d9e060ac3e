#include <optional>
#include <set>
#include <string>
#include <utility>

#include "services/domain/calendar.h"
#include "services/domain/codes.h"
#include "services/domain/text.h"
#include "services/kartlegging/content_check.h"

namespace navo::services {
namespace {

constexpr int kMaxPracticeYears = 80;
constexpr int kMaxDigCompLevels = 26;  // 5 areas and 21 competences
constexpr int kMaxLevel = 8;
constexpr domain::TextRule kWhatText{.max_characters = 500, .required = true};
constexpr domain::TextRule kEvidenceText{.max_characters = 500};

void CheckOccupation(const std::string& field, const std::string& code,
                     domain::Violations& violations) {
  if (!code.empty()) domain::CheckStyrk08(field, code, violations);
}

void CheckEvidence(const std::string& field, v1::Evidence evidence,
                   domain::Violations& violations) {
  if (!v1::Evidence_IsValid(evidence)) {
    violations.Add(field, "must be one of the documented kinds of evidence, or left out");
  }
}

// A day on which something was done.
void CheckPastDate(const std::string& field, const google::type::Date& date, int32_t today,
                   domain::Violations& violations) {
  const std::optional<int32_t> day = domain::CheckDate(field, date, violations);
  if (day.has_value() && *day > today) violations.Add(field, "must not be in the future");
}

// Whether it is a month of the calendar.
bool CheckMonth(const std::string& field, const v1::Month& month, domain::Violations& violations) {
  const bool year = month.year() >= domain::kFirstYear && month.year() <= domain::kLastYear;
  const bool number = month.month() >= 1 && month.month() <= 12;
  if (!year) violations.Add(field + ".year", "must be 1900 to 2100");
  if (!number) violations.Add(field + ".month", "must be 1 to 12");
  return year && number;
}

void CheckMonths(const std::string& path, const v1::WorkExperienceItem& item,
                 domain::Violations& violations) {
  const bool from = item.has_from() && CheckMonth(path + ".from", item.from(), violations);
  const bool to = item.has_to() && CheckMonth(path + ".to", item.to(), violations);
  const auto number = [](const v1::Month& month) { return month.year() * 12 + month.month(); };
  if (from && to && number(item.to()) < number(item.from())) {
    violations.Add(path + ".to", "must not be before from");
  }
}

void CheckJob(const std::string& path, v1::WorkExperienceItem* item,
              domain::Violations& violations) {
  if (item->occupation().empty() && item->title().empty()) {
    violations.Add(path + ".occupation", "must be set when there is no title");
  }
  CheckOccupation(path + ".occupation", item->occupation(), violations);
  domain::CheckText(path + ".title", item->mutable_title(), domain::kTitleText, violations);
  if (!item->country().empty()) {
    domain::CheckCountryCode(path + ".country", item->mutable_country(), violations);
  }
  CheckMonths(path, *item, violations);
  if (!v1::EmploymentSector_IsValid(item->sector())) {
    violations.Add(path + ".sector",
                   "must be PRIVAT, OFFENTLIG, FRIVILLIG or SELVSTENDIG, or left out");
  }
  if (item->extent_percent() < 0 || item->extent_percent() > 100) {
    violations.Add(path + ".extent_percent", "must be 1 to 100, or 0 when it is not known");
  }
  CheckEvidence(path + ".evidence", item->evidence(), violations);
}

void CheckVerified(const std::string& path, const v1::UformellKompetanseItem& item, int32_t today,
                   domain::Violations& violations) {
  if (!v1::CompetenceVerifier_IsValid(item.verifier())) {
    violations.Add(path + ".verifier", "must be one of the documented verifiers, or left out");
  }
  if (!item.has_verified_on()) return;
  CheckPastDate(path + ".verified_on", item.verified_on(), today, violations);
  if (item.verifier() == v1::COMPETENCE_VERIFIER_UNSPECIFIED) {
    violations.Add(path + ".verified_on", "must be left out when nobody has verified it");
  }
}

void CheckInformal(const std::string& path, v1::UformellKompetanseItem* item, int32_t today,
                   domain::Violations& violations) {
  domain::CheckText(path + ".what", item->mutable_what(), kWhatText, violations);
  CheckOccupation(path + ".occupation", item->occupation(), violations);
  if (!v1::CompetenceContext_IsValid(item->context())) {
    violations.Add(path + ".context",
                   "must be ARBEID, HJEM, FRIVILLIGHET, FRITID or OPPLAERING, or left out");
  }
  if (item->years() < 0 || item->years() > kMaxPracticeYears) {
    violations.Add(path + ".years", "must be 0 to 80");
  }
  CheckEvidence(path + ".evidence", item->evidence(), violations);
  domain::CheckText(path + ".evidence_text", item->mutable_evidence_text(), kEvidenceText,
                    violations);
  CheckVerified(path, *item, today, violations);
}

void CheckDigCompLevel(const std::string& path, const v1::DigCompLevel& level,
                       domain::Violations& violations) {
  domain::CheckDigComp(path + ".code", level.code(), violations);
  const bool numbered = level.level() >= 0 && level.level() <= kMaxLevel;
  if (!numbered)
    violations.Add(path + ".level", "must be 1 to 8, or 0 when only the band is known");
  if (!v1::DigCompBand_IsValid(level.band())) {
    violations.Add(path + ".band",
                   "must be FOUNDATION, INTERMEDIATE, ADVANCED or HIGHLY_SPECIALISED, or left out");
    return;
  }
  const bool banded = level.band() != v1::DIG_COMP_BAND_UNSPECIFIED;
  if (level.level() == 0 && !banded) violations.Add(path + ".level", "must be set without a band");
  if (numbered && level.level() > 0 && banded && level.band() != (level.level() + 1) / 2) {
    violations.Add(path + ".band", "must fit the level: two levels to a band");
  }
}

void CheckInstrument(v1::DigitaleFerdigheter* digital, int32_t today,
                     domain::Violations& violations) {
  const std::string prefix = "content.digitale_ferdigheter.";
  const bool other = digital->instrument() == v1::DIGITAL_INSTRUMENT_ANNET;
  if (!v1::DigitalInstrument_IsValid(digital->instrument())) {
    violations.Add(prefix + "instrument", "must be one of the documented ones, or left out");
  }
  domain::CheckText(prefix + "instrument_name", digital->mutable_instrument_name(),
                    other ? domain::kRequiredNameText : domain::kNameText, violations);
  if (digital->has_carried_out()) {
    CheckPastDate(prefix + "carried_out", digital->carried_out(), today, violations);
  }
  if (!v1::DigitalUserClass_IsValid(digital->user_class())) {
    violations.Add(prefix + "user_class", "must be one of HK-dir's four classes, or left out");
  }
}

bool NeedsLanguage(v1::BasicSkillKind skill) {
  return skill == v1::BASIC_SKILL_KIND_LESING || skill == v1::BASIC_SKILL_KIND_SKRIVING ||
         skill == v1::BASIC_SKILL_KIND_MUNTLIGE;
}

void CheckBasicSkill(const std::string& path, v1::BasicSkill* skill,
                     domain::Violations& violations) {
  if (skill->skill() == v1::BASIC_SKILL_KIND_UNSPECIFIED ||
      !v1::BasicSkillKind_IsValid(skill->skill())) {
    violations.Add(path + ".skill", "must be LESING, SKRIVING, REGNING, MUNTLIGE or DIGITALE");
  }
  if (skill->level() == v1::BASIC_SKILL_LEVEL_UNSPECIFIED ||
      !v1::BasicSkillLevel_IsValid(skill->level())) {
    violations.Add(path + ".level", "must be UNDER_NIVAA_1, NIVAA_1, NIVAA_2 or NIVAA_3");
  }
  if (!skill->language().empty() || NeedsLanguage(skill->skill())) {
    domain::CheckLanguageCode(path + ".language", skill->mutable_language(), violations);
  }
}

}  // namespace

void CheckWorkExperience(v1::WorkExperience* work, domain::Violations& violations) {
  const std::string list = "content.work_experience.items";
  if (!CheckCount(list, work->items_size(), kMaxItems, violations)) return;
  for (int i = 0; i < work->items_size(); ++i) {
    CheckJob(Item(list, i), work->mutable_items(i), violations);
  }
}

void CheckUformellKompetanse(v1::UformellKompetanse* informal, int32_t today,
                             domain::Violations& violations) {
  const std::string list = "content.uformell_kompetanse.items";
  if (!CheckCount(list, informal->items_size(), kMaxItems, violations)) return;
  for (int i = 0; i < informal->items_size(); ++i) {
    CheckInformal(Item(list, i), informal->mutable_items(i), today, violations);
  }
}

void CheckDigitaleFerdigheter(v1::DigitaleFerdigheter* digital, int32_t today,
                              domain::Violations& violations) {
  const std::string list = "content.digitale_ferdigheter.levels";
  if (CheckCount(list, digital->levels_size(), kMaxDigCompLevels, violations)) {
    std::set<std::string> seen;
    for (int i = 0; i < digital->levels_size(); ++i) {
      CheckDigCompLevel(Item(list, i), digital->levels(i), violations);
      if (!seen.insert(digital->levels(i).code()).second) {
        violations.Add(Item(list, i) + ".code", "must not stand twice");
      }
    }
  }
  CheckInstrument(digital, today, violations);
}

void CheckGrunnleggendeFerdigheter(v1::GrunnleggendeFerdigheter* basic,
                                   domain::Violations& violations) {
  const std::string prefix = "content.grunnleggende_ferdigheter.";
  const std::string list = prefix + "skills";
  if (CheckCount(list, basic->skills_size(), kMaxItems, violations)) {
    std::set<std::pair<int, std::string>> seen;
    for (int i = 0; i < basic->skills_size(); ++i) {
      CheckBasicSkill(Item(list, i), basic->mutable_skills(i), violations);
      if (!seen.emplace(basic->skills(i).skill(), basic->skills(i).language()).second) {
        violations.Add(Item(list, i) + ".skill", "must not stand twice in a language");
      }
    }
  }
  domain::CheckText(prefix + "instrument_name", basic->mutable_instrument_name(), domain::kNameText,
                    violations);
}

}  // namespace navo::services
