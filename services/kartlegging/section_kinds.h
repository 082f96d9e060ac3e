#ifndef NAVO_SERVICES_KARTLEGGING_SECTION_KINDS_H_
#define NAVO_SERVICES_KARTLEGGING_SECTION_KINDS_H_

#include <array>
#include <string_view>

#include "navo/v1/kartlegging.pb.h"
#include "services/domain/section_age.h"

namespace navo::services {

// What there is to map, in the order of a conversation.
struct KindEntry {
  v1::SectionKind kind;
  int fresh_months;
  std::string_view name_nb;
  std::string_view name_en;
};

inline constexpr std::array<KindEntry, 10> kSectionKinds = {{
    {v1::SECTION_KIND_EDUCATION, domain::kDefaultFreshMonths, "Utdanning", "Education"},
    {v1::SECTION_KIND_WORK_EXPERIENCE, domain::kDefaultFreshMonths, "Arbeidserfaring",
     "Work experience"},
    {v1::SECTION_KIND_UFORMELL_KOMPETANSE, domain::kDefaultFreshMonths, "Uformell kompetanse",
     "Informal competence"},
    {v1::SECTION_KIND_LANGUAGES, domain::kDefaultFreshMonths, "Språk", "Languages"},
    {v1::SECTION_KIND_GRUNNLEGGENDE_FERDIGHETER, domain::kDefaultFreshMonths,
     "Grunnleggende ferdigheter", "Basic skills"},
    {v1::SECTION_KIND_DIGITALE_FERDIGHETER, domain::kDefaultFreshMonths, "Digitale ferdigheter",
     "Digital skills"},
    {v1::SECTION_KIND_GOALS_INTERESTS, domain::kDefaultFreshMonths, "Mål og interesser",
     "Goals and interests"},
    {v1::SECTION_KIND_NEEDS_BARRIERS, domain::kDefaultFreshMonths, "Behov og hindringer",
     "Needs and barriers"},
    {v1::SECTION_KIND_BENEFIT_TYPE_PERIOD, domain::kDefaultFreshMonths, "Ytelser og perioder",
     "Benefits and periods"},
    {v1::SECTION_KIND_HEALTH_WORK_ABILITY, domain::kDefaultFreshMonths, "Helse og arbeidsevne",
     "Health and work ability"},
}};

// The entry of a kind of the table; the first one for any other.
constexpr const KindEntry& EntryOf(v1::SectionKind kind) {
  for (const KindEntry& entry : kSectionKinds) {
    if (entry.kind == kind) return entry;
  }
  return kSectionKinds.front();
}

}  // namespace navo::services

#endif  // NAVO_SERVICES_KARTLEGGING_SECTION_KINDS_H_
