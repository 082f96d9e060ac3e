#include "services/domain/section_age.h"

#include "services/domain/calendar.h"

namespace navo::domain {

SectionAge AgeOf(std::optional<std::int32_t> confirmed_day, std::int32_t today, int fresh_months) {
  if (!confirmed_day.has_value()) return SectionAge::kMissing;
  return today <= LastFreshDay(*confirmed_day, fresh_months) ? SectionAge::kFresh
                                                             : SectionAge::kStale;
}

std::int32_t LastFreshDay(std::int32_t confirmed_day, int fresh_months) {
  return AddMonths(confirmed_day, fresh_months);
}

}  // namespace navo::domain
