// Calendar days and instants. Inside NAVO a calendar day is an int32 (days since 1970-01-01) and an
// instant an int64 (microseconds since 1970-01-01 UTC). What day it is, is decided in Europe/Oslo.
//
// Pure: "now" is always passed in. Any thread. The zone comes from the system's tzdata; without it
// the process cannot keep a single promise about dates, so CheckOsloZone() is the first thing a
// main calls and everything else here stops the process.
#ifndef NAVO_SERVICES_DOMAIN_CALENDAR_H_
#define NAVO_SERVICES_DOMAIN_CALENDAR_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "google/type/date.pb.h"
#include "services/domain/error.h"

namespace navo::domain {

// Dates NAVO takes: 1900-01-01 to 2100-12-31.
inline constexpr int kFirstYear = 1900;
inline constexpr int kLastYear = 2100;

// FAILED_PRECONDITION when the system has no Europe/Oslo: install the package tzdata.
absl::Status CheckOsloZone();

absl::TimeZone OsloZone();

// The day in Europe/Oslo at that instant.
std::int32_t DayInOslo(absl::Time instant);
std::int32_t DayInOslo(std::int64_t instant_us);

// The instant a day begins in Europe/Oslo.
std::int64_t StartOfDayUs(std::int32_t day);

// nullopt when the date is not a full, real date (a google.type.Date may lack year or day) in
// 1900-2100.
std::optional<std::int32_t> DayOf(const google::type::Date& date);
google::type::Date DateOf(std::int32_t day);

// The day, or nullopt and a violation for `field`. Call it for fields that are set (has_xxx()).
std::optional<std::int32_t> CheckDate(std::string_view field, const google::type::Date& date,
                                      Violations& violations);

// Adds a violation for `to_field` when the period ends before it begins. An open end is no
// violation.
void CheckPeriod(std::string_view to_field, std::optional<std::int32_t> from,
                 std::optional<std::int32_t> to, Violations& violations);

// Whether `day` is in the period. Both ends belong to it; an open end has no limit.
bool Covers(std::optional<std::int32_t> from, std::optional<std::int32_t> to, std::int32_t day);

// The same day of the month so many months later (or earlier), or the month's last day if it has no
// such day.
std::int32_t AddMonths(std::int32_t day, int months);

// yyyy-mm-dd
std::string FormatDay(std::int32_t day);

// yyyy-mm-dd or dd.mm.yyyy, nothing around it; nullopt otherwise or outside 1900-2100.
std::optional<std::int32_t> ParseDay(std::string_view text);

// yyyy-mm-ddThh:mm[:ss[.0-9 decimals]][Z | +hh:mm | +hhmm | +hh] to microseconds UTC (finer
// decimals are cut off); nullopt otherwise or outside 1900-2100. Without zone it is local time in
// Europe/Oslo, as NAV's messages mean it. In the hour that occurs twice in October the first is
// taken; a time in the hour that does not occur in March becomes the instant of the change.
std::optional<std::int64_t> ParseInstant(std::string_view text);

}  // namespace navo::domain

#endif  // NAVO_SERVICES_DOMAIN_CALENDAR_H_
