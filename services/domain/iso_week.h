// Weeks as ISO 8601 counts them: Monday to Sunday, and the first week of a year is the one with its
// first Thursday. A week belongs to the year of its Thursday, so 2026 has 53.
//
// Inside NAVO a week is the day (calendar.h) of its Monday. Pure; any thread.
#ifndef NAVO_SERVICES_DOMAIN_ISO_WEEK_H_
#define NAVO_SERVICES_DOMAIN_ISO_WEEK_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace navo::domain {

// The Monday of "2026-W34"; nullopt for anything else, for a week 53 in a year of 52, and for years
// outside 1900-2100.
std::optional<std::int32_t> ParseIsoWeek(std::string_view text);

// "2026-W34", of any day of the week.
std::string FormatIsoWeek(std::int32_t day);

// The Monday of the week that the day belongs to.
std::int32_t MondayOf(std::int32_t day);

}  // namespace navo::domain

#endif  // NAVO_SERVICES_DOMAIN_ISO_WEEK_H_
