// How old a kartlegging section is: fresh, stale or missing. Nobody is to be mapped twice by
// accident. Twelve calendar months unless the kind has a limit of its own. Pure;
// any thread.
#ifndef NAVO_SERVICES_DOMAIN_SECTION_AGE_H_
#define NAVO_SERVICES_DOMAIN_SECTION_AGE_H_

#include <cstdint>
#include <optional>

namespace navo::domain {

inline constexpr int kDefaultFreshMonths = 12;

enum class SectionAge { kMissing, kFresh, kStale };

// Days are calendar days in Europe/Oslo (calendar.h). `confirmed_day` is the last day somebody
// recorded the section or said that it is still right; nullopt when there is none. The section is
// fresh through the same day of the month `fresh_months` later (its last day, where that month is
// shorter). A day in the future counts as fresh: clocks of other systems differ, and asking the
// participant again would be the greater harm.
SectionAge AgeOf(std::optional<std::int32_t> confirmed_day, std::int32_t today,
                 int fresh_months = kDefaultFreshMonths);

// The last day on which it is fresh.
std::int32_t LastFreshDay(std::int32_t confirmed_day, int fresh_months = kDefaultFreshMonths);

}  // namespace navo::domain

#endif  // NAVO_SERVICES_DOMAIN_SECTION_AGE_H_
