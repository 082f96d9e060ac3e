// Hours of training: which can be true, and what they add up to.
//
// Sources: integreringsloven §§ 28, 33 (hours of Norwegian and of social studies); quarters of an
// hour, because that is how VO centres keep their lists.
//
// Pure; any thread. `today` is the day in Europe/Oslo (calendar.h).
#ifndef NAVO_SERVICES_DOMAIN_LANGUAGE_HOURS_H_
#define NAVO_SERVICES_DOMAIN_LANGUAGE_HOURS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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

// Adds up hours: one sum for each side and kind. Hand in only what the caller may see. Exact:
// quarters are. One thread.
class HoursSums {
 public:
  // `today` parts weeks that have begun from weeks to come.
  explicit HoursSums(std::int32_t today) : today_(today) {}

  struct Side {
    std::string controller;  // id
    navo::v1::ControllerKind kind = navo::v1::CONTROLLER_KIND_UNSPECIFIED;
    // The same for all weeks of a side. What is not shown does not count and stays absent in sums.
    bool planned_shown = false;
    bool attendance_shown = false;
  };
  void Add(const Side& side, std::int32_t monday, const navo::v1::WeekHours& hours);

  // By side, then by kind.
  std::vector<navo::v1::HoursSum> Sums() const;
  // Attended hours of a kind, of every side together.
  double AttendedHours(navo::v1::HoursKind kind) const;

 private:
  std::int32_t today_;
  std::map<std::pair<std::string, navo::v1::HoursKind>, navo::v1::HoursSum> sums_;
};

// What is used of each kind of hours that is granted. `sums` has every side that the caller sees;
// without `attendance_complete` used_hours stays absent.
std::vector<navo::v1::GrantedProgress> GrantedUsed(const navo::v1::Norskmaal& norskmaal,
                                                   const HoursSums& sums, bool attendance_complete);

}  // namespace navo::domain

#endif  // NAVO_SERVICES_DOMAIN_LANGUAGE_HOURS_H_
