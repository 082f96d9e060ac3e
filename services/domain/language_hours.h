// Hours of training: which can be true.
//
// Sources: integreringsloven §§ 28, 33 (hours of Norwegian and of social studies); quarters of an
// hour, because that is how VO centres keep their lists.
//
// Pure; any thread. `today` is the day in Europe/Oslo (calendar.h).
#ifndef NAVO_SERVICES_DOMAIN_LANGUAGE_HOURS_H_
#define NAVO_SERVICES_DOMAIN_LANGUAGE_HOURS_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "navo/v1/language.pb.h"
#include "services/domain/error.h"

namespace navo::domain {

inline constexpr double kMostHoursInAWeek = 60;

// A real ISO week; a course_id of one line of at most 50 characters (normalised in place); a kind;
// at least one number of hours, each a quarter of an hour from 0 to 60. Attended hours and absence
// are for weeks that have begun; planned hours may be ahead. Absence cannot be more than what the
// same message plans. What the server sets is cleared. `path` is the field that holds the message,
// for example "hours[0]". Returns the Monday of the week, nullopt when there is none.
std::optional<std::int32_t> CheckWeekHours(std::string_view path, navo::v1::WeekHours* hours,
                                           std::int32_t today, Violations& violations);

}  // namespace navo::domain

#endif  // NAVO_SERVICES_DOMAIN_LANGUAGE_HOURS_H_
