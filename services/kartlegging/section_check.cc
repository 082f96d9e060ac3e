#include "services/kartlegging/section_check.h"

#include <set>
#include <string>

#include "services/domain/calendar.h"
#include "services/domain/codes.h"
#include "services/domain/text.h"
#include "services/kartlegging/content_check.h"

namespace navo::services {
namespace {

constexpr int kMaxSchoolYears = 40;
constexpr int kMaxWishes = 20;
constexpr domain::TextRule kLongTermGoalText{.max_characters = 2'000, .multi_line = true};
constexpr domain::TextRule kInterestText{.max_characters = 200, .required = true};

// A level alone is known of many: one digit, or the full code.
void CheckEducationCode(const std::string& field, const std::string& code,
                        domain::Violations& violations) {
  const bool level = code.size() == 1 && code[0] >= '0' && code[0] <= '9';
  if (!level) domain::CheckNus2000(field, code, violations);
}

void CheckEducationItem(const std::string& path, v1::EducationItem* item,
                        domain::Violations& violations) {
  CheckEducationCode(path + ".nus2000", item->nus2000(), violations);
  if (!item->country().empty()) {
    domain::CheckCountryCode(path + ".country", item->mutable_country(), violations);
  }
  domain::CheckText(path + ".title", item->mutable_title(), domain::kTitleText, violations);
  const int year = item->end_year();
  if (year != 0 && (year < domain::kFirstYear || year > domain::kLastYear)) {
    violations.Add(path + ".end_year", "must be 1900 to 2100, or 0 when it is not known");
  }
  if (!v1::Answer_IsValid(item->completed())) {
    violations.Add(path + ".completed", "must be JA, NEI or VET_IKKE, or left out");
  }
  if (!v1::RecognitionStatus_IsValid(item->recognition())) {
    violations.Add(path + ".recognition",
                   "must be NOT_APPLIED, APPLIED, RECOGNISED or REJECTED, or left out");
  }
}

void CheckEducation(v1::Education* education, domain::Violations& violations) {
  const std::string list = "content.education.items";
  if (CheckCount(list, education->items_size(), kMaxItems, violations)) {
    for (int i = 0; i < education->items_size(); ++i) {
      CheckEducationItem(Item(list, i), education->mutable_items(i), violations);
    }
  }
  if (education->school_years() < 0 || education->school_years() > kMaxSchoolYears) {
    violations.Add("content.education.school_years", "must be 0 to 40");
  }
}

void CheckLevel(const std::string& field, v1::CefrLevel level, domain::Violations& violations) {
  if (!v1::CefrLevel_IsValid(level)) {
    violations.Add(field, "must be UNDER_A1 to C2, or left out");
  }
}

void CheckLanguages(v1::Languages* languages, domain::Violations& violations) {
  const std::string list = "content.languages.skills";
  if (!CheckCount(list, languages->skills_size(), kMaxItems, violations)) return;
  std::set<std::string> seen;
  for (int i = 0; i < languages->skills_size(); ++i) {
    v1::LanguageSkill* skill = languages->mutable_skills(i);
    const std::string path = Item(list, i);
    domain::CheckLanguageCode(path + ".language", skill->mutable_language(), violations);
    if (!skill->language().empty() && !seen.insert(skill->language()).second) {
      violations.Add(path + ".language", "must not stand twice");
    }
    CheckLevel(path + ".lytte", skill->lytte(), violations);
    CheckLevel(path + ".lese", skill->lese(), violations);
    CheckLevel(path + ".skriftlig", skill->skriftlig(), violations);
    CheckLevel(path + ".muntlig", skill->muntlig(), violations);
  }
}

void CheckGoalsInterests(v1::GoalsInterests* goals, domain::Violations& violations) {
  const std::string prefix = "content.goals_interests.";
  domain::CheckText(prefix + "long_term_goal", goals->mutable_long_term_goal(), kLongTermGoalText,
                    violations);
  if (CheckCount(prefix + "occupations", goals->occupations_size(), kMaxWishes, violations)) {
    for (int i = 0; i < goals->occupations_size(); ++i) {
      domain::CheckStyrk08(Item(prefix + "occupations", i), goals->occupations(i), violations);
    }
  }
  if (CheckCount(prefix + "interests", goals->interests_size(), kMaxWishes, violations)) {
    for (int i = 0; i < goals->interests_size(); ++i) {
      domain::CheckText(Item(prefix + "interests", i), goals->mutable_interests(i), kInterestText,
                        violations);
    }
  }
}

}  // namespace

v1::SectionKind CheckContent(v1::SectionContent* content, int32_t today,
                             domain::Violations& violations) {
  switch (content->content_case()) {
    case v1::SectionContent::kEducation:
      CheckEducation(content->mutable_education(), violations);
      return v1::SECTION_KIND_EDUCATION;
    case v1::SectionContent::kLanguages:
      CheckLanguages(content->mutable_languages(), violations);
      return v1::SECTION_KIND_LANGUAGES;
    case v1::SectionContent::kGoalsInterests:
      CheckGoalsInterests(content->mutable_goals_interests(), violations);
      return v1::SECTION_KIND_GOALS_INTERESTS;
    case v1::SectionContent::kWorkExperience:
      CheckWorkExperience(content->mutable_work_experience(), violations);
      return v1::SECTION_KIND_WORK_EXPERIENCE;
    case v1::SectionContent::kUformellKompetanse:
      CheckUformellKompetanse(content->mutable_uformell_kompetanse(), today, violations);
      return v1::SECTION_KIND_UFORMELL_KOMPETANSE;
    case v1::SectionContent::kDigitaleFerdigheter:
      CheckDigitaleFerdigheter(content->mutable_digitale_ferdigheter(), today, violations);
      return v1::SECTION_KIND_DIGITALE_FERDIGHETER;
    case v1::SectionContent::kGrunnleggendeFerdigheter:
      CheckGrunnleggendeFerdigheter(content->mutable_grunnleggende_ferdigheter(), violations);
      return v1::SECTION_KIND_GRUNNLEGGENDE_FERDIGHETER;
    case v1::SectionContent::kNeedsBarriers:
      CheckNeedsBarriers(content->needs_barriers(), violations);
      return v1::SECTION_KIND_NEEDS_BARRIERS;
    case v1::SectionContent::kBenefitTypePeriod:
      CheckBenefitTypePeriod(content->benefit_type_period(), violations);
      return v1::SECTION_KIND_BENEFIT_TYPE_PERIOD;
    case v1::SectionContent::kHealthWorkAbility:
      CheckHealthWorkAbility(content->health_work_ability(), violations);
      return v1::SECTION_KIND_HEALTH_WORK_ABILITY;
    case v1::SectionContent::CONTENT_NOT_SET:
      violations.Add("content", "must hold the content of one kind, for example education");
      return v1::SECTION_KIND_UNSPECIFIED;
  }
  return v1::SECTION_KIND_UNSPECIFIED;
}

}  // namespace navo::services
